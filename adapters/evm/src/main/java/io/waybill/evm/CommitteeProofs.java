package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.client.committee.CheckpointRecord;
import io.waybill.core.client.committee.CheckpointRecords;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.Sighting;
import io.waybill.core.proof.EvmLog;
import io.waybill.evm.verify.VerifierClient;
import java.util.List;
import java.util.function.LongFunction;

/// Proofs by the word of a committee: verifiers say which checkpoints a block holds, and the place of one among
/// them is shown.
///
/// @param verifiers who are asked
/// @param logs      all that a block emitted, as our node says; a wrong answer proves nothing
record CommitteeProofs(VerifierClient verifiers, LongFunction<List<EvmLog>> logs) implements EventProofs {
    @Override
    public Bytes event(Address emitter, LaneId lane, LogRole role, Sighting sighting) {
        var records = CheckpointRecords.of(logs.apply(sighting.height()));
        int index = records.indexOf(CheckpointRecord.of(emitter, role, sighting.checkpoint()));
        if (index < 0) throw missing(sighting);
        return records.proof(index);
    }

    private static ChainException missing(Sighting sighting) {
        return new ChainException.Unavailable("checkpoint event: the node shows none in block " + sighting.height());
    }

    @Override
    public List<Bytes> updates(ClientRef verifier, long trusted, long target) {
        return trusted >= target
                ? List.of()
                : List.of(verifiers.update(verifier, target).encode());
    }
}
