package io.waybill.core.client;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ClientId;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;

/// The rules of one kind of chain, with the parameters of one client. Pure: the state, the proof and the time come
/// in; a verdict goes out.
///
/// The wire forms of `update` and `eventProof` are the ones the contract of the same kind takes, octet for octet,
/// so that what a relayer verified is what the contract will judge.
public interface LightClient {
    ClientId id();

    ClientKind kind();

    /// Judges a header update. An update that proves misbehaviour is *accepted* and answers a frozen state: a
    /// freeze must persist. An update that is known already is accepted and changes nothing.
    ///
    /// @param nowMs the verifier's own time, milliseconds since 1970
    Verdict<ClientState> update(ClientState state, Bytes update, long nowMs);

    /// Judges the proof that a contract emitted a checkpoint of a lane's log in a block the client accepted.
    ///
    /// @param emitter the contract that must have emitted the event
    /// @param role    which of the two events it must be
    /// @param height  a height the state holds
    Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof);

    /// The status of a state at an instant, by this client's trusting period.
    ClientStatus status(ClientState state, long nowMs);
}
