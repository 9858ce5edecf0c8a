package io.waybill.core.client.committee;

import static io.waybill.core.client.committee.CommitteeScenario.ANCHOR;
import static io.waybill.core.client.committee.CommitteeScenario.word;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.fuzz.ValidProof;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import java.util.List;
import java.util.stream.IntStream;

/// Valid statements and proofs of a committee of five, made here.
public final class CommitteeProofs {
    private static final Address OUTBOX = KeyPair.named("outbox").address();
    private static final LaneId LANE = new LaneId(word("lane"));
    private static final CommitteeClient CLIENT = new CommitteeClient(new CommitteeParams(
            CommitteeScenario.CHAIN,
            CommitteeScenario.VERIFYING,
            KeyPair.named("contract").address(),
            CommitteeScenario.committee(5, 3),
            CommitteeScenario.PERIOD_MS,
            CommitteeScenario.DRIFT_MS,
            ANCHOR));

    private CommitteeProofs() {}

    public static List<ValidProof> all() {
        return List.of(update(), event(1, 0), event(6, 4));
    }

    /// The octets of an anchor.
    public static Bytes anchor() {
        return ANCHOR.encode();
    }

    private static CheckpointRecords records(int count) {
        return new CheckpointRecords(IntStream.rangeClosed(1, count)
                .mapToObj(size ->
                        CheckpointRecord.of(OUTBOX, LogRole.PACKETS, new Checkpoint(LANE, size, word("root " + size))))
                .toList());
    }

    private static CommitteeUpdate block(CheckpointRecords records) {
        var block = new AttestedBlock(11, word("block 11"), records.root(), ANCHOR.timeMs());
        var digest = block.digest(CLIENT.params().verifier());
        var signatures = CommitteeScenario.keys(5).stream()
                .limit(3)
                .map(key -> key.sign(digest))
                .toList();
        return new CommitteeUpdate(block, signatures);
    }

    private static ValidProof update() {
        return new ValidProof(
                "committee block",
                block(records(2)).encode(),
                wire -> CLIENT.update(CLIENT.anchored(), wire, ANCHOR.timeMs()));
    }

    private static ValidProof event(int count, int index) {
        var records = records(count);
        var state = CLIENT.update(CLIENT.anchored(), block(records).encode(), ANCHOR.timeMs())
                .orElseThrow();
        return new ValidProof(
                "committee record %d of %d".formatted(index, count),
                records.proof(index),
                wire -> CLIENT.verifyCheckpoint(state, OUTBOX, LogRole.PACKETS, LANE, 11, wire));
    }
}
