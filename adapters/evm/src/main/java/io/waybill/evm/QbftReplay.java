package io.waybill.evm;

import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection;
import io.waybill.core.QbftRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.QbftUpdate;
import io.waybill.rpc.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A recorded QBFT or IBFT 2.0 chain judged header by header. Each is judged at its own time, from the highest
/// header
/// accepted below it: a recording cannot be too old.
public final class QbftReplay {
    private static final ChainId RECORDED = new ChainId("eip155:0");
    private static final long FOREVER = Duration.ofDays(365_000).toMillis();

    private final ClientKind kind;
    private final List<ReplayLine> lines = new ArrayList<>();
    private final TreeMap<Long, QbftHeader> accepted = new TreeMap<>();
    private @Nullable QbftClient client;
    private @Nullable ClientState state;

    private QbftReplay(ClientKind kind) {
        this.kind = kind;
    }

    /// Judges a recorded chain in the order it is recorded. The anchor is accepted as given, if its hash and form
    /// hold;
    /// headers before it are passed over, and so is block 0, which is no anchor (rule R1.1).
    ///
    /// @param recorded results of `eth_getBlockByNumber`, bare or within their envelopes
    /// @param anchor   height of the first trusted header, or null for the first recorded one from height 1 on
    public static List<ReplayLine> of(ClientKind kind, Json recorded, @Nullable Long anchor) {
        var run = new QbftReplay(kind);
        for (var json : blocks(recorded)) {
            long height = height(json);
            boolean before = height == 0 || (run.client == null && anchor != null && height < anchor);
            if (!before) run.judge(height, json);
        }
        return List.copyOf(run.lines);
    }

    private static List<Json> blocks(Json recorded) {
        if (recorded.node().isArray()) return recorded.list(QbftReplay::bare);
        return recorded.at("chain").list(entry -> bare(entry.at("block")));
    }

    private static Json bare(Json json) {
        return json.node().isObject() && json.node().has("result") ? json.at("result") : json;
    }

    private static long height(Json json) {
        var number = json.node().path("number");
        if (!number.isString() || !number.stringValue().matches("0x[0-9a-fA-F]{1,15}")) return -1;
        return Long.parseLong(number.stringValue().substring(2), 16);
    }

    private void judge(long height, Json json) {
        switch (BlockJson.read(kind, json)) {
            case Verdict.Rejected<QbftHeader>(QbftRejection.HeaderHashMismatch mismatch) ->
                refuse(height, mismatch.computed(), mismatch);
            case Verdict.Rejected<QbftHeader>(var reason) -> refuse(height, null, reason);
            case Verdict.Accepted<QbftHeader>(var header) when client == null || state == null -> anchor(header);
            case Verdict.Accepted<QbftHeader>(var header) -> follow(client, state, header);
        }
    }

    private void anchor(QbftHeader header) {
        switch (QbftClient.anchor(header)) {
            case Verdict.Rejected<ClientState>(var reason) -> refuse(header.number(), header.hash(), reason);
            case Verdict.Accepted<ClientState>(var trusted) -> {
                client = QbftClient.of(RECORDED, header, FOREVER, 0);
                state = trusted;
                accepted.put(header.number(), header);
                lines.add(ReplayLine.anchor(header.number(), header.hash()));
            }
        }
    }

    private void follow(QbftClient rules, ClientState before, QbftHeader header) {
        var trusted = accepted.lowerEntry(header.number());
        if (trusted == null) {
            refuse(
                    header.number(),
                    header.hash(),
                    new ClientRejection.HeightNotNewer(accepted.firstKey(), header.number()));
            return;
        }
        var update = QbftUpdate.between(trusted.getValue(), header).encode();
        switch (rules.update(before, update, header.timeMs())) {
            case Verdict.Rejected<ClientState>(var reason) -> refuse(header.number(), header.hash(), reason);
            case Verdict.Accepted<ClientState>(var after)
            when after.frozen() ->
                refuse(header.number(), header.hash(), new ClientRejection.ClientNotActive(ClientStatus.FROZEN));
            case Verdict.Accepted<ClientState>(var after) -> {
                state = after;
                accepted.put(header.number(), header);
                lines.add(ReplayLine.accepted(header.number(), header.hash()));
            }
        }
    }

    private void refuse(long height, @Nullable Bytes32 hash, Rejection reason) {
        lines.add(ReplayLine.refused(height, hash, reason));
    }
}
