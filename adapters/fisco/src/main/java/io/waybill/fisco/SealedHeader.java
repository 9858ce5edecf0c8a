package io.waybill.fisco;

import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.HeaderRules;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.List;
import java.util.TreeMap;

/// A header with only the seals that count: each by the sealer at its index, ascending, each index once.
record SealedHeader(FiscoSuite suite, FiscoHeader header, Bytes32 hash, List<Seal> seals) {
    SealedHeader {
        seals = List.copyOf(seals);
    }

    static SealedHeader of(FiscoSuite suite, FiscoBlock block) {
        var header = block.header();
        var hash = header.hash(suite);
        var valid = new TreeMap<Long, Seal>();
        for (var seal : block.seals()) {
            if (valid(suite, header.sealers(), hash, seal)) valid.putIfAbsent(seal.index(), seal);
        }
        return new SealedHeader(suite, header, hash, List.copyOf(valid.values()));
    }

    private static boolean valid(FiscoSuite suite, SealerSet set, Bytes32 hash, Seal seal) {
        if (seal.index() < 0 || seal.index() >= set.size()) return false;
        return suite.signed(set.ids().get((int) seal.index()), hash, seal.signature());
    }

    /// Whether a client that trusts a set would accept this header as the tip of an update, rule R4.5: a quorum of
    /// its own set sealed it, and where that is another, those of the trusted one that sealed it hold a quorum
    /// there too.
    boolean vouchedBy(SealerSet trusted) {
        return new HeaderRules(suite, HeaderRules.LOWEST_FLOOR)
                .sealed(header, trusted, seals)
                .isAccepted();
    }
}
