package io.waybill.relayer.lane;

import io.waybill.core.Bytes;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Sighting;

/// The third stage: our own light client and the lane's rules judge, octet for octet, what the contract will be
/// given. A lying node ends here, before a cent of gas.
final class Verify {
    private final ClientTracker tracker;

    Verify(ClientTracker tracker) {
        this.tracker = tracker;
    }

    /// The checkpoint that an event proof really proves.
    ///
    /// @throws ProofRefused             if it proves none
    /// @throws ChainException.Dishonest if it is another than the node said
    Checkpoint checkpoint(Sighting sighting, Bytes eventProof) {
        var proven = tracker.judge(sighting, eventProof);
        if (!proven.equals(sighting.checkpoint())) {
            throw new ChainException.Dishonest(
                    "checkpoint: the node said %s, its proof says %s".formatted(sighting.checkpoint(), proven));
        }
        return proven;
    }

    /// Judges a batch as the contract will: every header update, then the event, then the range.
    void batch(Batch batch) {
        batch.leading().forEach(tracker::apply);
        tracker.judge(batch.delivery());
    }
}
