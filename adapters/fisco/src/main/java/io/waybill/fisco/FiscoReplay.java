package io.waybill.fisco;

import static java.util.Comparator.comparingLong;

import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.HeaderReplay;
import io.waybill.core.client.fisco.HeaderRules;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recorded chain of FISCO BCOS 3.x judged header by header, without watchers: what `client replay` prints.
public final class FiscoReplay {
    private final FiscoSuite suite;
    private final HeaderRules rules;
    private final List<ReplayLine> lines = new ArrayList<>();
    private @Nullable HeaderReplay replay;

    private FiscoReplay(FiscoSuite suite, HeaderRules rules) {
        this.suite = suite;
        this.rules = rules;
    }

    /// Judges a recorded chain in the order it is recorded. The anchor is accepted as given, if its hash and
    /// grammar hold; headers before it are passed over, and so is block 0, which some executors link by another
    /// hash. Of the rest every seal must be valid.
    ///
    /// @param recorded an array of results of `getBlockByNumber`, bare or within their envelopes, or
    ///     `{"chain":[{"block":result},...]}`
    /// @param anchor   height of the first trusted header, or null for the first recorded one from height 1 on
    /// @throws io.waybill.core.port.ChainException.Unavailable if it is neither
    public static List<ReplayLine> of(FiscoSuite suite, Json recorded, @Nullable Long anchor) {
        var run = new FiscoReplay(suite, new HeaderRules(suite, HeaderRules.LOWEST_FLOOR));
        for (var json : blocks(recorded)) {
            long height = height(json);
            boolean before = height == 0 || (run.replay == null && anchor != null && height < anchor);
            if (!before) run.judge(height, json);
        }
        return List.copyOf(run.lines);
    }

    private static List<Json> blocks(Json recorded) {
        if (recorded.node().isArray()) return recorded.list(FiscoReplay::bare);
        return recorded.at("chain").list(entry -> bare(entry.at("block")));
    }

    private static Json bare(Json json) {
        return json.node().isObject() && json.node().has("result") ? json.at("result") : json;
    }

    private static long height(Json json) {
        var number = json.node().path("number");
        return number.isIntegralNumber() && number.canConvertToLong() ? number.longValue() : -1;
    }

    private void judge(long height, Json json) {
        switch (FiscoBlockJson.read(suite, json)) {
            case Verdict.Rejected<FiscoBlock>(FiscoRejection.HashMismatch mismatch) ->
                refuse(height, mismatch.computed(), mismatch);
            case Verdict.Rejected<FiscoBlock>(var reason) -> refuse(height, null, reason);
            case Verdict.Accepted<FiscoBlock>(var block) when replay == null -> anchor(block.header());
            case Verdict.Accepted<FiscoBlock>(var block) -> follow(replay, block);
        }
    }

    private void anchor(FiscoHeader header) {
        var hash = header.hash(suite);
        switch (header.check()) {
            case Verdict.Rejected<FiscoHeader>(var reason) -> refuse(header.number(), hash, reason);
            case Verdict.Accepted<FiscoHeader>(var trusted) -> {
                replay = HeaderReplay.from(rules, trusted);
                lines.add(ReplayLine.anchor(header.number(), hash));
            }
        }
    }

    private void follow(HeaderReplay before, FiscoBlock block) {
        long height = block.header().number();
        var seals = block.seals().stream().sorted(comparingLong(Seal::index)).toList();
        var step = before.judge(block.header(), seals);
        replay = step.next();
        switch (step.judgement()) {
            case HeaderReplay.Judgement.Accepted(var hash) -> {
                long first = height - before.waiting().size();
                for (var waited : before.waiting()) lines.add(ReplayLine.accepted(first++, waited));
                lines.add(ReplayLine.accepted(height, hash));
            }
            case HeaderReplay.Judgement.Waiting(var hash) ->
                lines.add(new ReplayLine(
                        height,
                        hash,
                        ReplayLine.Outcome.WAITING,
                        "its new sealers are not vouched for by the trusted ones yet"));
            case HeaderReplay.Judgement.Refused(var reason) ->
                refuse(height, block.header().hash(suite), reason);
        }
    }

    private void refuse(long height, @Nullable Bytes32 hash, Rejection reason) {
        lines.add(ReplayLine.refused(height, hash, reason));
    }
}
