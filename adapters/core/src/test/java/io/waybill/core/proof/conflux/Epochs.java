package io.waybill.core.proof.conflux;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.conflux.ConfluxReceipt.Outcome;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Receipts made for a test, with a checkpoint among them.
public final class Epochs {
    public static final Address OUTBOX = Address.hex("0x00000000000000000000000000000000000b0c5e");
    public static final LaneId LANE = new LaneId(Digests.sha256(Bytes.utf8("lane")));
    public static final Bytes32 ROOT = Digests.sha256(Bytes.utf8("root"));

    private Epochs() {}

    public static EvmLog checkpoint() {
        var size = Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(5));
        return new EvmLog(OUTBOX, List.of(LogRole.PACKETS.topic(), LANE.value()), Bytes.concat(size, ROOT.value()));
    }

    public static ConfluxReceipt receipt(Outcome outcome, ConfluxLog... logs) {
        var evm = List.of(logs).stream().map(ConfluxLog::log).toList();
        return new ConfluxReceipt(
                BigInteger.valueOf(21_000),
                BigInteger.TEN.pow(15),
                false,
                EvmReceipt.bloom(evm),
                List.of(logs),
                outcome,
                false,
                List.of(),
                List.of(),
                BigInteger.valueOf(21_000));
    }

    /// Two blocks; the second's last receipt is this one.
    public static EpochReceipts with(ConfluxReceipt last) {
        var other = receipt(Outcome.SKIPPED);
        var second = new ArrayList<ConfluxReceipt>();
        for (int i = 0; i < 17; i++) second.add(other);
        second.add(last);
        return EpochReceipts.of(List.of(List.of(other), second));
    }

    public static ConfluxEventProof.Place place(int log) {
        return new ConfluxEventProof.Place(1, 17, log);
    }
}
