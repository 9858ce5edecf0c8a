package io.waybill.core.client.fisco2;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.digest.Sm2;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// A chain of FISCO BCOS 2.x made by keys derived from names, with its client.
final class Ledger2 {
    static final ChainId CHAIN = new ChainId("fisco:2-group1");
    static final long START_MS = 1_800_000_000_000L;
    static final long PERIOD_MS = 86_400_000L;
    static final long DRIFT_MS = 15_000;
    static final long NOW = START_MS + 100_000;

    final FiscoSuite suite;
    private final Map<Bytes, Bytes32> secrets = new TreeMap<>();

    Ledger2(FiscoSuite suite, int sealers) {
        this.suite = suite;
        for (int i = 0; i < sealers; i++) {
            var secret = Digests.sha256(Bytes.utf8("sealer/" + i));
            secrets.put(suite == FiscoSuite.SM ? Sm2.publicKey(secret) : Secp256k1.publicKey(secret), secret);
        }
    }

    /// The ids in ascending order.
    List<Bytes> ids() {
        return List.copyOf(secrets.keySet());
    }

    /// The sealers at some places of [#ids()].
    SealerSet set(int... places) {
        return Sealers.of(Arrays.stream(places).mapToObj(ids()::get).toList()).orElseThrow();
    }

    static Fisco2Header header(long number, Bytes32 parent, SealerSet set, long timeMs) {
        return new Fisco2Header(
                parent,
                word("state/" + number),
                word("transactions/" + number),
                word("receipts/" + number),
                word("db/" + number),
                Bytes.of(new byte[256]),
                number,
                BigInteger.ZERO,
                BigInteger.valueOf(21_000),
                timeMs,
                List.of(),
                0,
                set);
    }

    static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    static Fisco2Header anchor(SealerSet set) {
        return header(10, word("parent"), set, START_MS);
    }

    /// The header after one, a second later.
    Fisco2Header next(Fisco2Header parent, SealerSet set) {
        return header(parent.number() + 1, parent.hash(suite), set, parent.timeMs() + 1000);
    }

    /// Headers after one, with these lists.
    List<Fisco2Header> chain(Fisco2Header parent, SealerSet... sets) {
        var headers = new ArrayList<Fisco2Header>();
        var last = parent;
        for (var set : sets) {
            last = next(last, set);
            headers.add(last);
        }
        return headers;
    }

    /// A header with the list's field at a place replaced.
    static Rlp with(Fisco2Header header, int field, Rlp value) {
        var fields = new ArrayList<>(((Rlp.Items) header.item()).values());
        fields.set(field, value);
        return Rlp.list(fields);
    }

    /// A header with another value, which its grammar allows.
    static Fisco2Header changed(Fisco2Header header, int field, Rlp value) {
        return Fisco2Header.decode(with(header, field, value).encode()).orElseThrow();
    }

    /// The seal of a key over a hash.
    Bytes sign(Bytes id, Bytes32 hash) {
        var secret = secrets.get(id);
        if (secret == null) throw new IllegalArgumentException("id: expected a sealer's");
        return suite == FiscoSuite.SM ? Bytes.concat(Sm2.sign(secret, hash.value()), id) : Secp256k1.sign(secret, hash);
    }

    Seal seal(Fisco2Header header, long index) {
        return new Seal(index, sign(header.sealers().ids().get((int) index), header.hash(suite)));
    }

    /// The seals of these indices over a header.
    List<Seal> seals(Fisco2Header header, long... indices) {
        return LongStream.of(indices).mapToObj(index -> seal(header, index)).toList();
    }

    Fisco2Client client(Fisco2Header anchor) {
        var kind = suite == FiscoSuite.SM ? ClientKind.FISCO2_SM : ClientKind.FISCO2;
        return new Fisco2Client(new Fisco2Params(CHAIN, kind, PERIOD_MS, DRIFT_MS, new Fisco2Anchor(anchor)));
    }
}
