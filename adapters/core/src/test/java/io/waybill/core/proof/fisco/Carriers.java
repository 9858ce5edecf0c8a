package io.waybill.core.proof.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import java.util.List;

/// Receipts of carriers, right ones and nearly right ones.
final class Carriers {
    static final FiscoSuite SUITE = FiscoSuite.STANDARD;
    static final Address OUTBOX = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
    static final LaneId LANE = new LaneId(word("lane"));
    static final LogRole ROLE = LogRole.PACKETS;
    static final long HEIGHT = 26;
    static final Checkpoint CHECKPOINT = new Checkpoint(LANE, 7, word("root"));

    private Carriers() {}

    static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    static Bytes32 size(long size) {
        return new Bytes32(Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(size)));
    }

    static FiscoReceipt carrier(String gasUsed, Bytes data) {
        var log = new FiscoReceipt.Log(OUTBOX.toHex().substring(2), List.of(ROLE.topic(), LANE.value()), data);
        return FiscoReceipt.plain(
                gasUsed, "e16469be7721563d4d6a703932058d12ca2ca94c", 0, Bytes.EMPTY, List.of(log), HEIGHT);
    }

    static Bytes data(Bytes32 size, Bytes32 root) {
        return Bytes.concat(size.value(), root.value());
    }

    static FiscoReceipt carrier() {
        return carrier("18746", data(size(7), word("root")));
    }

    static Verdict<Checkpoint> read(Bytes preimage) {
        return CarrierReceipt.read(preimage, OUTBOX, ROLE.topic(), LANE, HEIGHT);
    }
}
