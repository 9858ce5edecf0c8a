package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.LightClient;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.client.committee.CommitteeClient;
import io.waybill.core.client.committee.CommitteeParams;
import io.waybill.core.client.fisco.ChallengedClient;
import io.waybill.core.client.fisco.ChallengedParams;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoClient;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.fisco.Operators;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.rpc.Json;
import java.util.Set;

/// The clients that scenarios of the shared vectors begin with: as contracts, and in Java.
final class ScenarioClients {
    private ScenarioClients() {}

    /// A client in Java with what it believes to begin with.
    record Anchored(LightClient client, ClientState anchored) {}

    /// Deploys the contract, at the address that its signers sign for.
    static Address deploy(TestEvm evm, Json scenario) {
        var params = scenario.at("params");
        var code = creation(scenario, evm.account());
        if (params.at("deployer").isNull()) return evm.deploy(code);
        var client = evm.deployAs(params.at("deployer").address(), code);
        assertThat(client).isEqualTo(params.at("contract").address());
        return client;
    }

    private static Bytes creation(Json scenario, Address council) {
        var params = scenario.at("params");
        var kind = kind(scenario);
        var chain = new ChainId(params.at("chain").text());
        var trust = new ClientCalls.Trust(
                params.at("trustingPeriodMs").integer(),
                params.at("maxClockDriftMs").integer(),
                council);
        var anchor = scenario.at("anchor").bytes();
        if (isBft(kind)) return ClientCalls.deployQbft(chain, kind, trust, anchor);
        var verifying = new ChainId(params.at("verifyingChain").text());
        if (kind == ClientKind.COMMITTEE) {
            var pinned = CommitteeAnchor.decode(anchor).orElseThrow();
            return ClientCalls.deployCommittee(Host.EVM, chain, verifying, trust, committee(params), pinned);
        }
        int floor = (int) params.at("versionFloor").integer();
        if (scenario.at("mode").isNull()) {
            var watchers = new ClientCalls.Watchers(
                    watchers(params).all(),
                    watchers(params).destination().stream().sorted().toList());
            return ClientCalls.deployFisco(Host.EVM, kind, chain, verifying, trust, floor, watchers, anchor);
        }
        var challengers = new ChallengedCalls.Challengers(
                watchers(params).all(),
                operators(params).all(),
                params.at("challengePeriodMs").integer());
        return ChallengedCalls.deploy(Host.EVM, kind, chain, verifying, trust, floor, challengers, anchor);
    }

    /// The same client in Java.
    static Anchored inJava(Json scenario) {
        var params = scenario.at("params");
        var kind = kind(scenario);
        var chain = new ChainId(params.at("chain").text());
        long period = params.at("trustingPeriodMs").integer();
        long drift = params.at("maxClockDriftMs").integer();
        var anchor = scenario.at("anchor").bytes();
        if (isBft(kind)) {
            var header = QbftHeader.decode(kind, anchor).orElseThrow();
            return new Anchored(
                    QbftClient.of(chain, header, period, drift),
                    QbftClient.anchor(header).orElseThrow());
        }
        var verifying = new ChainId(params.at("verifyingChain").text());
        var contract = params.at("contract").address();
        if (kind == ClientKind.COMMITTEE) {
            var pinned = CommitteeAnchor.decode(anchor).orElseThrow();
            var client = new CommitteeClient(
                    new CommitteeParams(chain, verifying, contract, committee(params), period, drift, pinned));
            return new Anchored(client, client.anchored());
        }
        var base = new FiscoParams(
                chain,
                kind,
                verifying,
                contract,
                watchers(params),
                (int) params.at("versionFloor").integer(),
                period,
                drift,
                FiscoAnchor.decode(anchor).orElseThrow());
        if (scenario.at("mode").isNull()) {
            var client = new FiscoClient(base);
            return new Anchored(client, client.anchored());
        }
        var client = new ChallengedClient(new ChallengedParams(
                base, operators(params), params.at("challengePeriodMs").integer()));
        return new Anchored(client, client.anchored());
    }

    private static ClientKind kind(Json scenario) {
        return ClientKind.valueOf(scenario.at("kind").text());
    }

    private static boolean isBft(ClientKind kind) {
        return kind == ClientKind.QBFT || kind == ClientKind.IBFT2;
    }

    private static Committee committee(Json params) {
        int needed = (int) params.at("verifiersNeeded").integer();
        return new Committee(params.at("verifiers").list(Json::address), needed);
    }

    private static Operators operators(Json params) {
        return new Operators(params.at("operators").list(Json::address));
    }

    private static Watchers watchers(Json params) {
        var all = params.at("watchers").list(Json::address);
        long named = params.at("destinationWatchers").integer();
        var destination = all.stream()
                .filter(watcher -> (named >> all.indexOf(watcher) & 1) == 1)
                .toList();
        return new Watchers(all, Set.copyOf(destination));
    }
}
