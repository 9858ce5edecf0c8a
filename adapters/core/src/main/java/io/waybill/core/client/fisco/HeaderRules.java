package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.FiscoRejection.SealIndexOutOfRange;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.SealsNotAscending;
import io.waybill.core.FiscoRejection.TooLittleTrustedWeight;
import io.waybill.core.FiscoRejection.TooLittleWeight;
import io.waybill.core.FiscoRejection.VersionBelowFloor;
import io.waybill.core.FiscoRejection.VersionBelowParent;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.List;

/// What headers are held to without watchers, rules R4.1 to R4.5. By itself this is not a client mode: a quorum of
/// seals alone proves too little on FISCO BCOS 3.x.
///
/// @param versionFloor the lowest version of a header, at least [#LOWEST_FLOOR]
public record HeaderRules(FiscoSuite suite, int versionFloor) {
    /// The lowest floor a client may have, 3.6.0, rule R4.1.
    public static final int LOWEST_FLOOR = 0x03060000;

    public HeaderRules {
        if (versionFloor < LOWEST_FLOOR)
            throw new IllegalArgumentException(
                    "version floor: expected ≥ 0x03060000, got 0x%08x".formatted(versionFloor));
    }

    /// Holds a header to its grammar and to its parent's version and time, rules R4.1 and R4.2.
    public Verdict<FiscoHeader> follows(ConsensusState parent, FiscoHeader header) {
        return floored(header)
                .then(floored -> floored.version() < parent.version()
                        ? reject(new VersionBelowParent(floored.version(), parent.version()))
                        : floored.check())
                .then(grammatical -> grammatical.timeMs() < parent.timeMs()
                        ? reject(new TimeBeforeTrusted(parent.timeMs(), grammatical.timeMs()))
                        : accept(grammatical));
    }

    /// Holds a header to the floor and to its grammar, whatever its parent.
    public Verdict<FiscoHeader> alone(FiscoHeader header) {
        return floored(header).then(FiscoHeader::check);
    }

    private Verdict<FiscoHeader> floored(FiscoHeader header) {
        return header.version() < versionFloor
                ? reject(new VersionBelowFloor(header.version(), versionFloor))
                : accept(header);
    }

    /// The weights of the sealers that signed a header.
    ///
    /// @param own     by the header's own list
    /// @param trusted by the trusted list, of those sealers that are in it
    public record Weights(long own, long trusted) {}

    /// Weighs the seals over a hash, rule R4.3: every one must be valid, each index once.
    ///
    /// @param own the list that the header names
    public Verdict<Weights> weigh(Bytes32 hash, SealerSet own, SealerSet trusted, List<Seal> seals) {
        long last = -1;
        long weight = 0;
        long trustedWeight = 0;
        for (var seal : seals) {
            if (seal.index() < 0 || seal.index() >= own.size()) return reject(new SealIndexOutOfRange(seal.index()));
            if (seal.index() <= last) return reject(new SealsNotAscending(seal.index()));
            int index = (int) seal.index();
            var id = own.ids().get(index);
            if (!suite.signed(id, hash, seal.signature())) return reject(new SealerSignatureInvalid(index));
            weight += own.weights().get(index);
            trustedWeight += trusted.weightOf(id);
            last = index;
        }
        return accept(new Weights(weight, trustedWeight));
    }

    /// Whether the seals over a header make it final and, where it names another list than the trusted one, whether
    /// the trusted list vouches for that, rules R4.3 and R4.5.
    public Verdict<Weights> sealed(FiscoHeader header, SealerSet trusted, List<Seal> seals) {
        return sealed(header.hash(suite), header.sealers(), trusted, seals);
    }

    /// The same for a header of which the hash is computed already.
    Verdict<Weights> sealed(Bytes32 hash, SealerSet own, SealerSet trusted, List<Seal> seals) {
        return weigh(hash, own, trusted, seals)
                .then(weights -> quorum(own, weights))
                .then(weights -> own.equals(trusted) ? accept(weights) : vouched(trusted, weights));
    }

    static Verdict<Weights> quorum(SealerSet own, Weights weights) {
        return weights.own() < own.quorum()
                ? reject(new TooLittleWeight(weights.own(), own.quorum()))
                : accept(weights);
    }

    static Verdict<Weights> vouched(SealerSet trusted, Weights weights) {
        return weights.trusted() < trusted.quorum()
                ? reject(new TooLittleTrustedWeight(weights.trusted(), trusted.quorum()))
                : accept(weights);
    }
}
