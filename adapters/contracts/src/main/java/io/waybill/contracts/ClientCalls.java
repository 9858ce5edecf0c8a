package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.LaneId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The calls that light-client contracts take, as calldata, and their answers, as values.
public final class ClientCalls {
    static final String UPDATE = "update(bytes)";
    static final String VERIFY_CHECKPOINT = "verifyCheckpoint(address,bytes32,bytes32,uint64,bytes)";
    static final String MISBEHAVIOUR = "misbehaviour(bytes,bytes)";
    static final String REANCHOR = "reanchor(bytes)";
    static final String COUNCIL = "council()";
    static final String EVIDENCE = "evidence()";
    static final String CLIENT_ID = "clientId()";
    static final String STATUS = "status()";
    static final String LATEST_HEIGHT = "latestHeight()";
    static final String HISTORY = "history()";
    static final String CONSENSUS_STATE = "consensusState(uint64)";

    private ClientCalls() {}

    /// How long and how far a client trusts, and whom, in every kind of client.
    ///
    /// @param trustingPeriodMs age of the latest header at which it is no longer believed, > 0
    /// @param maxClockDriftMs  how far a header's time may be ahead of the verifier's chain
    /// @param council          who may re-anchor it, not zero
    public record Trust(long trustingPeriodMs, long maxClockDriftMs, Address council) {}

    /// The watchers of a FISCO BCOS client, rule R4.6.
    ///
    /// @param addresses     strictly ascending, at least 3, at most 255
    /// @param byDestination which of them the destination's operators named, at least one
    public record Watchers(List<Address> addresses, List<Address> byDestination) {
        public Watchers {
            addresses = List.copyOf(addresses);
            byDestination = List.copyOf(byDestination);
        }

        private Abi mask() {
            var bits = new BitSet();
            byDestination.forEach(named -> bits.set(addresses.indexOf(named)));
            var mask = new byte[32];
            var little = bits.toByteArray();
            for (int i = 0; i < little.length; i++) mask[31 - i] = little[i];
            return Abi.of(Bytes32.of(mask));
        }
    }

    /// The creation code of a client of a QBFT or IBFT 2.0 chain, for an EVM; the arguments are those of the other.
    public static Bytes deployQbft(ChainId followed, ClientKind kind, Trust trust, Bytes anchorHeader) {
        return deployQbft(Host.EVM, followed, kind, trust, anchorHeader);
    }

    /// The creation code of a client of a QBFT or IBFT 2.0 chain.
    ///
    /// @param host         what the contracts of its own chain live on
    /// @param kind         QBFT or IBFT2
    /// @param anchorHeader RLP list of the header an operator pins, height ≥ 1
    public static Bytes deployQbft(Host host, ChainId followed, ClientKind kind, Trust trust, Bytes anchorHeader) {
        return Bytes.concat(
                Artifacts.QBFT_CLIENT.on(host).creationCode(),
                Abi.arguments(
                        Abi.of(followed.hash()),
                        Abi.of(kind.code()),
                        Abi.of(trust.trustingPeriodMs()),
                        Abi.of(trust.maxClockDriftMs()),
                        Abi.of(trust.council()),
                        Abi.of(anchorHeader)));
    }

    /// The creation code of a client of a FISCO BCOS 3.x chain with standard crypto, mode CORROBORATED, for an
    /// EVM; the arguments are those of the other.
    public static Bytes deployFisco(
            ChainId followed, ChainId verifying, Trust trust, int versionFloor, Watchers watchers, Bytes anchor) {
        return deployFisco(Host.EVM, ClientKind.FISCO, followed, verifying, trust, versionFloor, watchers, anchor);
    }

    /// The contract that follows FISCO BCOS 3.x chains, as it lives on an EVM.
    ///
    /// @param kind FISCO or FISCO_SM
    public static Artifact fisco(ClientKind kind) {
        return switch (kind) {
            case FISCO -> Artifacts.FISCO_CLIENT;
            case FISCO_SM -> Artifacts.FISCO_SM_CLIENT;
            default -> throw new IllegalArgumentException("kind: expected FISCO or FISCO_SM, got " + kind);
        };
    }

    /// The creation code of a client of a FISCO BCOS 3.x chain, mode CORROBORATED.
    ///
    /// @param host         what the contracts of its own chain live on
    /// @param kind         FISCO or FISCO_SM: the crypto that the chain it follows was made with
    /// @param verifying    the chain the client will live on: watchers sign for it
    /// @param versionFloor lowest header version, at least 0x03060000
    /// @param anchor       RLP `[number, parentHash, set, header]`, height ≥ 1
    public static Bytes deployFisco(
            Host host,
            ClientKind kind,
            ChainId followed,
            ChainId verifying,
            Trust trust,
            int versionFloor,
            Watchers watchers,
            Bytes anchor) {
        return Bytes.concat(
                fisco(kind).on(host).creationCode(),
                Abi.arguments(
                        Abi.of(followed.hash()),
                        Abi.of(verifying.hash()),
                        Abi.of(trust.trustingPeriodMs()),
                        Abi.of(trust.maxClockDriftMs()),
                        Abi.of(Integer.toUnsignedLong(versionFloor)),
                        Abi.items(watchers.addresses().stream().map(Abi::of).toList()),
                        watchers.mask(),
                        Abi.of(trust.council()),
                        Abi.of(anchor)));
    }

