package io.waybill.fisco;

import static java.util.Comparator.comparingLong;

import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection;
import io.waybill.core.FiscoRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.fisco.FiscoGenesis;
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
    private @Nullable Long anchor;

    private FiscoReplay(FiscoSuite suite, HeaderRules rules) {
        this.suite = suite;
        this.rules = rules;
    }

    /// Judges a recorded chain in the order it is recorded. The anchor is accepted as given, if its hash, its
    /// grammar and its version hold; headers before it are passed over. Block 0 is no header to follow, for some
    /// executors link block 1 by another hash; it is named only where its text says that no client can follow this
    /// chain. Of the rest every seal must be valid.
    ///
    /// @param recorded an array of results of `getBlockByNumber`, bare or within their envelopes, or
    ///     `{"chain":[{"block":result},...]}`
    /// @param anchor   height of the first trusted header, or null for the first recorded one from height 1 on
    /// @throws io.waybill.core.port.ChainException.Unavailable if it is neither
    public static List<ReplayLine> of(FiscoSuite suite, Json recorded, @Nullable Long anchor) {
        var run = new FiscoReplay(suite, new HeaderRules(suite, HeaderRules.LOWEST_FLOOR));
        run.anchor = anchor;
        for (var json : blocks(recorded)) {
            long height = height(json);
            boolean before = run.replay == null && run.anchor != null && height >= 0 && height < run.anchor;
            if (height == 0) run.genesis(json);
            else if (!before) run.judge(height, json);
        }
        return List.copyOf(run.lines);
    }

    private static List<Json> blocks(Json recorded) {
        var answers = recorded.node().isArray() ? recorded : recorded.at("chain");
        return answers.list(FiscoAnswers::bare);
    }

    private static long height(Json json) {
        var number = json.node().path("number");
        return number.isIntegralNumber() && number.canConvertToLong() ? number.longValue() : -1;
    }

    private void genesis(Json json) {
        switch (FiscoBlockJson.genesis(suite, json)) {
            case Verdict.Rejected<FiscoGenesis>(FiscoRejection.HashMismatch mismatch) ->
                refuse(0, mismatch.computed(), mismatch);
            case Verdict.Rejected<FiscoGenesis>(var reason) -> refuse(0, null, reason);
            case Verdict.Accepted<FiscoGenesis> _ -> {}
        }
    }

    private void judge(long height, Json json) {
        if (anchor == null && height > 0) anchor = height;
        long first = anchor == null ? height : anchor;
        switch (FiscoBlockJson.read(suite, json)) {
            case Verdict.Rejected<FiscoBlock>(FiscoRejection.HashMismatch mismatch) ->
                refuse(height, mismatch.computed(), mismatch);
            case Verdict.Rejected<FiscoBlock>(var reason) -> refuse(height, null, reason);
            case Verdict.Accepted<FiscoBlock>(var block) when replay == null -> anchor(block.header(), first);
            case Verdict.Accepted<FiscoBlock>(var block) -> follow(replay, block);
        }
    }

    /// The first header to be trusted, and no other in its place.
    private void anchor(FiscoHeader header, long height) {
        var verdict = rules.alone(header)
                .then(alone -> alone.number() == height
                        ? Verdict.accept(alone)
                        : Verdict.reject(new ClientRejection.UnknownTrustedHeight(height)));
        var hash = header.hash(suite);
        switch (verdict) {
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
