package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.LaneId;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;

/// The light client of a QBFT or IBFT 2.0 chain, rule R6. A header is final when a quorum of the set it lists sealed
/// it; it is believed when the set of a header believed before vouches for that list. Sound while fewer than a third
/// of each set within the trusting period is faulty.
public record QbftClient(Params params) implements LightClient {

    /// What makes one client of such a chain another.
    ///
    /// @param chain            the chain it follows
    /// @param kind             QBFT or IBFT2: the codec is configured, never detected
    /// @param trustingPeriodMs age at which a header is no longer believed, milliseconds, > 0
    /// @param maxClockDriftMs  how far a header's time may be ahead of the verifier's, milliseconds, ≥ 0
    /// @param anchorHeight     height of the first trusted header, ≥ 1
    /// @param anchorHash       its on-chain hash
    public record Params(
            ChainId chain,
            ClientKind kind,
            long trustingPeriodMs,
            long maxClockDriftMs,
            long anchorHeight,
            Bytes32 anchorHash) {
        public Params {
            if (kind != ClientKind.QBFT && kind != ClientKind.IBFT2) {
                throw new IllegalArgumentException("kind: expected QBFT or IBFT2, got " + kind);
            }
            if (trustingPeriodMs <= 0) {
                throw new IllegalArgumentException("trusting period: expected > 0 ms, got " + trustingPeriodMs);
            }
            if (maxClockDriftMs < 0) {
                throw new IllegalArgumentException("clock drift: expected ≥ 0 ms, got " + maxClockDriftMs);
            }
            if (anchorHeight < 1) {
                throw new IllegalArgumentException("anchor height: expected ≥ 1, got " + anchorHeight);
            }
        }
    }

    /// The client whose first trusted header this is.
    ///
    /// @param anchor a header that an operator pins, at a height ≥ 1
    public static QbftClient of(ChainId chain, QbftHeader anchor, long trustingPeriodMs, long maxClockDriftMs) {
        return new QbftClient(
                new Params(chain, anchor.kind(), trustingPeriodMs, maxClockDriftMs, anchor.number(), anchor.hash()));
    }

    /// The state of a client that trusts one header, rule R1.1. Its seals are not asked for: an operator vouches.
    public static Verdict<ClientState> anchor(QbftHeader header) {
        if (header.number() < 1) return reject(new MalformedHeader("number"));
        return QbftSeals.wellFormed(header).map(anchor -> ClientState.anchoredAt(anchor.consensusState()));
    }

    @Override
    public ClientId id() {
        return ClientId.of(params.chain, params.kind, params.anchorHeight, params.anchorHash);
    }

    @Override
    public ClientKind kind() {
        return params.kind;
    }

    @Override
    public ClientStatus status(ClientState state, long nowMs) {
        return state.status(params.trustingPeriodMs, nowMs);
    }

    @Override
    public Verdict<ClientState> update(ClientState state, Bytes update, long nowMs) {
        var status = status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return reject(new ClientRejection.ClientNotActive(status));
        return QbftUpdate.decode(params.kind, update).then(decoded -> judge(state, decoded, nowMs));
    }

    @Override
    public Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        var believed = state.at(height);
        if (believed == null) return reject(new ClientRejection.UnknownHeight(height));
        return QbftEventProof.decode(eventProof)
                .then(proof -> proof.verify(believed.receiptsRoot(), emitter, role, lane));
    }

    private Verdict<ClientState> judge(ClientState state, QbftUpdate update, long nowMs) {
        var header = update.header();
        var known = state.at(header.number());
        if (known != null && known.hash().equals(header.hash())) return accept(state);
        var trusted = state.at(update.trustedHeight());
        if (trusted == null) return reject(new ClientRejection.UnknownTrustedHeight(update.trustedHeight()));
        return timely(trusted, header, nowMs)
                .then(QbftSeals::wellFormed)
                .then(_ -> trustedSet(trusted, update))
                .then(_ -> QbftSeals.signers(header))
                .then(signers -> header.setHash().equals(trusted.setHash())
                        ? accept(header)
                        : QbftSeals.vouched(trusted, update.trustedValidators(), header, signers))
                .map(final_ -> known == null ? state.with(final_.consensusState()) : state.freeze());
    }

    /// Rule R6.3.
    private Verdict<QbftHeader> timely(ConsensusState trusted, QbftHeader header, long nowMs) {
        if (header.number() <= trusted.height()) {
            return reject(new ClientRejection.HeightNotNewer(trusted.height(), header.number()));
        }
        if (trusted.timeMs() + params.trustingPeriodMs <= nowMs) {
            return reject(new ClientRejection.TrustingPeriodExpired(trusted.timeMs(), nowMs));
        }
        if (header.timeMs() < trusted.timeMs()) {
            return reject(new ClientRejection.TimeBeforeTrusted(trusted.timeMs(), header.timeMs()));
        }
        long latest = nowMs + params.maxClockDriftMs;
        if (header.timeMs() > latest) return reject(new ClientRejection.HeaderFromTheFuture(header.timeMs(), latest));
        return accept(header);
    }

    /// The trusted set is given exactly when the header lists another, and is the one that was believed.
    private static Verdict<QbftUpdate> trustedSet(ConsensusState trusted, QbftUpdate update) {
        boolean same = update.header().setHash().equals(trusted.setHash());
        if (same) {
            return update.trustedValidators().isEmpty()
                    ? accept(update)
                    : reject(new MalformedUpdate("trustedValidators"));
        }
        var computed = QbftHeader.setHash(update.trustedValidators());
        return computed.equals(trusted.setHash())
                ? accept(update)
                : reject(new ClientRejection.TrustedSetMismatch(trusted.setHash(), computed));
    }
}
