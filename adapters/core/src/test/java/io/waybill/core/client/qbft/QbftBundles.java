package io.waybill.core.client.qbft;

import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.BundleDraft;
import io.waybill.core.proof.BundleVector;
import java.util.List;
import java.util.Locale;

/// Bundles out of chains made here that seal as Besu does.
public final class QbftBundles {
    private static final ChainId CHAIN = new ChainId("eip155:1337");
    private static final long HEIGHT = 20;

    private QbftBundles() {}

    public static List<BundleVector> all() {
        return List.of(of(SealedChain.of(4)), of(SealedChain.of(7).as(ClientKind.IBFT2)));
    }

    private static BundleVector of(SealedChain chain) {
        var anchor = chain.sealed(10);
        var client = QbftClient.of(CHAIN, anchor, 86_400_000, 10_000);
        var draft = new BundleDraft(CHAIN, client);
        var header = chain.header(HEIGHT, SealedChain.word("parent"), draft.receiptsRoot());
        var sealed = SealedChain.seal(header, chain.keys().subList(0, chain.quorum()));
        var kind = chain.kind().name().toLowerCase(Locale.ROOT);
        return new BundleVector(
                "%s: one update, the event in the second of two receipts".formatted(kind),
                BundleVector.anchor(
                        kind,
                        "chain",
                        CHAIN.name(),
                        "trustingPeriod",
                        "PT24H",
                        "maxClockDrift",
                        "PT10S",
                        "header",
                        anchor.encode().toHex()),
                draft.bundle(
                        anchor.consensusState(),
                        List.of(QbftUpdate.between(anchor, sealed).encode()),
                        HEIGHT,
                        QbftEventProof.of(draft.receipts(), 1, 0).encode()));
    }
}
