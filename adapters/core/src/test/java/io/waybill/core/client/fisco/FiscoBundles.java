package io.waybill.core.client.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.proof.BundleDraft;
import io.waybill.core.proof.BundleVector;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoReceipt.Log;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/// Bundles out of chains made here that seal as FISCO BCOS 3.x does, of either suite, corroborated by two of three
/// watchers.
public final class FiscoBundles {
    private static final String CREATED = "e16469be7721563d4d6a703932058d12ca2ca94c";

    private FiscoBundles() {}

    public static List<BundleVector> all() {
        return List.of(of(ClientKind.FISCO), of(ClientKind.FISCO_SM));
    }

    private static BundleVector of(ClientKind kind) {
        var keys = IntStream.range(0, 4)
                .mapToObj(i -> SealerKey.named(kind, "sealer/" + i))
                .sorted(Comparator.comparing(SealerKey::id))
                .toList();
        var watchers = IntStream.range(0, 3)
                .mapToObj(i -> KeyPair.named("watcher/" + i))
                .sorted(Comparator.comparing(KeyPair::address))
                .toList();
        var set = new SealerSet(keys.stream().map(SealerKey::id).toList(), List.of(1L, 1L, 1L, 1L));
        var anchor = Ledger.anchor(set);
        var client = new FiscoClient(params(kind, watchers, anchor));
        var suite = client.params().suite();
        var draft = new BundleDraft(Ledger.CHAIN, client);
        var carrier = carrier(draft, anchor.number() + 1);
        var leaves = List.of(carrier.hash(suite), BundleDraft.word("another receipt"));
        var plain = Ledger.header(anchor.number() + 1, anchor.hash(suite), set, anchor.timeMs() + 1000);
        var root = io.waybill.core.proof.fisco.ReceiptTree.root(suite, leaves);
        var header = Headers.roots(plain, plain.txsRoot(), root, plain.stateRoot());
        return new BundleVector(
                "%s: one header linked to the anchor, the event in the first of two receipts".formatted(word(kind)),
                anchorFile(client.params(), anchor),
                draft.bundle(
                        anchor.state(suite),
                        List.of(update(client, set, header, keys, watchers)),
                        header.number(),
                        FiscoEventProof.of(suite, carrier, leaves, 0).encode()));
    }

    private static String word(ClientKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static FiscoParams params(ClientKind kind, List<KeyPair> watchers, FiscoHeader anchor) {
        var all = watchers.stream().map(KeyPair::address).toList();
        return new FiscoParams(
                Ledger.CHAIN,
                kind,
                Ledger.VERIFYING,
                Ledger.CONTRACT,
                new Watchers(all, Set.of(all.getFirst())),
                Ledger.FLOOR,
                Ledger.PERIOD_MS,
                Ledger.DRIFT_MS,
                new FiscoAnchor(anchor));
    }

    private static FiscoReceipt carrier(BundleDraft draft, long block) {
        var log = new Log(BundleDraft.OUTBOX.toHex().substring(2), draft.topics(), draft.data());
        return FiscoReceipt.plain("18746", CREATED, 0, Bytes.EMPTY, List.of(log), block);
    }

    private static Bytes update(
            FiscoClient client, SealerSet set, FiscoHeader header, List<SealerKey> keys, List<KeyPair> watchers) {
        var hash = header.hash(client.params().suite());
        var seals = new ArrayList<Seal>();
        for (int i = 0; i < 3; i++) seals.add(new Seal(i, keys.get(i).sign(hash)));
        var digest = WatcherDigest.of(client.params().verifier(), header.number(), hash);
        var corroborations = watchers.subList(0, 2).stream()
                .map(watcher -> watcher.sign(digest))
                .toList();
        return FiscoUpdate.of(set, List.of(header), seals, corroborations).encode();
    }

    private static java.util.Map<String, Object> anchorFile(FiscoParams params, FiscoHeader anchor) {
        return BundleVector.anchor(
                word(params.kind()),
                "chain",
                params.chain().name(),
                "trustingPeriod",
                "PT168H",
                "maxClockDrift",
                "PT15S",
                "verifyingChain",
                params.verifyingChain().name(),
                "contract",
                params.contract().toHex(),
                "watchers",
                params.watchers().all().stream().map(Address::toHex).toList(),
                "destinationWatchers",
                params.watchers().destination().stream().map(Address::toHex).toList(),
                "versionFloor",
                params.versionFloor(),
                "header",
                new FiscoAnchor(anchor).encode().toHex());
    }
}
