package io.waybill.fisco.v2;

import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.fisco.HeaderReplay.Judgement;
import io.waybill.core.client.fisco2.Fisco2HeaderReplay;
import io.waybill.core.client.fisco2.Fisco2Rules;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recorded chain of FISCO BCOS 2.x judged header by header: what `client replay` prints.
public final class Fisco2Replay {
    private final FiscoSuite suite;
    private final Fisco2Rules rules;
    private final List<ReplayLine> lines = new ArrayList<>();
    private @Nullable Fisco2HeaderReplay replay;

    private Fisco2Replay(FiscoSuite suite) {
        this.suite = suite;
        this.rules = new Fisco2Rules(suite);
    }

    /// Judges a recorded chain in the order it is recorded. The anchor is accepted as given if its hash and grammar
    /// hold and, where its seals were recorded, its own list's quorum sealed it; headers before it are passed over,
    /// and so is block 0, which no one seals. Of the rest every seal must be valid; heights may be left out where
    /// the sealer list stays the same.
    ///
    /// @param recorded one result of `getBlockByNumber`, `getBlockHeaderByNumber` or their like by hash; an array
    ///     of them, bare or within their envelopes; or `{"chain":[{"block":result},...]}`
    /// @param anchor   height of the first trusted header, or null for the first recorded one from height 1 on
    /// @throws io.waybill.core.port.ChainException.Unavailable if it is none of these
    public static List<ReplayLine> of(FiscoSuite suite, Json recorded, @Nullable Long anchor) {
        var run = new Fisco2Replay(suite);
        for (var json : blocks(recorded)) {
            long height = Values.numberOrNone(json, "number");
            boolean before = height == 0 || (run.replay == null && anchor != null && height < anchor);
            if (!before) run.judge(height, json);
        }
        return List.copyOf(run.lines);
    }

    private static List<Json> blocks(Json recorded) {
        if (recorded.node().isArray()) return recorded.list(Values::result);
        var bare = Values.result(recorded);
        if (bare.node().has("sealerList")) return List.of(bare);
        return recorded.at("chain").list(entry -> Values.result(entry.at("block")));
    }

    private void judge(long height, Json json) {
        switch (Fisco2BlockJson.read(suite, json)) {
            case Verdict.Rejected<Fisco2Block>(FiscoRejection.HashMismatch mismatch) ->
                refuse(height, mismatch.computed(), mismatch);
            case Verdict.Rejected<Fisco2Block>(var reason) -> refuse(height, null, reason);
            case Verdict.Accepted<Fisco2Block>(var block) when replay == null -> anchor(block);
            case Verdict.Accepted<Fisco2Block>(var block) -> follow(replay, block);
        }
    }

    private void anchor(Fisco2Block block) {
        var header = block.header();
        var verdict = header.check()
                .then(sound -> block.seals().isEmpty()
                        ? Verdict.accept(sound.hash(suite))
                        : rules.sealed(sound, sound.sealers(), block.seals()));
        switch (verdict) {
            case Verdict.Rejected<Bytes32>(var reason) -> refuse(header.number(), header.hash(suite), reason);
            case Verdict.Accepted<Bytes32>(var hash) -> {
                replay = Fisco2HeaderReplay.from(rules, header);
                lines.add(ReplayLine.anchor(header.number(), hash));
            }
        }
    }

    private void follow(Fisco2HeaderReplay before, Fisco2Block block) {
        long height = block.header().number();
        var step = before.judge(block.header(), block.seals());
        replay = step.next();
        switch (step.judgement()) {
            case Judgement.Accepted(var hash) -> {
                long first = height - before.waiting().size();
                for (var waited : before.waiting()) lines.add(ReplayLine.accepted(first++, waited));
                lines.add(ReplayLine.accepted(height, hash));
            }
            case Judgement.Waiting(var hash) -> lines.add(ReplayLine.waiting(height, hash));
            case Judgement.Refused(var reason) -> refuse(height, block.header().hash(suite), reason);
        }
    }

    private void refuse(long height, @Nullable Bytes32 hash, Rejection reason) {
        lines.add(ReplayLine.refused(height, hash, reason));
    }
}
