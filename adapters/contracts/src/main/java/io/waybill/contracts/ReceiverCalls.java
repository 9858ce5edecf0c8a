package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;

/// The calls by which contracts learn from an Inbox what was delivered, as calldata, and their answers, as values.
public final class ReceiverCalls {
    static final String REGISTER = "register(bytes32,uint64)";
    static final String UNREGISTER = "unregister(bytes32)";
    static final String RECEIVER_GAS = "receiverGas(bytes32,address)";
    static final String IS_DELIVERED = "isDelivered(bytes32,bytes,bytes,bytes32[])";
    static final String NOTIFY = "notify(bytes32,address,bytes,bytes,bytes32[])";
    static final String NOTIFIED = "notified(bytes32,address,uint64)";

    private ReceiverCalls() {}

    /// What a contract calls to be told of a lane's packets.
    ///
    /// @param gasLimit what it is always called with, at least 1
    public static Bytes register(LaneId lane, long gasLimit) {
        return Abi.call(REGISTER, Abi.of(lane.value()), Abi.of(gasLimit));
    }

    /// What a contract calls to be told no more.
    public static Bytes unregister(LaneId lane) {
        return Abi.call(UNREGISTER, Abi.of(lane.value()));
    }

    /// Asks what a receiver is called with, 0 if it is not one; [#decodeGas] reads the answer.
    public static Bytes receiverGas(LaneId lane, Address receiver) {
        return Abi.call(RECEIVER_GAS, Abi.of(lane.value()), Abi.of(receiver));
    }

    public static long decodeGas(Bytes answer) {
        return new AbiWords(answer).number(0);
    }

    /// Asks whether a packet was delivered; [LaneCalls#decodeFlag] reads the answer. What proves nothing is refused.
    public static Bytes isDelivered(LaneId lane, DeliveryProof proof) {
        return Abi.call(
                IS_DELIVERED, Abi.of(lane.value()), Abi.of(proof.packet()), Abi.of(proof.status()), path(proof));
    }

    /// Tells a receiver of a delivered packet; anyone may.
    public static Bytes tell(LaneId lane, Address receiver, DeliveryProof proof) {
        return Abi.call(
                NOTIFY,
                Abi.of(lane.value()),
                Abi.of(receiver),
                Abi.of(proof.packet()),
                Abi.of(proof.status()),
                path(proof));
    }

    /// Asks whether a receiver took a packet; [LaneCalls#decodeFlag] reads the answer.
    public static Bytes notified(LaneId lane, Address receiver, long index) {
        return Abi.call(NOTIFIED, Abi.of(lane.value()), Abi.of(receiver), Abi.of(index));
    }

    private static Abi path(DeliveryProof proof) {
        return Abi.items(proof.path().stream().map(Abi::of).toList());
    }
}
