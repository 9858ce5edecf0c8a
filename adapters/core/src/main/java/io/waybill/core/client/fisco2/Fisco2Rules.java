package io.waybill.core.client.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Fisco2Rejection.TooFewSealers;
import io.waybill.core.Fisco2Rejection.TooFewTrustedSealers;
import io.waybill.core.FiscoRejection.NumberNotNext;
import io.waybill.core.FiscoRejection.ParentMismatch;
import io.waybill.core.FiscoRejection.SealIndexOutOfRange;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.SealsNotAscending;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.List;

/// Who must have sealed a header of 2.x: `N − ⌊(N−1)/3⌋` sealers of its own list and, where that is not the trusted
/// one, as many of the trusted list by the same count.
///
/// Sound while fewer than a third of the trusted list are faulty: an honest sealer executes a block, compares the
/// header's list with its own ledger's, and signs the hash it computed itself; so an honest signature vouches for
/// every field. The signatures of PBFT's second and third phase are over the same 32 octets: whoever holds back an
/// honest quorum's messages for a whole view could show a block that was executed and then replaced by another.
/// Both then have a quorum, and a client that sees both freezes.
///
/// @see <a href="https://github.com/FISCO-BCOS/FISCO-BCOS">libconsensus, PBFTEngine.cpp: checkSealerList,
/// execBlock</a>
public record Fisco2Rules(FiscoSuite suite) {
    private static final int PAIR_SIZE = 64;
    private static final int SM_SIZE = 128;

    /// Whether a header is the child of another.
    Verdict<Fisco2Header> linked(ConsensusState parent, Fisco2Header header) {
        if (header.number() != parent.height() + 1)
            return reject(new NumberNotNext(parent.height() + 1, header.number()));
        return header.parentHash().equals(parent.hash())
                ? accept(header)
                : reject(new ParentMismatch(parent.hash(), header.parentHash()));
    }

    /// The sealers that signed a header.
    ///
    /// @param own     of the header's own list
    /// @param trusted of those that are in the trusted list too
    record Count(int own, int trusted) {}

    /// Whether the seals over a header make it final and, where it names another list than the trusted one, whether
    /// the trusted list vouches for that.
    public Verdict<Bytes32> sealed(Fisco2Header header, SealerSet trusted, List<Seal> seals) {
        return count(header, trusted, seals)
                .then(count -> quorum(header.sealers(), count))
                .then(count -> header.sealers().equals(trusted) ? accept(count) : vouched(trusted, count))
                .map(_ -> header.hash(suite));
    }

    /// Counts the sealers that signed a header: every seal must be valid, each index once.
    Verdict<Count> count(Fisco2Header header, SealerSet trusted, List<Seal> seals) {
        var hash = header.hash(suite);
        var own = header.sealers();
        long last = -1;
        int vouching = 0;
        for (var seal : seals) {
            if (seal.index() < 0 || seal.index() >= own.size()) return reject(new SealIndexOutOfRange(seal.index()));
            if (seal.index() <= last) return reject(new SealsNotAscending(seal.index()));
            var id = own.ids().get((int) seal.index());
            if (!signed(id, hash, seal.signature())) return reject(new SealerSignatureInvalid(seal.index()));
            if (trusted.weightOf(id) > 0) vouching++;
            last = seal.index();
        }
        return accept(new Count(seals.size(), vouching));
    }

    static Verdict<Count> quorum(SealerSet own, Count count) {
        return count.own() < own.quorum() ? reject(new TooFewSealers(count.own(), own.quorum())) : accept(count);
    }

    static Verdict<Count> vouched(SealerSet trusted, Count count) {
        return count.trusted() < trusted.quorum()
                ? reject(new TooFewTrustedSealers(count.trusted(), trusted.quorum()))
                : accept(count);
    }

    /// Whether the sealer with an id signed a header's hash: 65 octets `r || s || v`; on SM chains 128 octets
    /// `r || s || key`, whose key must be the id and is never where the key is taken from.
    public boolean signed(Bytes id, Bytes32 hash, Bytes signature) {
        if (suite == FiscoSuite.STANDARD) return suite.signed(id, hash, signature);
        return signature.size() == SM_SIZE
                && signature.slice(PAIR_SIZE, SM_SIZE).equals(id)
                && suite.signed(id, hash, signature.slice(0, PAIR_SIZE));
    }
}
