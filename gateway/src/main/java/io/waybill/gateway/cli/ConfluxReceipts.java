package io.waybill.gateway.cli;

import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.PowHeaderHashMismatch;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.proof.conflux.DeferredRoots;
import io.waybill.core.proof.conflux.EpochReceipts;
import io.waybill.core.proof.conflux.PowHeader;
import io.waybill.evm.conflux.EpochReceiptsJson;
import io.waybill.evm.conflux.PowHeaderJson;
import io.waybill.rpc.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rebuilds the receipts root of a Conflux epoch beside the one that the header five above it commits to.
final class ConfluxReceipts {
    private static final List<String> HEADER = List.of("result", "header", "deferredHeader", "rpcCore", "rpc");

    private ConfluxReceipts() {}

    static RebuiltRoot of(Json header, Json receipts) {
        var epoch = EpochReceiptsJson.read(receipts);
        if (epoch instanceof Verdict.Rejected<EpochReceipts>(var reason)) throw wrong(receipts, "receipts", reason);
        var rebuilt = epoch.orElseThrow();
        int count = rebuilt.blocks().stream().mapToInt(List::size).sum();
        return switch (PowHeaderJson.read(header)) {
            case Verdict.Accepted<PowHeader>(var read) ->
                new RebuiltRoot(
                        "epoch",
                        read.height() - DeferredRoots.DEFERRED,
                        read.hash(),
                        stated(header),
                        count,
                        root(header),
                        rebuilt.root());
            case Verdict.Rejected<PowHeader>(PowHeaderHashMismatch(var height, var stated, var computed)) ->
                new RebuiltRoot(
                        "epoch",
                        height - DeferredRoots.DEFERRED,
                        computed,
                        stated,
                        count,
                        told(header),
                        rebuilt.root());
            case Verdict.Rejected<PowHeader> _ ->
                new RebuiltRoot(
                        "epoch",
                        Recorded.bare(header, HEADER).at("height").quantity() - DeferredRoots.DEFERRED,
                        null,
                        null,
                        count,
                        root(header),
                        rebuilt.root());
        };
    }

    /// The root that the header states, unless it blames others and so states none.
    private static Bytes32 root(Json header) {
        return switch (EpochReceiptsJson.stated(header)) {
            case Verdict.Accepted<Bytes32>(var root) -> root;
            case Verdict.Rejected<Bytes32>(var reason) -> throw wrong(header, "a header that states one root", reason);
        };
    }

    private static @Nullable Bytes32 stated(Json header) {
        var hash = Recorded.bare(header, HEADER).at("hash");
        return hash.isNull() ? null : hash.bytes32();
    }

    private static Bytes32 told(Json header) {
        return Recorded.bare(header, HEADER).at("deferredReceiptsRoot").bytes32();
    }

    private static WrongInput wrong(Json file, String expected, Rejection reason) {
        return new WrongInput("%s: expected %s (%s)".formatted(file.path(), expected, reason.explain()));
    }
}
