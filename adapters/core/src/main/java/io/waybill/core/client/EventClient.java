package io.waybill.core.client;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.proof.EvmLog;

/// A light client that can be shown any event of its chain, not only the checkpoint of a lane.
public interface EventClient extends LightClient {
    /// Judges the proof of an event, of whatever contract. The receipt as a whole must be of a transaction that
    /// succeeded and moved no token.
    ///
    /// @param height     a height the state holds
    /// @param eventProof in the wire form of [#verifyCheckpoint]
    Verdict<EvmLog> verifyLog(ClientState state, long height, Bytes eventProof);
}
