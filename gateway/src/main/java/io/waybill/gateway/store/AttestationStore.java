package io.waybill.gateway.store;

import static io.waybill.gateway.store.Sql.query;
import static io.waybill.gateway.store.Sql.update;

import io.waybill.core.Bytes32;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The attestations as the API sees them: accepted, found, listed, followed. Every method is one transaction; every one
/// may throw [StoreException].
public final class AttestationStore {
    private final Sql sql;

    public AttestationStore(Database database) {
        this.sql = new Sql(database.source());
    }

    /// Stores an attestation with its idempotency key, or neither.
    ///
    /// @param key absent when the caller gave none
    public Acceptance accept(NewAttestation attestation, @Nullable IdempotencyKey key) {
        return sql.transaction(connection -> {
            update(
                    connection,
                    "insert into attestation (id, lane, origin, request, octets, timeout_ms, state, accepted_at)"
                            + " values (?, ?, 'api', ?, ?, ?, 'ACCEPTED', ?)",
                    attestation.id(),
                    attestation.lane().value().value(),
                    attestation.request(),
                    attestation.octets(),
                    attestation.timeoutMs(),
                    attestation.acceptedAt());
            if (key != null && !claimed(connection, key, attestation)) {
                connection.rollback();
                return earlier(connection, key).orElseThrow();
            }
            Rows.stage(connection, attestation.id(), State.ACCEPTED, attestation.acceptedAt(), null);
            return new Acceptance.Stored(Rows.one(connection, attestation.id()).orElseThrow());
        });
    }

    private static boolean claimed(Connection connection, IdempotencyKey key, NewAttestation attestation)
            throws SQLException {
        return update(
                        connection,
                        "insert into idempotency_key (key, request_hash, attestation, created_at) values (?, ?, ?, ?)"
                                + " on conflict (key) do nothing",
                        key.key(),
                        key.requestHash().value(),
                        attestation.id(),
                        attestation.acceptedAt())
                == 1;
    }

    /// What came of an earlier request with a key, if there was one.
    public Optional<Acceptance> earlier(IdempotencyKey key) {
        return sql.transaction(connection -> earlier(connection, key));
    }

    private static Optional<Acceptance> earlier(Connection connection, IdempotencyKey key) throws SQLException {
        record Found(Bytes32 hash, UUID attestation) {}
        var found = query(
                connection,
                "select request_hash, attestation from idempotency_key where key = ?",
                row -> new Found(
                        new Bytes32(Sql.octets(row, "request_hash")), row.getObject("attestation", UUID.class)),
                key.key());
        if (found.isEmpty()) return Optional.empty();
        var first = found.getFirst();
        if (!first.hash().equals(key.requestHash())) return Optional.of(new Acceptance.KeyUsedOtherwise());
        return Optional.of(new Acceptance.Replayed(
                Rows.one(connection, first.attestation()).orElseThrow()));
    }

    public Optional<StoredAttestation> find(UUID id) {
        return sql.transaction(connection -> Rows.one(connection, id));
    }

    /// A page of attestations, the newest first.
    ///
    /// @param before only those with a lower [StoredAttestation#seq]
    /// @param limit  at most this many
    public List<StoredAttestation> page(Filter filter, long before, int limit) {
        return sql.transaction(connection -> Rows.list(
                connection,
                "where seq < ? and (?::bytea is null or lane = ?::bytea) and (?::text is null or state = ?)"
                        + " order by seq desc limit ?",
                before,
                filter.laneOctets(),
                filter.laneOctets(),
                filter.stateName(),
                filter.stateName(),
                limit));
    }

    /// What changed after a place in the order of changes, in that order. A change appears once no transaction
    /// that could come before it is running.
    public List<StoredAttestation> changes(Change after, int limit) {
        return sql.transaction(connection -> Rows.list(
                connection,
                "where (changed_xid, changed) > (?::text::xid8, ?)"
                        + " and changed_xid < pg_snapshot_xmin(pg_current_snapshot())"
                        + " order by changed_xid, changed limit ?",
                Long.toString(after.transaction()),
                after.number(),
                limit));
    }

    /// The newest change there is.
    public Change newestChange() {
        return sql.transaction(connection -> query(
                        connection,
                        "select changed_xid::text::bigint x, changed from attestation"
                                + " where changed_xid < pg_snapshot_xmin(pg_current_snapshot())"
                                + " order by changed_xid desc, changed desc limit 1",
                        row -> new Change(row.getLong("x"), row.getLong("changed")))
                .stream()
                .findFirst()
                .orElse(Change.NONE));
    }
}
