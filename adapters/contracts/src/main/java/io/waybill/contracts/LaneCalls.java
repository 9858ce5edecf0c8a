package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Chain;
import io.waybill.core.port.Delivery;
import java.util.List;

/// The calls that Outbox and Inbox take, as calldata, and their answers, as values.
public final class LaneCalls {
    static final String OPEN_OUTBOX = "openLane(" + LaneParams.TYPE + ",address[])";
    static final String OPEN_INBOX = "openLane(" + LaneParams.TYPE + ")";
    static final String SEND = "send(bytes32,bytes,uint64)";
    static final String SEND_BATCH = "sendBatch(bytes32,(bytes,uint64)[])";
    static final String DELIVER = "deliver(bytes32,bytes,uint64,bytes,uint64,bytes[],bytes32[])";
    static final String ACKNOWLEDGE = "acknowledge(bytes32,bytes,uint64,bytes,uint64,bytes[],bytes32[])";
    static final String CHECKPOINT = "checkpoint(bytes32)";
    static final String LOG = "log(bytes32)";
    static final String ROOT = "root(bytes32)";
    static final String FROZEN = "frozen(bytes32)";
    static final String PAUSE = "pause(bytes32)";
    static final String UNPAUSE = "unpause(bytes32)";
    static final String PAUSED = "paused(bytes32)";
    static final String MAY_SEND = "maySend(bytes32,address)";

    private LaneCalls() {}

    /// The creation code of an Outbox for an EVM; the arguments are those of the other.
    public static Bytes deployOutbox(ChainId chain, boolean checkpointOnChange, LaneRoles roles) {
        return deployOutbox(Host.EVM, chain, checkpointOnChange, roles);
    }

    /// The creation code of an Inbox for an EVM; the arguments are those of the other.
    public static Bytes deployInbox(ChainId chain, boolean checkpointOnChange, LaneRoles roles) {
        return deployInbox(Host.EVM, chain, checkpointOnChange, roles);
    }

    /// The creation code of an Outbox with its arguments.
    ///
    /// @param host               what that chain's contracts live on
    /// @param chain              the chain it will live on
    /// @param checkpointOnChange whether a send ends with the checkpoint: only where event proofs cover every field
    ///     of a receipt with its length, so not on FISCO BCOS (rule R2.5)
    /// @param roles              who opens lanes, who stops them, and who is above both
    public static Bytes deployOutbox(Host host, ChainId chain, boolean checkpointOnChange, LaneRoles roles) {
        return deploy(Artifacts.OUTBOX.on(host), chain, checkpointOnChange, roles);
    }

    /// The creation code of an Inbox with its arguments; they are those of [#deployOutbox].
    public static Bytes deployInbox(Host host, ChainId chain, boolean checkpointOnChange, LaneRoles roles) {
        return deploy(Artifacts.INBOX.on(host), chain, checkpointOnChange, roles);
    }

    private static Bytes deploy(Artifact artifact, ChainId chain, boolean checkpointOnChange, LaneRoles roles) {
        return Bytes.concat(
                artifact.creationCode(), Abi.arguments(Abi.of(chain.hash()), Abi.of(checkpointOnChange), roles.abi()));
    }

    /// Opens a lane at its Outbox.
    ///
    /// @param senders who may send: strictly ascending, at least one, their root is in the terms
    public static Bytes openOutboxLane(LaneParams lane, List<Address> senders) {
        return Abi.call(
                OPEN_OUTBOX, lane.abi(), Abi.items(senders.stream().map(Abi::of).toList()));
    }

    /// Opens a lane at its Inbox.
    public static Bytes openInboxLane(LaneParams lane) {
        return Abi.call(OPEN_INBOX, lane.abi());
    }

    /// The id that `openLane` returns.
    public static LaneId decodeLaneId(Bytes answer) {
        return new LaneId(new AbiWords(answer).word(0));
    }

    /// Sends one attestation.
    ///
    /// @param timeoutMs milliseconds since 1970 by the destination's clock
    public static Bytes send(LaneId lane, Bytes attestation, long timeoutMs) {
        return Abi.call(SEND, Abi.of(lane.value()), Abi.of(attestation), Abi.of(timeoutMs));
    }

    /// Sends attestations in order, all or none.
    public static Bytes sendBatch(LaneId lane, List<Chain.Send> sends) {
        var items = sends.stream()
                .map(send -> Abi.tuple(Abi.of(send.attestation()), Abi.of(send.timeoutMs())))
                .toList();
        return Abi.call(SEND_BATCH, Abi.of(lane.value()), Abi.items(items));
    }

    /// Delivers packets to the Inbox (`PACKETS`) or acknowledges statuses at the Outbox (`STATUSES`).
    public static Bytes submit(LogRole role, Delivery delivery) {
        return Abi.call(
                switch (role) {
                    case PACKETS -> DELIVER;
                    case STATUSES -> ACKNOWLEDGE;
                },
                Abi.of(delivery.lane().value()),
                Abi.of(delivery.update()),
                Abi.of(delivery.height()),
                Abi.of(delivery.eventProof()),
                Abi.of(delivery.first()),
                Abi.items(delivery.leaves().stream().map(Abi::of).toList()),
                Abi.items(delivery.rangeProof().stream().map(Abi::of).toList()));
    }

    /// Emits the checkpoint of a lane's log.
    public static Bytes checkpoint(LaneId lane) {
        return Abi.call(CHECKPOINT, Abi.of(lane.value()));
    }

    /// Asks what a lane's log is like; [#decodeLog] reads the answer.
    public static Bytes log(LaneId lane) {
        return Abi.call(LOG, Abi.of(lane.value()));
    }

    public static LaneState decodeLog(Bytes answer) {
        var words = new AbiWords(answer);
        return new LaneState(
                words.number(0), words.number(1), words.number(2), words.number(3), words.number(4), words.number(5));
    }

    /// Asks for the root of a lane's log; [#decodeRoot] reads the answer.
    public static Bytes root(LaneId lane) {
        return Abi.call(ROOT, Abi.of(lane.value()));
    }

    /// The root of a log, zero while it is empty.
    public static Bytes32 decodeRoot(Bytes answer) {
        return new AbiWords(answer).word(0);
    }

    /// Asks whether a lane is frozen because the other end was caught with two logs; [#decodeFlag] reads the answer.
    public static Bytes frozen(LaneId lane) {
        return Abi.call(FROZEN, Abi.of(lane.value()));
    }

    /// Stops a lane at once, as a pauser.
    public static Bytes pause(LaneId lane) {
        return Abi.call(PAUSE, Abi.of(lane.value()));
    }

    /// Lets a lane go on where it stopped, as the admin.
    public static Bytes unpause(LaneId lane) {
        return Abi.call(UNPAUSE, Abi.of(lane.value()));
    }

    /// Asks whether a lane is stopped; [#decodeFlag] reads the answer.
    public static Bytes paused(LaneId lane) {
        return Abi.call(PAUSED, Abi.of(lane.value()));
    }

    /// Asks whether an account may send on a lane; [#decodeFlag] reads the answer.
    public static Bytes maySend(LaneId lane, Address sender) {
        return Abi.call(MAY_SEND, Abi.of(lane.value()), Abi.of(sender));
    }

    public static boolean decodeFlag(Bytes answer) {
        return new AbiWords(answer).number(0) == 1;
    }
}
