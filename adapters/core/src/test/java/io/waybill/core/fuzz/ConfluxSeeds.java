package io.waybill.core.fuzz;

import io.waybill.core.Bytes;
import io.waybill.core.client.conflux.ConfluxUpdate;
import io.waybill.core.client.conflux.ConfluxVectors;
import io.waybill.core.proof.conflux.ConfluxEventProof;
import io.waybill.core.proof.conflux.ConfluxReceipt;
import io.waybill.core.proof.conflux.DeferredRoots;
import io.waybill.core.proof.conflux.EpochReceipts;
import io.waybill.core.proof.conflux.Epochs;
import io.waybill.core.proof.conflux.PowChain;
import java.util.Map;
import java.util.stream.Collectors;

/// Seeds out of a captured Conflux chain, and an event of a chain made here.
final class ConfluxSeeds {
    private static final long HEIGHT = 900;
    private static final long PIVOT = 902;

    private ConfluxSeeds() {}

    static Map<String, Bytes> ledgerInfos() {
        var first =
                ConfluxVectors.read("pos-epoch-chain.json").path("ledgerInfos").path(0);
        return Map.of("epoch 1", ConfluxVectors.signed(first).info().encode());
    }

    static Map<String, Bytes> committees() {
        return Map.of(
                "epoch 1",
                ConfluxVectors.state(ConfluxVectors.read("pos-epoch-chain.json").path("epochState1"))
                        .encode());
    }

    static Map<String, Bytes> updates() {
        var chain = ConfluxVectors.read("pos-epoch-chain.json");
        var update = new ConfluxUpdate(
                60,
                ConfluxVectors.state(chain.path("epochState1")),
                ConfluxVectors.signed(chain.path("ledgerInfos").path(0)));
        return Map.of("epoch 1", update.encode());
    }

    static Map<String, Bytes> headers() {
        return ConfluxVectors.headers(ConfluxVectors.read("eas-single.json"), 0).stream()
                .limit(2)
                .collect(Collectors.toMap(
                        header -> "header of " + header.size(), header -> header, (first, second) -> first));
    }

    static Map<String, Bytes> receipts() {
        return Map.of(
                "success", Epochs.receipt(ConfluxReceipt.Outcome.SUCCESS).encode(),
                "skipped", Epochs.receipt(ConfluxReceipt.Outcome.SKIPPED).encode());
    }

    static Map<String, Bytes> events() {
        EpochReceipts epoch = Epochs.with(Epochs.receipt(ConfluxReceipt.Outcome.SUCCESS));
        var chain = PowChain.between(HEIGHT, PIVOT, Map.of(HEIGHT, epoch.root()), Map.of());
        var proof = ConfluxEventProof.of(chain.down(PIVOT, HEIGHT), DeferredRoots.stated(), epoch, Epochs.place(0));
        return Map.of("event", proof.encode());
    }
}
