package io.waybill.gateway.store;

import static io.waybill.gateway.store.Sql.query;
import static io.waybill.gateway.store.Sql.update;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The packets that are in a block of the source chain which is not known to be final: a reorganisation may still
/// move them to another block or to another place in the log, or take them out of it. Every method is one
/// transaction; every one may throw [StoreException].
public final class Unconfirmed {
    private final Sql sql;

    public Unconfirmed(Database database) {
        this.sql = new Sql(database.source());
    }

    /// Packets of a lane that await finality.
    ///
    /// @param from   lowest index
    /// @param to     one above the highest
    /// @param height lowest block that holds one of them
    public record Range(long from, long to, long height) {}

    private record Held(UUID id, boolean ours, Bytes octets, long timeoutMs) {}

    /// All that await finality on a lane.
    public Optional<Range> range(LaneId lane) {
        return sql.transaction(connection -> query(
                        connection,
                        "select min(a.lane_index) low, max(a.lane_index) + 1 high, min(s.height) height, count(*) n"
                                + " from attestation a join attestation_stage s on s.attestation = a.id"
                                + " and s.stage = 'INCLUDED' where a.lane = ? and a.state = 'INCLUDED'",
                        row -> row.getLong("n") == 0
                                ? Optional.<Range>empty()
                                : Optional.of(
                                        new Range(row.getLong("low"), row.getLong("high"), row.getLong("height"))),
                        lane.value().value())
                .getFirst());
    }

    /// Says what a lane log holds at an index, in a block that is final. Where it is what was seen there before,
    /// that is final, in this block; where it is another packet, the one seen before is given up: one of ours
    /// waits to be found elsewhere in the log, or sent again, and one of others' is read again.
    public void confirm(LaneId lane, ChainId chain, Observed leaf, Instant at) {
        sql.transaction(connection -> {
            var entry = leaf.entry();
            for (var held : held(connection, lane, "and lane_index = ?", entry.index())) {
                if (held.octets().equals(leaf.octets()) && held.timeoutMs() == leaf.timeoutMs()) {
                    var place = new Stage.Place(chain, entry.height(), entry.tx(), entry.timeMs());
                    moveInclusion(connection, held, place);
                    Rows.stage(connection, held.id(), State.FINAL, at, place);
                    update(connection, "update attestation set state = 'FINAL' where id = ?", held.id());
                } else {
                    displace(connection, lane, held, at);
                }
            }
            return leaf;
        });
    }

    /// Says that a lane log ends before an index.
    public void gone(LaneId lane, long size, Instant at) {
        sql.transaction(connection -> {
            for (var held : held(connection, lane, "and lane_index >= ?", size)) displace(connection, lane, held, at);
            return size;
        });
    }

    private static Iterable<Held> held(Connection connection, LaneId lane, String where, long index)
            throws SQLException {
        return query(
                connection,
                "select id, origin, octets, timeout_ms from attestation where lane = ? and state = 'INCLUDED' " + where
                        + " for update",
                Unconfirmed::read,
                lane.value().value(),
                index);
    }

    private static Held read(ResultSet row) throws SQLException {
        return new Held(
                row.getObject("id", UUID.class),
                row.getString("origin").equals("api"),
                Sql.octets(row, "octets"),
                row.getLong("timeout_ms"));
    }

    /// The time at which it was first seen in a block stays; the block may be another.
    private static void moveInclusion(Connection connection, Held held, Stage.Place place) throws SQLException {
        update(
                connection,
                "update attestation_stage set height = ?, tx = ?, chain_ms = ? where attestation = ?"
                        + " and stage = 'INCLUDED'",
                place.height(),
                place.tx() == null ? null : place.tx().value(),
                place.timeMs(),
                held.id());
    }

    private static void forgetInclusion(Connection connection, Held held) throws SQLException {
        update(connection, "delete from attestation_stage where attestation = ? and stage = 'INCLUDED'", held.id());
    }

    private static void displace(Connection connection, LaneId lane, Held held, Instant at) throws SQLException {
        if (!held.ours()) {
            update(connection, "delete from attestation where id = ?", held.id());
            return;
        }
        forgetInclusion(connection, held);
        update(
                connection,
                "update attestation set state = 'SUBMITTED', lane_index = null, submitted_at = ?, log_base ="
                        + " (select min(lane_index) from attestation where lane = ? and state = 'INCLUDED')"
                        + " where id = ?",
                at,
                lane.value().value(),
                held.id());
    }
}
