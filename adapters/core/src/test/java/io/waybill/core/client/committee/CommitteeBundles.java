package io.waybill.core.client.committee;

import static io.waybill.core.client.committee.CommitteeScenario.ANCHOR;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.BundleDraft;
import io.waybill.core.proof.BundleVector;
import java.util.List;
import java.util.stream.Stream;

/// A bundle whose block three of five verifiers attested.
public final class CommitteeBundles {
    private static final int PLACE = 1;

    private CommitteeBundles() {}

    public static List<BundleVector> all() {
        var params = new CommitteeParams(
                CommitteeScenario.CHAIN,
                CommitteeScenario.VERIFYING,
                KeyPair.named("contract").address(),
                CommitteeScenario.committee(5, 3),
                CommitteeScenario.PERIOD_MS,
                CommitteeScenario.DRIFT_MS,
                ANCHOR);
        var client = new CommitteeClient(params);
        var draft = new BundleDraft(CommitteeScenario.CHAIN, client);
        var records =
                new CheckpointRecords(List.of(record(draft, "another lane"), record(draft, ""), record(draft, "more")));
        var block = new AttestedBlock(40, BundleDraft.word("block"), records.root(), ANCHOR.timeMs() + 60_000);
        var digest = block.digest(params.verifier());
        var signatures = Stream.of(0, 2, 4)
                .map(i -> CommitteeScenario.keys(5).get(i).sign(digest))
                .toList();
        return List.of(new BundleVector(
                "committee: three of five verifiers, the event second of three in its block",
                BundleVector.anchor(
                        "committee",
                        "chain",
                        CommitteeScenario.CHAIN.name(),
                        "trustingPeriod",
                        "PT16M40S",
                        "maxClockDrift",
                        "PT5S",
                        "verifyingChain",
                        CommitteeScenario.VERIFYING.name(),
                        "contract",
                        params.contract().toHex(),
                        "verifiers",
                        params.committee().verifiers().stream()
                                .map(Address::toHex)
                                .toList(),
                        "verifiersNeeded",
                        params.committee().needed(),
                        "block",
                        ANCHOR.encode().toHex()),
                draft.bundle(
                        client.anchored().latest(),
                        List.of(new CommitteeUpdate(block, signatures).encode()),
                        block.height(),
                        records.proof(PLACE))));
    }

    /// The record of the draft's event, or one whose lane has a name.
    private static CheckpointRecord record(BundleDraft draft, String lane) {
        var topics = draft.topics();
        return new CheckpointRecord(Bytes.concat(
                BundleDraft.OUTBOX.value(),
                LogRole.PACKETS.topic().value(),
                (lane.isEmpty() ? topics.get(1) : BundleDraft.word(lane)).value(),
                draft.data().slice(24, 64)));
    }
}
