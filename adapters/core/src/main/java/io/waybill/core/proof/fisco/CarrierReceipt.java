package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.CheckpointRootZero;
import io.waybill.core.EventRejection.CheckpointSizeOutOfRange;
import io.waybill.core.EventRejection.ReceiptBlock;
import io.waybill.core.EventRejection.ReceiptContract;
import io.waybill.core.EventRejection.ReceiptGasUsed;
import io.waybill.core.EventRejection.ReceiptLength;
import io.waybill.core.EventRejection.ReceiptStatus;
import io.waybill.core.EventRejection.ReceiptVersion;
import io.waybill.core.EventRejection.WrongEmitter;
import io.waybill.core.EventRejection.WrongLane;
import io.waybill.core.EventRejection.WrongTopic;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;

/// The one receipt that is believed on FISCO BCOS 3.x: that of a contract creation whose first and only log is a
/// checkpoint, rule R5 rows 1 to 11.
///
/// A creation that succeeds has an empty output, and between version and status of any other receipt there is no room
/// for forty more digits; so the forty octets after the status were written by the node for the first log, and
/// nothing that a contract chooses can stand in their place. Every position follows from the length alone.
public final class CarrierReceipt {
    /// What a preimage has beside the digits of gasUsed, octets.
    private static final int FIXED = 224;

    private static final int MOST_DIGITS = 10;
    private static final int ADDRESS_DIGITS = 40;

    private CarrierReceipt() {}

    /// Reads the checkpoint out of a receipt's preimage.
    ///
    /// @param emitter the contract that must have emitted the event
    /// @param topic   topic 0 of the expected event
    /// @param height  the number of the block whose root the receipt will be checked against
    public static Verdict<Checkpoint> read(Bytes preimage, Address emitter, Bytes32 topic, LaneId lane, long height) {
        int d = preimage.size() - FIXED;
        if (d < 1 || d > MOST_DIGITS) return reject(new ReceiptLength(preimage.size()));
        if (!preimage.slice(0, 4).isZero()) return reject(new ReceiptVersion());
        if (!isDecimal(preimage, 4, 4 + d)) return reject(new ReceiptGasUsed());
        if (!isLowerHex(preimage, 4 + d)) return reject(new ReceiptContract());
        if (!preimage.slice(44 + d, 48 + d).isZero()) return reject(new ReceiptStatus());
        var address = Bytes.utf8(emitter.toHex().substring(2));
        if (!preimage.slice(48 + d, 88 + d).equals(address)) return reject(new WrongEmitter());
        if (!word(preimage, 88 + d).equals(topic)) return reject(new WrongTopic());
        var found = word(preimage, 120 + d);
        if (!found.equals(lane.value())) return reject(new WrongLane(found));
        return checkpoint(lane, preimage, 152 + d, height);
    }

    private static Verdict<Checkpoint> checkpoint(LaneId lane, Bytes preimage, int at, long height) {
        var size = word(preimage, at);
        var root = word(preimage, at + 32);
        long leaves = size.value().number(26, 32);
        if (!size.value().slice(0, 26).isZero() || leaves == 0) return reject(new CheckpointSizeOutOfRange());
        if (root.isZero()) return reject(new CheckpointRootZero());
        long block = preimage.number(at + 64, at + 72);
        if (block != height) return reject(new ReceiptBlock(height, block));
        return accept(new Checkpoint(lane, leaves, root));
    }

    private static Bytes32 word(Bytes octets, int at) {
        return new Bytes32(octets.slice(at, at + 32));
    }

    private static boolean isDecimal(Bytes octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets.at(i) < '0' || octets.at(i) > '9') return false;
        }
        return octets.at(from) != '0' || to - from == 1;
    }

    private static boolean isLowerHex(Bytes octets, int from) {
        for (int i = from; i < from + ADDRESS_DIGITS; i++) {
            int octet = octets.at(i);
            if ((octet < '0' || octet > '9') && (octet < 'a' || octet > 'f')) return false;
        }
        return true;
    }
}
