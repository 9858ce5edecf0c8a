package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.eas.EasAttestation;
import io.waybill.core.port.ChainException;
import java.util.List;
import java.util.Optional;

/// The calls that an EasSource takes, as calldata, and what it and EAS answer, as values.
public final class EasCalls {
    static final String BIND = "bind(bytes32)";
    static final String LANE = "lane()";
    static final String ATTEST = "attest(bytes32,uint32)";
    static final String REVOKE = "revoke(bytes32)";
    static final String STATE = "state(bytes32)";
    static final String ALLOWS_SCHEMA = "allowsSchema(bytes32)";
    static final String ALLOWS_ATTESTER = "allowsAttester(address)";
    static final String GET_ATTESTATION = "getAttestation(bytes32)";
    /// Head words of what [#GET_ATTESTATION] answers, behind the offset of the whole.
    private static final int FIELDS = 10;

    private EasCalls() {}

    /// What an EasSource is made with; nothing of it changes afterwards.
    ///
    /// @param chain     where it and EAS live
    /// @param termMs    how long a packet may take, milliseconds, > 0
    /// @param binder    who names its lane, once
    /// @param schemas   whose attestations are sent, at least one; without resolver
    /// @param attesters whose attestations are sent, at least one
    public record Terms(
            ChainId chain,
            Address outbox,
            Address eas,
            long termMs,
            Address binder,
            List<Bytes32> schemas,
            List<Address> attesters) {
        public Terms {
            schemas = schemas.stream().sorted().toList();
            attesters = attesters.stream().sorted().toList();
        }
    }

    /// How far an attestation of EAS has come at an EasSource.
    public enum State {
        NONE,
        SENT,
        REVOKED
    }

    /// What EAS says of an attestation.
    ///
    /// @param fields    with the bump 0, which EAS does not tell
    /// @param revokedAt seconds since 1970, 0 while it stands
    public record Made(EasAttestation fields, long revokedAt) {}

    /// The creation code of an EasSource, for an EVM.
    public static Bytes deploy(Terms terms) {
        return Bytes.concat(
                Artifacts.EAS_SOURCE.creationCode(),
                Abi.arguments(Abi.tuple(
                        Abi.of(terms.outbox()),
                        Abi.of(terms.eas()),
                        Abi.of(Bytes.utf8(terms.chain().name())),
                        Abi.of(terms.termMs()),
                        Abi.of(terms.binder()),
                        Abi.items(terms.schemas().stream().map(Abi::of).toList()),
                        Abi.items(terms.attesters().stream().map(Abi::of).toList()))));
    }

    /// Names the lane, as the binder.
    public static Bytes bind(LaneId lane) {
        return Abi.call(BIND, Abi.of(lane.value()));
    }

    /// Asks for the lane; [#decodeLane] reads the answer.
    public static Bytes lane() {
        return Abi.call(LANE);
    }

    /// The lane, unless none was named yet.
    public static Optional<LaneId> decodeLane(Bytes answer) {
        var lane = new AbiWords(answer).word(0);
        return lane.isZero() ? Optional.empty() : Optional.of(new LaneId(lane));
    }

    /// Sends an attestation that EAS has.
    public static Bytes attest(Bytes32 uid, long bump) {
        return Abi.call(ATTEST, Abi.of(uid), Abi.of(bump));
    }

    /// Sends the revocation of one that was sent.
    public static Bytes revoke(Bytes32 uid) {
        return Abi.call(REVOKE, Abi.of(uid));
    }

    /// Asks how far an attestation has come; [#decodeState] reads the answer.
    public static Bytes state(Bytes32 uid) {
        return Abi.call(STATE, Abi.of(uid));
    }

    public static State decodeState(Bytes answer) {
        long code = new AbiWords(answer).number(0);
        if (code < State.values().length) return State.values()[(int) code];
        throw new ChainException.Dishonest("EAS source: expected a state 0 to 2, got " + code);
    }

    /// Asks whether attestations under a schema are sent; [#decodeFlag] reads the answer.
    public static Bytes allowsSchema(Bytes32 schema) {
        return Abi.call(ALLOWS_SCHEMA, Abi.of(schema));
    }

    /// Asks whether attestations of an attester are sent; [#decodeFlag] reads the answer.
    public static Bytes allowsAttester(Address attester) {
        return Abi.call(ALLOWS_ATTESTER, Abi.of(attester));
    }

    public static boolean decodeFlag(Bytes answer) {
        return new AbiWords(answer).number(0) == 1;
    }

    /// Asks EAS for an attestation; [#decodeAttestation] reads the answer.
    public static Bytes getAttestation(Bytes32 uid) {
        return Abi.call(GET_ATTESTATION, Abi.of(uid));
    }

    /// What EAS says of a uid, unless it has none.
    public static Optional<Made> decodeAttestation(Address eas, Bytes answer) {
        var whole = new AbiWords(answer);
        if (whole.number(0) != Abi.WORD || answer.size() < (FIELDS + 1) * Abi.WORD) {
            throw new ChainException.Dishonest("EAS: expected an attestation, got " + answer.size() + " octets");
        }
        var words = new AbiWords(answer.slice(Abi.WORD, answer.size()));
        if (words.word(0).isZero()) return Optional.empty();
        var fields = new EasAttestation(
                eas,
                words.word(1),
                words.number(2),
                words.number(3),
                words.word(5),
                words.address(6),
                words.address(7),
                words.number(8) == 1,
                0,
                words.bytes(9));
        return Optional.of(new Made(fields, words.number(4)));
    }
}
