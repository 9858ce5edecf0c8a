package io.waybill.gateway.store;

import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads rows of attestations with their stages.
final class Rows {
    /// All states in the order of the way, as a PostgreSQL array.
    static final String ORDER =
            Arrays.stream(State.values()).map(State::name).collect(Collectors.joining(",", "{", "}"));

    private Rows() {}

    static Optional<StoredAttestation> one(Connection connection, UUID id) throws SQLException {
        return list(connection, "where id = ?", id).stream().findFirst();
    }

    static List<StoredAttestation> list(Connection connection, String where, @Nullable Object... values)
            throws SQLException {
        var rows = Sql.query(
                connection, "select *, changed_xid::text::bigint x from attestation " + where, Rows::row, values);
        if (rows.isEmpty()) return rows;
        var stages = stages(connection, rows.stream().map(StoredAttestation::id).toArray(UUID[]::new));
        return rows.stream()
                .map(row -> withStages(row, stages.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /// Writes a stage down, unless it was written before.
    static void stage(Connection connection, UUID id, State state, Instant at, Stage.@Nullable Place where)
            throws SQLException {
        Sql.update(
                connection,
                "insert into attestation_stage (attestation, stage, at, chain, height, tx, chain_ms)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                id,
                state,
                at,
                where == null ? null : where.chain().name(),
                where == null ? null : where.height(),
                where == null || where.tx() == null ? null : where.tx().value(),
                where == null ? null : where.timeMs());
    }

    private static Map<UUID, List<Stage>> stages(Connection connection, UUID[] ids) throws SQLException {
        var stages = new HashMap<UUID, List<Stage>>();
        var _ = Sql.query(
                connection,
                "select * from attestation_stage where attestation = any (?)",
                row -> stages.computeIfAbsent(row.getObject("attestation", UUID.class), _ -> new ArrayList<>())
                        .add(stage(row)),
                (Object) ids);
        stages.values().forEach(list -> list.sort(Comparator.comparing(Stage::state)));
        return stages;
    }

    private static Stage stage(ResultSet row) throws SQLException {
        var chain = row.getString("chain");
        var tx = row.getBytes("tx");
        var where = chain == null
                ? null
                : new Stage.Place(
                        new ChainId(chain),
                        row.getLong("height"),
                        tx == null ? null : Bytes32.of(tx),
                        row.getLong("chain_ms"));
        return new Stage(State.valueOf(row.getString("stage")), time(row, "at"), where);
    }

    private static StoredAttestation row(ResultSet row) throws SQLException {
        var outcome = row.getString("outcome");
        return new StoredAttestation(
                row.getObject("id", UUID.class),
                row.getLong("seq"),
                new LaneId(new Bytes32(Sql.octets(row, "lane"))),
                StoredAttestation.Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                Sql.octets(row, "octets"),
                row.getLong("timeout_ms"),
                State.valueOf(row.getString("state")),
                outcome == null ? null : State.valueOf(outcome),
                row.getString("reason"),
                row.getObject("lane_index", Long.class),
                row.getObject("log_base", Long.class),
                Sql.instant(row, "submitted_at"),
                time(row, "accepted_at"),
                new Change(row.getLong("x"), row.getLong("changed")),
                List.of());
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Sql.instant(row, column));
    }

    private static StoredAttestation withStages(StoredAttestation row, List<Stage> stages) {
        return new StoredAttestation(
                row.id(),
                row.seq(),
                row.lane(),
                row.origin(),
                row.octets(),
                row.timeoutMs(),
                row.state(),
                row.outcome(),
                row.reason(),
                row.index(),
                row.logBase(),
                row.submittedAt(),
                row.acceptedAt(),
                row.change(),
                stages);
    }
}
