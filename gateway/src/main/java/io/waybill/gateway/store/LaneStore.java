package io.waybill.gateway.store;

import static io.waybill.gateway.store.Sql.query;
import static io.waybill.gateway.store.Sql.update;

import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.port.LogEntry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The attestations as a lane sees them: waiting, handed to the chain, placed in its log, and on their way. Every
/// method is one transaction; every one may throw [StoreException].
public final class LaneStore {
    private static final String NOT_ON_CHAIN = "lane_index is null and state = ";

    private final DataSource source;
    private final Sql sql;

    public LaneStore(Database database) {
        this.source = database.source();
        this.sql = new Sql(database.source());
    }

    /// Accepted attestations of a lane that no batch took yet, the oldest first.
    public List<StoredAttestation> waiting(LaneId lane, int limit) {
        return sql.transaction(connection -> Rows.list(
                connection,
                "where lane = ? and " + NOT_ON_CHAIN + "'ACCEPTED' order by seq limit ?",
                lane.value().value(),
                limit));
    }

    /// Attestations handed to the chain of which it is not known whether they arrived, the oldest first.
    public List<StoredAttestation> unsettled(LaneId lane) {
        return sql.transaction(connection -> Rows.list(
                connection,
                "where lane = ? and " + NOT_ON_CHAIN + "'SUBMITTED' order by seq",
                lane.value().value()));
    }

    /// Writes down, before it is done, that a batch is handed to the chain.
    ///
    /// @param logBase the size of the lane log before: whatever arrives is at or above it
    public void submitting(List<UUID> batch, long logBase, Instant at) {
        sql.transaction(connection -> {
            update(
                    connection,
                    "update attestation set state = 'SUBMITTED', log_base = ?, submitted_at = ? where id = any (?)",
                    logBase,
                    at,
                    batch.toArray(UUID[]::new));
            for (var id : batch) Rows.stage(connection, id, State.SUBMITTED, at, null);
            return batch.size();
        });
    }

    /// Takes back what [#submitting] said, because the chain never got the batch.
    public void notSubmitted(List<UUID> batch) {
        sql.transaction(connection -> {
            var ids = batch.toArray(UUID[]::new);
            update(
                    connection,
                    "delete from attestation_stage where stage = 'SUBMITTED' and attestation = any (?)",
                    (Object) ids);
            return update(
                    connection,
                    "update attestation set state = 'ACCEPTED', log_base = null, submitted_at = null"
                            + " where id = any (?) and lane_index is null",
                    (Object) ids);
        });
    }

    /// Says where in the lane log an attestation is.
    ///
    /// @param head newest final height of the chain: above it, the place is only where it is for now
    public void placed(UUID id, ChainId chain, LogEntry entry, long head, Instant at) {
        sql.transaction(connection -> {
            // A reader of the chain may have seen the leaf before we knew it was ours.
            update(
                    connection,
                    "delete from attestation where origin = 'chain' and lane_index = ?"
                            + " and lane = (select lane from attestation where id = ?)",
                    entry.index(),
                    id);
            update(
                    connection,
                    "update attestation set state = ?, reason = null, lane_index = ?"
                            + " where id = ? and lane_index is null",
                    state(entry, head),
                    entry.index(),
                    id);
            onSource(connection, id, chain, entry, head, at);
            return id;
        });
    }

    private static State state(LogEntry entry, long head) {
        return entry.height() <= head ? State.FINAL : State.INCLUDED;
    }

    /// Adds a leaf that is on the chain and unknown here, unless one of ours may be it.
    ///
    /// @param head newest final height of the chain
    /// @return whether it was added
    public boolean observed(LaneId lane, ChainId chain, Observed leaf, long head, Instant at) {
        var id = UUID.nameUUIDFromBytes((lane + "/" + leaf.entry().index()).getBytes(StandardCharsets.UTF_8));
        return sql.transaction(connection -> {
            int added = update(
                    connection,
                    "insert into attestation (id, lane, origin, octets, timeout_ms, state, lane_index, accepted_at)"
                            + " select ?, ?, 'chain', ?, ?, ?, ?, ? where not exists (select 1 from attestation"
                            + " where lane = ? and lane_index is null and state = 'SUBMITTED')"
                            + " on conflict do nothing",
                    id,
                    lane.value().value(),
                    leaf.octets(),
                    leaf.timeoutMs(),
                    state(leaf.entry(), head),
                    leaf.entry().index(),
                    Instant.ofEpochMilli(leaf.entry().timeMs()),
                    lane.value().value());
            if (added == 1) onSource(connection, id, chain, leaf.entry(), head, at);
            return added == 1;
        });
    }

