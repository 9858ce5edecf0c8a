package io.waybill.evm;

import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.Host;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneParams;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import java.util.List;
import java.util.stream.Stream;

/// The source's side of a lane to a ledger, for tests that look no further: a committee would follow the ledger,
/// and nobody does.
final class SourceLane {
    private static final ChainId LEDGER = new ChainId("fisco:chain0-group0");

    private SourceLane() {}

    /// Opens a lane.
    ///
    /// @param owner  creator of the Outbox
    /// @param kind   of the client that would follow this chain
    /// @param sender the only one
    /// @param window packets that may await acknowledgement
    static LaneTerms open(
            EvmSubmitter owner, ChainId chain, ClientKind kind, Address outbox, Address sender, long window) {
        var verifiers = Stream.of("a", "b", "c")
                .map(name -> KeyPair.named(name).address())
                .sorted()
                .toList();
        var anchor = new CommitteeAnchor(1, Digests.sha256(Bytes.utf8("block")), System.currentTimeMillis());
        var client = owner.create(ClientCalls.deployCommittee(
                Host.EVM,
                LEDGER,
                chain,
                new ClientCalls.Trust(86_400_000, 15_000, owner.address()),
                new Committee(verifiers, 2),
                anchor));
        var terms = new LaneTerms(
                chain,
                ClientId.of(chain, kind, 1, Digests.sha256(Bytes.utf8("there"))),
                outbox,
                LEDGER,
                ClientId.of(LEDGER, ClientKind.COMMITTEE, anchor.height(), anchor.hash()),
                Address.hex("0x00000000000000000000000000000000000000bb"),
                Digests.sha256(Bytes.utf8("salt")),
                new LaneTerms.Terms(
                        1024,
                        window,
                        86_400_000,
                        LaneLog.of(List.of(sender.value())).root(),
                        TokenPolicy.HASH));
        Anybody.call(owner, outbox, LaneCalls.openOutboxLane(LaneParams.atOutbox(terms, client), List.of(sender)));
        return terms;
    }
}
