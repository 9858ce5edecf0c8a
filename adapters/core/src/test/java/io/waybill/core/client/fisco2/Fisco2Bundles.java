package io.waybill.core.client.fisco2;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerKey;
import io.waybill.core.proof.BundleDraft;
import io.waybill.core.proof.BundleVector;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco2.Fisco2EventProof;
import io.waybill.core.proof.fisco2.Fisco2Receipt;
import io.waybill.core.proof.fisco2.HexadecimalTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Bundles out of chains made here that seal as FISCO BCOS 2.x does, of either suite.
public final class Fisco2Bundles {
    private static final int RECEIPTS_ROOT = 3;
    private static final int PLACE = 17;
    private static final int RECEIPTS = 20;

    private Fisco2Bundles() {}

    public static List<BundleVector> all() {
        return List.of(of(ClientKind.FISCO2), of(ClientKind.FISCO2_SM));
    }

    private static BundleVector of(ClientKind kind) {
        var keys = IntStream.range(0, 4)
                .mapToObj(i -> SealerKey.named(kind, "sealer/" + i))
                .sorted(Comparator.comparing(SealerKey::id))
                .toList();
        var set = Sealers.of(keys.stream().map(SealerKey::id).toList()).orElseThrow();
        var anchor = Ledger2.anchor(set);
        var params =
                new Fisco2Params(Ledger2.CHAIN, kind, Ledger2.PERIOD_MS, Ledger2.DRIFT_MS, new Fisco2Anchor(anchor));
        var client = new Fisco2Client(params);
        var draft = new BundleDraft(Ledger2.CHAIN, client);
        var receipt = receipt(draft);
        var leaves = new ArrayList<>(IntStream.range(0, RECEIPTS)
                .mapToObj(i -> BundleDraft.word("receipt " + i))
                .toList());
        leaves.set(PLACE, receipt.hash(params.suite()));
        var root = HexadecimalTree.root(params.suite(), leaves);
        var plain = Ledger2.header(30, BundleDraft.word("far"), set, Ledger2.START_MS + 60_000);
        var header = Ledger2.changed(plain, RECEIPTS_ROOT, Rlp.of(root.value()));
        var word = kind.name().toLowerCase(Locale.ROOT);
        return new BundleVector(
                "%s: one header far from the anchor, the event in the last but two of twenty receipts".formatted(word),
                BundleVector.anchor(
                        word,
                        "chain",
                        Ledger2.CHAIN.name(),
                        "trustingPeriod",
                        "PT24H",
                        "maxClockDrift",
                        "PT15S",
                        "header",
                        params.anchor().encode().toHex()),
                draft.bundle(
                        client.anchored().latest(),
                        List.of(update(params, header, keys)),
                        header.number(),
                        Fisco2EventProof.of(params.suite(), receipt, leaves, PLACE, 1)
                                .encode()));
    }

    private static Fisco2Receipt receipt(BundleDraft draft) {
        var other = new io.waybill.core.proof.EvmLog(Address.ZERO, List.of(), Bytes.of(1));
        return new Fisco2Receipt(
                BundleDraft.word("state"),
                BigInteger.valueOf(21_000),
                Address.ZERO,
                Bytes.of(new byte[256]),
                0,
                Bytes.EMPTY,
                null,
                List.of(other, draft.event()));
    }

    private static Bytes update(Fisco2Params params, Fisco2Header header, List<SealerKey> keys) {
        var hash = header.hash(params.suite());
        var seals = new ArrayList<Seal>();
        for (int i = 1; i < 4; i++) {
            var key = keys.get(i);
            var signature = key.sign(hash);
            boolean sm = params.kind() == ClientKind.FISCO2_SM;
            seals.add(new Seal(i, sm ? Bytes.concat(signature, key.id()) : signature));
        }
        return new Fisco2Update(params.anchor().header().number(), header.sealers(), List.of(header), seals).encode();
    }
}