    private static void onSource(Connection connection, UUID id, ChainId chain, LogEntry entry, long head, Instant at)
            throws SQLException {
        var place = new Stage.Place(chain, entry.height(), entry.tx(), entry.timeMs());
        Rows.stage(connection, id, State.INCLUDED, at, place);
        if (state(entry, head) == State.FINAL) Rows.stage(connection, id, State.FINAL, at, place);
    }

    /// Says that the packets `[from, to)` of a lane reached a stage. A stage reached before keeps what was written
    /// then; a state never moves back.
    ///
    /// @param where absent when it happened at no chain
    public int reached(LaneId lane, long from, long to, State state, Instant at, Stage.@Nullable Place where) {
        return sql.transaction(connection -> {
            var ids = query(
                    connection,
                    "select a.id from attestation a where lane = ? and lane_index >= ? and lane_index < ?"
                            + " and not exists (select 1 from attestation_stage s where s.attestation = a.id"
                            + " and s.stage = ?) for update",
                    row -> row.getObject("id", UUID.class),
                    lane.value().value(),
                    from,
                    to,
                    state);
            for (var id : ids) {
                Rows.stage(connection, id, state, at, where);
                advance(connection, id, state);
            }
            return ids.size();
        });
    }

    private static void advance(Connection connection, UUID id, State state) throws SQLException {
        var outcome = List.of(State.DELIVERED, State.EXPIRED, State.REFUSED).contains(state) ? state.name() : null;
        update(
                connection,
                "update attestation set outcome = coalesce(outcome, ?),"
                        + " state = case when array_position(?::text[], state) < array_position(?::text[], ?)"
                        + " then ? else state end where id = ?",
                outcome,
                Rows.ORDER,
                Rows.ORDER,
                state,
                state,
                id);
    }

    /// Parks an attestation that will not move by itself.
    public void park(UUID id, String reason, Instant at) {
        sql.transaction(connection -> {
            update(connection, "update attestation set state = 'PARKED', reason = ? where id = ?", reason, id);
            Rows.stage(connection, id, State.PARKED, at, null);
            return id;
        });
    }

    /// Which indices in `[from, to)` belong to requests of this API.
    public Set<Long> taken(LaneId lane, long from, long to) {
        return Set.copyOf(sql.transaction(connection -> query(
                connection,
                "select lane_index from attestation where lane = ? and origin = 'api' and lane_index >= ?"
                        + " and lane_index < ?",
                row -> row.getLong("lane_index"),
                lane.value().value(),
                from,
                to)));
    }

    /// Takes the right to send on a lane, unless another gateway on this database has it. It ends with [Hold#close]
    /// or with the connection, so a gateway that dies gives it up.
    public Optional<Hold> hold(LaneId lane) {
        return Hold.take(source, lane.value().value().number(0, 8));
    }

    /// Takes the right to bring onto a lane what is attested elsewhere on its source chain, likewise.
    public Optional<Hold> holdOrigin(LaneId lane) {
        return Hold.take(source, lane.value().value().number(8, 16));
    }

    /// The lowest index of a lane that is missing here, counted from 0: where a reader of the chain goes on.
    public long firstUnknown(LaneId lane) {
        return sql.transaction(connection -> query(
                        connection,
                        "select coalesce((select min(lane_index) + 1 from attestation a where lane = ?"
                                + " and lane_index is not null and not exists (select 1 from attestation b"
                                + " where b.lane = a.lane and b.lane_index = a.lane_index + 1)), 0) * sign("
                                + "(select count(*) from attestation where lane = ? and lane_index = 0)) n",
                        row -> row.getLong("n"),
                        lane.value().value(),
                        lane.value().value())
                .getFirst());
    }

    /// The lowest index of a lane whose packet lacks its final status, or else its acknowledgement.
    ///
    /// @return absent when none on the chain lacks it
    public Optional<Long> firstWithout(LaneId lane, Lacking lacking) {
        var condition = lacking == Lacking.OUTCOME ? "outcome is null" : "state <> 'ACKNOWLEDGED'";
        return sql.transaction(connection -> query(
                        connection,
                        "select lane_index from attestation where lane = ? and lane_index is not null and " + condition
                                + " order by lane_index limit 1",
                        row -> row.getLong("lane_index"),
                        lane.value().value())
                .stream()
                .findFirst());
    }
}
