package io.waybill.core.client.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;

/// An update in its wire form, `RLP [ trustedHeight, epochState, ledgerInfo, [signer...], aggregate ]`: the
/// committee and the ledger info as the octets of their BCS encodings, signers as 32 octets each and strictly
/// ascending, the aggregate signature as 192 octets.
///
/// @param trustedHeight a height the client holds, whose committee signed
/// @param committee     that committee, shown again: the client keeps only its hash
public record ConfluxUpdate(long trustedHeight, EpochState committee, SignedLedgerInfo signed) {
    private static final int AGGREGATE = 192;

    public Bytes encode() {
        return Rlp.list(
                        Rlp.of(trustedHeight),
                        Rlp.of(committee.encode()),
                        Rlp.of(signed.info().encode()),
                        Rlp.list(signed.signers(), signer -> Rlp.of(signer.value())),
                        Rlp.of(signed.aggregate()))
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<ConfluxUpdate> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, ConfluxUpdate::read);
    }

    private static Verdict<ConfluxUpdate> read(Rlp item) {
        var items = item.items();
        if (items.size() != 5) return malformed("items");
        long trustedHeight = items.get(0).number();
        if (trustedHeight < 0) return malformed("trustedHeight");
        var aggregate = items.get(4).octets();
        if (aggregate.size() != AGGREGATE) return malformed("aggregate");
        var committee = items.get(1).octets();
        var info = items.get(2).octets();
        return signers(items.get(3).items())
                .then(signers -> EpochState.decode(committee)
                        .then(state -> LedgerInfo.decode(info)
                                .map(read -> new ConfluxUpdate(
                                        trustedHeight, state, new SignedLedgerInfo(read, signers, aggregate)))));
    }

    private static Verdict<List<Bytes32>> signers(List<Rlp> items) {
        if (items.size() > EpochState.MOST_VALIDATORS) return malformed("signers");
        var signers = new ArrayList<Bytes32>();
        for (var item : items) {
            if (item.octets().size() != 32) return malformed("signers");
            signers.add(new Bytes32(item.octets()));
        }
        return accept(signers);
    }

    private static <T> Verdict<T> malformed(String what) {
        return reject(new MalformedUpdate(what));
    }
}
