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
import io.waybill.core.client.EventClient;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;

/// The light client of a QBFT or IBFT 2.0 chain, rule R6. A header is final when a quorum of the set it lists
/// sealed it; it is believed when the set of a header believed before vouches for that list. Sound while fewer
/// than a third of each set within the trusting period is faulty.
public record QbftClient(Params params) implements EventClient {

    /// What makes one client of such a chain another.
    ///
    /// @param chain            the chain it follows
    /// @param kind             QBFT, IBFT2, or QBFT_CONTRACT where a contract names the validators
    /// @param trustingPeriodMs age at which a header is no longer believed, milliseconds, > 0
    /// @param maxClockDriftMs  how far a header's time may be ahead of the verifier's, milliseconds, ≥ 0
    /// @param anchorHeight     height of the first trusted header, ≥ 1
    /// @param anchorHash       its on-chain hash
    /// @param options          with a contract exactly for QBFT_CONTRACT
    public record Params(
            ChainId chain,
            ClientKind kind,
            long trustingPeriodMs,
            long maxClockDriftMs,
            long anchorHeight,
            Bytes32 anchorHash,
            QbftOptions options) {
        public Params {
            if (kind != ClientKind.QBFT && kind != ClientKind.IBFT2 && kind != ClientKind.QBFT_CONTRACT) {
                throw new IllegalArgumentException("kind: expected QBFT, IBFT2 or QBFT_CONTRACT, got " + kind);
            }
            if ((kind == ClientKind.QBFT_CONTRACT) != (options.contract() != null)) {
                throw new IllegalArgumentException("contract: expected one exactly for QBFT_CONTRACT, got " + kind);
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

        /// The codec of the headers; it is configured, never detected.
        ClientKind codec() {
            return kind == ClientKind.IBFT2 ? ClientKind.IBFT2 : ClientKind.QBFT;
        }
    }

    /// The client whose first trusted header this is, by the strictest rules.
    ///
    /// @param anchor a header that an operator pins, at a height ≥ 1
    public static QbftClient of(ChainId chain, QbftHeader anchor, long trustingPeriodMs, long maxClockDriftMs) {
        return of(chain, anchor, trustingPeriodMs, maxClockDriftMs, QbftOptions.DEFAULT);
    }

    /// The same with options; with a contract among them the client is of kind QBFT_CONTRACT.
    public static QbftClient of(
            ChainId chain, QbftHeader anchor, long trustingPeriodMs, long maxClockDriftMs, QbftOptions options) {
        boolean contract = options.contract() != null;
        if (contract && anchor.kind() != ClientKind.QBFT) {
            throw new IllegalArgumentException("contract: expected headers of QBFT, got " + anchor.kind());
        }
        var kind = contract ? ClientKind.QBFT_CONTRACT : anchor.kind();
        return new QbftClient(
                new Params(chain, kind, trustingPeriodMs, maxClockDriftMs, anchor.number(), anchor.hash(), options));
    }

    /// The state of a client that trusts one header, rule R1.1. Its seals are not asked for: an operator vouches.
    public static Verdict<ClientState> anchor(QbftHeader header) {
        return anchored(SealedHeader.listing(header));
    }

    /// The same where a contract names who seals the header.
    public static Verdict<ClientState> anchor(QbftHeader header, ValidatorContract contract, ContractProof proof) {
        return proof.validators(contract, header).then(set -> anchored(new SealedHeader(header, set)));
    }

    private static Verdict<ClientState> anchored(SealedHeader candidate) {
        if (candidate.header().number() < 1) return reject(new MalformedHeader("number"));
        return candidate.wellFormed().map(anchor -> ClientState.anchoredAt(anchor.consensusState()));
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
        return Rlp.parse(
                update,
                MalformedUpdate::new,
                item -> item.items().size() == 2
                        ? QbftMisbehaviour.read(params.kind, item).then(shown -> judge(state, shown, nowMs))
                        : QbftUpdate.read(params.kind, item).then(shown -> judge(state, shown, nowMs)));
    }

    @Override
    public Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        var believed = state.at(height);
        if (believed == null) return reject(new ClientRejection.UnknownHeight(height));
        return QbftEventProof.decode(params.codec(), eventProof)
                .then(proof -> proof.verify(believed, emitter, role, lane));
    }

    @Override
    public Verdict<EvmLog> verifyLog(ClientState state, long height, Bytes eventProof) {
        var believed = state.at(height);
        if (believed == null) return reject(new ClientRejection.UnknownHeight(height));
        return QbftEventProof.decode(params.codec(), eventProof).then(proof -> proof.log(believed));
    }

    private Verdict<ClientState> judge(ClientState state, QbftUpdate update, long nowMs) {
        var header = update.header();
        var known = state.at(header.number());
        if (known != null && known.hash().equals(header.hash())) return accept(state);
        return believe(state, update, nowMs)
                .map(candidate -> known == null ? state.with(candidate.consensusState()) : state.freeze());
    }

    /// Rule R6.6 for a height of which no header is held.
    private Verdict<ClientState> judge(ClientState state, QbftMisbehaviour shown, long nowMs) {
        return shown.conflicting()
                .then(_ -> believe(state, shown.one(), nowMs))
                .then(_ -> believe(state, shown.other(), nowMs))
                .map(_ -> state.freeze());
    }

    /// Rules R6.1 to R6.5: the header is final, and a header that is held vouches for its set.
    private Verdict<SealedHeader> believe(ClientState state, QbftUpdate update, long nowMs) {
        var trusted = state.at(update.trustedHeight());
        if (trusted == null) return reject(new ClientRejection.UnknownTrustedHeight(update.trustedHeight()));
        return timely(trusted, update.header(), nowMs)
                .then(_ -> candidate(update))
                .then(SealedHeader::wellFormed)
                .then(candidate -> trustedSet(trusted, update, candidate))
                .then(candidate -> QbftSeals.signers(candidate, params.options.curve())
                        .then(signers -> candidate.setHash().equals(trusted.setHash())
                                ? accept(candidate)
                                : QbftSeals.vouched(
                                        trusted,
                                        update.trustedValidators(),
                                        candidate,
                                        signers,
                                        params.options.distantChange())));
    }

    /// The header with its set: from its own list, or by rule R6.5 from nothing but the contract.
    private Verdict<SealedHeader> candidate(QbftUpdate update) {
        var contract = params.options.contract();
        var proof = update.proof();
        if (contract == null) return accept(SealedHeader.listing(update.header()));
        if (proof == null) return reject(new MalformedUpdate("contractProof"));
        return proof.validators(contract, update.header()).map(set -> new SealedHeader(update.header(), set));
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

    /// The trusted set is given exactly when the header's is another, and is the one that was believed.
    private static Verdict<SealedHeader> trustedSet(ConsensusState trusted, QbftUpdate update, SealedHeader candidate) {
        if (candidate.setHash().equals(trusted.setHash())) {
            return update.trustedValidators().isEmpty()
                    ? accept(candidate)
                    : reject(new MalformedUpdate("trustedValidators"));
        }
        var computed = QbftHeader.setHash(update.trustedValidators());
        return computed.equals(trusted.setHash())
                ? accept(candidate)
                : reject(new ClientRejection.TrustedSetMismatch(trusted.setHash(), computed));
    }
}