    /// The creation code of a client that believes a committee.
    ///
    /// @param host      what the contracts of its own chain live on
    /// @param verifying the chain the client will live on: verifiers sign for it
    /// @param anchor    the block an operator pins
    public static Bytes deployCommittee(
            Host host, ChainId followed, ChainId verifying, Trust trust, Committee committee, CommitteeAnchor anchor) {
        return Bytes.concat(
                Artifacts.COMMITTEE_CLIENT.on(host).creationCode(),
                Abi.arguments(
                        Abi.of(followed.hash()),
                        Abi.of(verifying.hash()),
                        Abi.of(trust.trustingPeriodMs()),
                        Abi.of(trust.maxClockDriftMs()),
                        Abi.items(committee.verifiers().stream().map(Abi::of).toList()),
                        Abi.of(committee.needed()),
                        Abi.of(trust.council()),
                        Abi.of(anchor.encode())));
    }

    /// Submits a header update alone.
    public static Bytes update(Bytes headerUpdate) {
        return Abi.call(UPDATE, Abi.of(headerUpdate));
    }

    /// Submits two header updates that together prove misbehaviour.
    public static Bytes misbehaviour(Bytes one, Bytes other) {
        return Abi.call(MISBEHAVIOUR, Abi.of(one), Abi.of(other));
    }

    /// Gives the client a new beginning; for its council alone.
    ///
    /// @param anchor as in the client's creation
    public static Bytes reanchor(Bytes anchor) {
        return Abi.call(REANCHOR, Abi.of(anchor));
    }

    /// Asks for the account that may re-anchor the client.
    public static Bytes council() {
        return Abi.call(COUNCIL);
    }

    public static Address decodeCouncil(Bytes answer) {
        return new AbiWords(answer).address(0);
    }

    /// Asks why the client froze last.
    public static Bytes evidence() {
        return Abi.call(EVIDENCE);
    }

    /// Two headers of one height.
    public record Evidence(long height, Bytes32 accepted, Bytes32 conflicting) {}

    /// Reads why the client froze last; empty if it never did.
    public static Optional<Evidence> decodeEvidence(Bytes answer) {
        var words = new AbiWords(answer);
        var height = words.number(0);
        return height == 0 ? Optional.empty() : Optional.of(new Evidence(height, words.word(1), words.word(2)));
    }

    /// Asks the client to judge an event proof; it answers with size and root, or reverts.
    public static Bytes verifyCheckpoint(Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        return Abi.call(
                VERIFY_CHECKPOINT,
                Abi.of(emitter),
                Abi.of(role.topic()),
                Abi.of(lane.value()),
                Abi.of(height),
                Abi.of(eventProof));
    }

    /// Asks for the client's name; [#decodeClientId] reads the answer.
    public static Bytes clientId() {
        return Abi.call(CLIENT_ID);
    }

    public static ClientId decodeClientId(Bytes answer) {
        return new ClientId(new AbiWords(answer).word(0));
    }

    /// Asks for the client's status; [#decodeStatus] reads the answer.
    public static Bytes status() {
        return Abi.call(STATUS);
    }

    public static ClientStatus decodeStatus(Bytes answer) {
        long code = new AbiWords(answer).number(0);
        return Arrays.stream(ClientStatus.values())
                .filter(status -> status.code() == code)
                .findFirst()
                .orElseThrow(() -> new ChainException.Dishonest("client status: expected 1 to 3, got " + code));
    }

    /// Asks for the highest accepted height; [#decodeHeight] reads the answer.
    public static Bytes latestHeight() {
        return Abi.call(LATEST_HEIGHT);
    }

    public static long decodeHeight(Bytes answer) {
        return new AbiWords(answer).number(0);
    }

    /// Asks for the accepted header hashes; [#decodeHistory] reads the answer.
    public static Bytes history() {
        return Abi.call(HISTORY);
    }

    /// Accepted header hashes by height.
    public static NavigableMap<Long, Bytes32> decodeHistory(Bytes answer) {
        var words = new AbiWords(answer);
        var heights = words.words(0);
        var hashes = words.words(1);
        if (heights.size() != hashes.size()) {
            throw new ChainException.Dishonest(
                    "history: %d heights, %d hashes".formatted(heights.size(), hashes.size()));
        }
        var history = new TreeMap<Long, Bytes32>();
        for (int i = 0; i < heights.size(); i++) {
            history.put(new BigInteger(1, heights.get(i).value().toArray()).longValueExact(), hashes.get(i));
        }
        return history;
    }

    /// Asks what is held of one height; [#decodeConsensusState] reads the answer.
    public static Bytes consensusState(long height) {
        return Abi.call(CONSENSUS_STATE, Abi.of(height));
    }

    /// What the client holds of a height, or none.
    public static Optional<ConsensusState> decodeConsensusState(long height, Bytes answer) {
        var words = new AbiWords(answer);
        if (words.word(0).isZero()) return Optional.empty();
        return Optional.of(new ConsensusState(
                height, words.word(0), words.word(1), words.number(2), words.word(3), (int) words.number(4)));
    }
}
