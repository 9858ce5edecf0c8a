package io.waybill.core.client.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.proof.BundleDraft;
import io.waybill.core.proof.BundleVector;
import io.waybill.core.proof.conflux.ConfluxEventProof;
import io.waybill.core.proof.conflux.ConfluxLog;
import io.waybill.core.proof.conflux.ConfluxReceipt.Outcome;
import io.waybill.core.proof.conflux.DeferredRoots;
import io.waybill.core.proof.conflux.Epochs;
import io.waybill.core.proof.conflux.LogSpace;
import io.waybill.core.proof.conflux.PowChain;
import java.util.List;
import java.util.Map;

/// A bundle out of a Conflux chain made here: the committee changes, and 35 headers vote for the event's.
public final class ConfluxBundles {
    private static final ChainId CHAIN = new ChainId("eip155:1030");
    private static final long PIVOT = 240;
    private static final long HEADER = 205;

    private ConfluxBundles() {}

    public static List<BundleVector> all() {
        var first = Committee.of(6, 1);
        var second = Committee.of(7, 2, 1, 1, 1);
        var third = Committee.of(8, 1, 2, 3);
        var anchor = first.info(120, second);
        var client = new ConfluxClient(ConfluxParams.of(CHAIN, anchor, 86_400_000, 1_000));
        var draft = new BundleDraft(CHAIN, client);
        var epoch = Epochs.with(Epochs.receipt(Outcome.SUCCESS, new ConfluxLog(draft.event(), LogSpace.ESPACE)));
        var chain = PowChain.between(HEADER, PIVOT, Map.of(HEADER, epoch.root()), Map.of());
        var next = second.sign(second.info(180, third));
        var pivot = third.sign(third.info(new Pivot(PIVOT, chain.hash(PIVOT)), null), 1, 2);
        return List.of(new BundleVector(
                "conflux: two updates, the second by the committee that the first names, 35 headers back to the event",
                anchorFile(anchor, client.params()),
                draft.bundle(
                        ConfluxClient.anchor(anchor).orElseThrow().latest(),
                        List.of(update(120, second, next), update(180, third, pivot)),
                        PIVOT,
                        ConfluxEventProof.of(chain.down(PIVOT, HEADER), DeferredRoots.stated(), epoch, Epochs.place(0))
                                .encode())));
    }

    private static Bytes update(long trusted, Committee committee, SignedLedgerInfo signed) {
        return new ConfluxUpdate(trusted, committee.state(), signed).encode();
    }

    private static Map<String, Object> anchorFile(LedgerInfo anchor, ConfluxParams params) {
        return BundleVector.anchor(
                "conflux",
                "chain",
                CHAIN.name(),
                "trustingPeriod",
                "PT24H",
                "maxClockDrift",
                "PT1S",
                "space",
                "espace",
                "minVotes",
                params.minVotes(),
                "uncrossable",
                List.of(),
                "ledgerInfo",
                anchor.encode().toHex());
    }
}
