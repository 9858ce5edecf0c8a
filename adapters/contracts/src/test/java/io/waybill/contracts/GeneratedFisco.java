package io.waybill.contracts;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.FiscoUpdate;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.client.fisco.WatcherDigest;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Chains of headers of a ledger of standard crypto whose sealers, weights, seals and watchers meet the rules at random
/// or
/// nearly. All are signed by true keys, so that nothing but the rules of R4 decides.
final class GeneratedFisco {
    private static final int VERSION = 0x03100400;

    private final RandomGenerator random;
    private final TreeMap<Bytes, KeyPair> sealers = new TreeMap<>();
    private final List<KeyPair> watchers = IntStream.range(0, 4)
            .mapToObj(i -> KeyPair.named("generated-watcher-" + i))
            .sorted(Comparator.comparing(KeyPair::address))
            .toList();
    private final TreeMap<Long, FiscoHeader> believed = new TreeMap<>();

    /// @param ms of the anchor, block 5
    GeneratedFisco(long ms, RandomGenerator random) {
        this.random = random;
        IntStream.range(0, 7)
                .mapToObj(i -> KeyPair.named("generated-sealer-" + i))
                .forEach(key -> sealers.put(key.publicKey(), key));
        believed.put(5L, header(set(), 5, Bytes32.ZERO, ms));
    }

    FiscoAnchor anchor() {
        return new FiscoAnchor(believed.firstEntry().getValue());
    }

    /// All of whom the destination's operators named the first.
    ClientCalls.Watchers watchers() {
        var all = watchers.stream().map(KeyPair::address).toList();
        return new ClientCalls.Watchers(all, all.subList(0, 1));
    }

    /// One to four headers after a believed one.
    List<FiscoHeader> next() {
        var from = random.nextInt(4) == 0
                ? List.copyOf(believed.values()).get(random.nextInt(believed.size()))
                : believed.lastEntry().getValue();
        var headers = new ArrayList<FiscoHeader>();
        var parent = from;
        var set = from.sealers();
        for (int left = random.nextInt(1, 5); left > 0; left--) {
            if (set.equals(from.sealers()) && random.nextInt(5) == 0) set = set();
            var parentHash =
                    random.nextInt(20) == 0 ? Digests.sha256(parent.preimage()) : parent.hash(FiscoSuite.STANDARD);
            parent = header(set, parent.number() + 1, parentHash, parent.timeMs() + random.nextInt(-1, 2_000));
            headers.add(parent);
        }
        return headers;
    }

    Bytes update(List<FiscoHeader> headers, ClientRef verifier) {
        var tip = headers.getLast();
        var hash = tip.hash(FiscoSuite.STANDARD);
        var ids = tip.sealers().ids();
        var seals = IntStream.range(0, ids.size())
                .filter(_ -> random.nextInt(6) != 0)
                .mapToObj(i -> new Seal(i, key(ids.get(i)).sign(hash)))
                .toList();
        var digest = WatcherDigest.of(verifier, tip.number(), hash);
        var signatures = watchers.stream()
                .filter(_ -> random.nextInt(6) != 0)
                .map(watcher -> watcher.sign(digest))
                .toList();
        var trusted = believed.get(headers.getFirst().number() - 1);
        if (trusted == null) throw new IllegalStateException("generated: expected a believed header to follow");
        return FiscoUpdate.of(trusted.sealers(), headers, seals, signatures).encode();
    }

    void believe(List<FiscoHeader> headers) {
        for (var header : headers) believed.put(header.number(), header);
    }

    private KeyPair key(Bytes id) {
        var key = sealers.get(id);
        if (key == null) throw new IllegalStateException("generated: expected a known sealer, found " + id);
        return key;
    }

    private SealerSet set() {
        var ids = sealers.keySet().stream().filter(_ -> random.nextInt(3) != 0).toList();
        if (ids.isEmpty()) ids = List.of(sealers.firstKey());
        return new SealerSet(ids, ids.stream().map(_ -> random.nextLong(1, 5)).toList());
    }

    private FiscoHeader header(SealerSet set, long number, Bytes32 parent, long ms) {
        return new FiscoHeader(
                VERSION,
                number,
                parent,
                Digests.sha256(Bytes.u64(random.nextLong())),
                Digests.sha256(Bytes.u64(random.nextLong())),
                Digests.sha256(Bytes.u64(random.nextLong())),
                Long.toString(random.nextLong(1_000_000)),
                ms,
                random.nextInt(set.size()),
                set,
                Bytes.EMPTY);
    }
}
