package io.waybill.core.client.conflux;

import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.conflux.LogSpace;
import java.util.Set;

/// What a client of a Conflux chain is made with; nothing of it changes afterwards.
///
/// @param chain            the chain that is followed
/// @param space            where the contracts live that emit checkpoints
/// @param trustingPeriodMs age at which a committee is no longer believed, milliseconds, ≥ 1: well below the 13
///                         days for which stake is locked, since keys may be sold when it is out
/// @param maxClockDriftMs  how far a ledger info's time may be ahead, milliseconds, ≥ 0
/// @param minVotes         pivot headers that must follow, and vouch for, the header an event rests on, ≥ 1
/// @param uncrossable      epochs whose committee the chain's software hard-codes, so that no ledger info names
///                         the keys that sign: 7760 on the testnet, none on mainnet
/// @param anchorHeight     pivot height of the first trusted ledger info, ≥ 1
/// @param anchorHash       [LedgerInfo#hash()] of it
public record ConfluxParams(
        ChainId chain,
        LogSpace space,
        long trustingPeriodMs,
        long maxClockDriftMs,
        int minVotes,
        Set<Long> uncrossable,
        long anchorHeight,
        Bytes32 anchorHash) {
    /// Headers that vouch, unless a client is made with another number; the chain's own light node asks for 10.
    public static final int MIN_VOTES = 30;

    public ConfluxParams {
        uncrossable = Set.copyOf(uncrossable);
        if (trustingPeriodMs < 1)
            throw new IllegalArgumentException("trusting period: expected ≥ 1 ms, got " + trustingPeriodMs);
        if (maxClockDriftMs < 0)
            throw new IllegalArgumentException("clock drift: expected ≥ 0 ms, got " + maxClockDriftMs);
        if (minVotes < 1) throw new IllegalArgumentException("min votes: expected ≥ 1, got " + minVotes);
        if (anchorHeight < 1) throw new IllegalArgumentException("anchor height: expected ≥ 1, got " + anchorHeight);
    }

    /// Parameters for contracts in eSpace with the usual number of votes and no epoch that cannot be crossed.
    ///
    /// @param anchor a ledger info that names a pivot at a height ≥ 1
    public static ConfluxParams of(ChainId chain, LedgerInfo anchor, long trustingPeriodMs, long maxClockDriftMs) {
        var pivot = anchor.commitInfo().pivot();
        long height = pivot == null ? 0 : pivot.height();
        return new ConfluxParams(
                chain, LogSpace.ESPACE, trustingPeriodMs, maxClockDriftMs, MIN_VOTES, Set.of(), height, anchor.hash());
    }

    public ConfluxParams withMinVotes(int votes) {
        return new ConfluxParams(
                chain, space, trustingPeriodMs, maxClockDriftMs, votes, uncrossable, anchorHeight, anchorHash);
    }

    public ConfluxParams in(LogSpace other) {
        return new ConfluxParams(
                chain, other, trustingPeriodMs, maxClockDriftMs, minVotes, uncrossable, anchorHeight, anchorHash);
    }

    public ConfluxParams notCrossing(Set<Long> epochs) {
        return new ConfluxParams(
                chain, space, trustingPeriodMs, maxClockDriftMs, minVotes, epochs, anchorHeight, anchorHash);
    }

    public ClientId id() {
        return ClientId.of(chain, ClientKind.CONFLUX, anchorHeight, anchorHash);
    }
}
