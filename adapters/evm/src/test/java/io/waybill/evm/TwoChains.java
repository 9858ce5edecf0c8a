package io.waybill.evm;

import io.vertx.core.Vertx;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneContracts;
import io.waybill.contracts.LaneParams;
import io.waybill.contracts.LaneRoles;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.ClientRef;
import io.waybill.devnet.evm.QbftDevnet;
import io.waybill.testkit.ContractSetting;
import io.waybill.testkit.ContractSetting.Followed;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// Two QBFT chains with the real contracts and an open lane between them.
final class TwoChains implements AutoCloseable {
    static final Duration TRUST = Duration.ofDays(7);
    static final Duration DRIFT = Duration.ofSeconds(30);

    final Vertx vertx = Vertx.vertx();
    final Side from = new Side(1337);
    final Side to = new Side(1338);
    final LaneTerms terms;
    final ContractSetting setting;

    /// One chain, with the adapter that speaks to it.
    final class Side {
        final QbftDevnet devnet;
        final ChainId id;
        final KeyPair key = KeyPair.named("sender");
        final EvmVerticle verticle;
        final EvmDeployer deployer;
        final QbftHeader anchor;
        final Address outbox;
        final Address inbox;

        Side(long chainId) {
            devnet = QbftDevnet.start(vertx, new QbftDevnet.Options(chainId, 4, 0, null));
            id = new ChainId("eip155:" + chainId);
            verticle = verticle(devnet.rpc(), key);
            deployer = verticle.deployer();
            outbox = deployer.deploy(LaneCalls.deployOutbox(id, true, LaneRoles.of(deployer.owner())));
            inbox = deployer.deploy(LaneCalls.deployInbox(id, true, LaneRoles.of(deployer.owner())));
            anchor = devnet.header(devnet.head());
        }

        EvmVerticle verticle(URI rpc, KeyPair signer) {
            var settings = new EvmVerticle.Settings(
                    id, ClientKind.QBFT, List.of(rpc), TxForm.DYNAMIC_FEE, Duration.ofSeconds(20));
            var made = new EvmVerticle(settings, signer);
            vertx.deployVerticle(made).toCompletionStage().toCompletableFuture().join();
            return made;
        }

        QbftClient rules() {
            return QbftClient.of(id, anchor, TRUST.toMillis(), DRIFT.toMillis());
        }

        /// A client of the other chain, here.
        Address clientOf(Side other) {
            var trust = new ClientCalls.Trust(TRUST.toMillis(), DRIFT.toMillis(), deployer.owner());
            return deployer.deploy(ClientCalls.deployQbft(other.id, ClientKind.QBFT, trust, other.anchor.encode()));
        }

        EvmChain chain(Address client) {
            return verticle.chain(new LaneContracts(id, outbox, inbox, Set.of(client)));
        }

        Followed followed(Side holder, Address contract) {
            return new Followed(
                    new ClientRef(holder.id, contract, rules().id()),
                    rules(),
                    QbftClient.anchor(anchor).orElseThrow().latest());
        }
    }

    TwoChains() {
        var clientOfTo = from.clientOf(to);
        var clientOfFrom = to.clientOf(from);
        terms = new LaneTerms(
                from.id,
                from.rules().id(),
                from.outbox,
                to.id,
                to.rules().id(),
                to.inbox,
                Digests.sha256(Bytes.utf8("salt")),
                new LaneTerms.Terms(
                        8192, 10_000, Duration.ofDays(7).toMillis(), sendersRoot(from.key), TokenPolicy.HASH));
        from.deployer.transact(
                from.outbox,
                LaneCalls.openOutboxLane(LaneParams.atOutbox(terms, clientOfTo), List.of(from.key.address())));
        to.deployer.transact(to.inbox, LaneCalls.openInboxLane(LaneParams.atInbox(terms, clientOfFrom)));
        setting = new ContractSetting(
                from.chain(clientOfTo),
                to.chain(clientOfFrom),
                terms,
                from.followed(to, clientOfFrom),
                to.followed(from, clientOfTo),
                InstantSource.system());
    }

    private static Bytes32 sendersRoot(KeyPair only) {
        return Digests.sha256(Bytes.concat(Bytes.of(0), only.address().value()));
    }

    @Override
    public void close() {
        from.devnet.close();
        to.devnet.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
