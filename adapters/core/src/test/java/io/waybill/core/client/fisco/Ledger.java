package io.waybill.core.client.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A chain made by keys derived from names, with its client and watchers: every call gives the same octets.
public final class Ledger {
    public static final FiscoSuite SUITE = FiscoSuite.STANDARD;
    public static final ChainId CHAIN = new ChainId("fisco:chain0-group0");
    public static final ChainId VERIFYING = new ChainId("eip155:1337");
    public static final Address CONTRACT = Address.hex("00000000000000000000000000000000000000c1");
    public static final long START_MS = 1_800_000_000_000L;
    public static final long PERIOD_MS = 7 * 86_400_000L;
    public static final long DRIFT_MS = 15_000;
    public static final long CHALLENGE_MS = ChallengedParams.SHORTEST_MS;
    public static final int FLOOR = HeaderRules.LOWEST_FLOOR;
    public static final int VERSION = 0x03100400;

    private final Map<Bytes, KeyPair> keys;
    private final List<KeyPair> watchers;

    public Ledger(int sealers, int watchers) {
        this.keys = IntStream.range(0, sealers)
                .mapToObj(i -> KeyPair.named("sealer/" + i))
                .collect(Collectors.toMap(KeyPair::publicKey, Function.identity()));
        this.watchers = IntStream.range(0, watchers)
                .mapToObj(i -> KeyPair.named("watcher/" + i))
                .sorted(Comparator.comparing(KeyPair::address))
                .toList();
    }

    /// The ids in ascending order.
    public List<Bytes> ids() {
        return keys.keySet().stream().sorted().toList();
    }

    /// The sealers at some places of [#ids()], with these weights.
    public SealerSet set(List<Integer> places, List<Long> weights) {
        return new SealerSet(places.stream().map(ids()::get).toList(), weights);
    }

    /// All sealers with these weights.
    public SealerSet set(Long... weights) {
        return set(IntStream.range(0, weights.length).boxed().toList(), List.of(weights));
    }

    public static FiscoHeader anchor(SealerSet set) {
        return header(10, Digests.sha256(Bytes.utf8("parent")), set, START_MS);
    }

    public static FiscoHeader header(long number, Bytes32 parent, SealerSet set, long timeMs) {
        return new FiscoHeader(
                VERSION,
                number,
                parent,
                Digests.sha256(Bytes.utf8("txs/" + number)),
                Digests.sha256(Bytes.utf8("receipts/" + number)),
                Digests.sha256(Bytes.utf8("state/" + number)),
                "21000",
                timeMs,
                0,
                set,
                Bytes.EMPTY);
    }

    /// The header after one, a second later.
    public static FiscoHeader next(FiscoHeader parent, SealerSet set) {
        return header(parent.number() + 1, parent.hash(SUITE), set, parent.timeMs() + 1000);
    }

    /// Headers after one, all with its list.
    public static List<FiscoHeader> chain(FiscoHeader parent, int count) {
        var headers = new ArrayList<FiscoHeader>();
        var last = parent;
        for (int i = 0; i < count; i++) {
            last = next(last, last.sealers());
            headers.add(last);
        }
        return headers;
    }

    /// The seals of these indices over a header.
    public List<Seal> seals(FiscoHeader header, long... indices) {
        var seals = new ArrayList<Seal>();
        for (long index : indices) seals.add(seal(header, (int) index));
        return seals;
    }

    private Seal seal(FiscoHeader header, int index) {
        var key = keys.get(header.sealers().ids().get(index));
        if (key == null) throw new IllegalArgumentException("no key of sealer " + index);
        return new Seal(index, key.sign(header.hash(SUITE)));
    }

    /// A client anchored at a header; the first watcher is the one that the destination named.
    public FiscoClient client(FiscoHeader anchor) {
        return client(anchor, CONTRACT);
    }

    /// The same, of a client whose contract lives at an address.
    public FiscoClient client(FiscoHeader anchor, Address contract) {
        return client(anchor, contract, ClientKind.FISCO);
    }

    /// The same, of a client of a kind.
    public FiscoClient client(FiscoHeader anchor, ClientKind kind) {
        return client(anchor, CONTRACT, kind);
    }

    /// The same, of a client of a kind whose contract lives at an address.
    FiscoClient client(FiscoHeader anchor, Address contract, ClientKind kind) {
        var all = watchers.stream().map(KeyPair::address).toList();
        return new FiscoClient(new FiscoParams(
                CHAIN,
                kind,
                VERIFYING,
                contract,
                new Watchers(all, new HashSet<>(all.subList(0, 1))),
                FLOOR,
                PERIOD_MS,
                DRIFT_MS,
                new FiscoAnchor(anchor)));
    }

    /// A client of mode CHALLENGED anchored at a header, with three operators.
    public ChallengedClient challenged(FiscoHeader anchor, Address contract) {
        return challenged(anchor, contract, ClientKind.FISCO);
    }

    /// The same, of a client of a kind.
    ChallengedClient challenged(FiscoHeader anchor, Address contract, ClientKind kind) {
        var all = operators().stream().map(KeyPair::address).toList();
        return new ChallengedClient(
                new ChallengedParams(client(anchor, contract, kind).params(), new Operators(all), CHALLENGE_MS));
    }

    /// Three operators in ascending order of their addresses.
    public static List<KeyPair> operators() {
        return IntStream.range(0, 3)
                .mapToObj(i -> KeyPair.named("operator/" + i))
                .sorted(Comparator.comparing(KeyPair::address))
                .toList();
    }

    /// The watchers in ascending order of their addresses.
    public List<KeyPair> watchers() {
        return watchers;
    }

    /// What these watchers sign of a header, for a client.
    public List<Bytes> corroborate(FiscoClient client, FiscoHeader tip, int... places) {
        var digest = WatcherDigest.of(
                client.params().verifier(),
                tip.number(),
                tip.hash(client.params().suite()));
        return IntStream.of(places)
                .mapToObj(place -> watchers.get(place).sign(digest))
                .toList();
    }
}
