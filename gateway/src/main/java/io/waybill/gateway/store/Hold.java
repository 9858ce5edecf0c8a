package io.waybill.gateway.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/// A right that one gateway at a time has, kept by PostgreSQL for as long as a connection lives.
public final class Hold implements AutoCloseable {
    private final Connection connection;
    private final long key;

    private Hold(Connection connection, long key) {
        this.connection = connection;
        this.key = key;
    }

    @SuppressWarnings("resource")
    static Optional<Hold> take(DataSource source, long key) {
        try {
            var connection = source.getConnection();
            boolean taken = false;
            try {
                taken = Sql.query(connection, "select pg_try_advisory_lock(?) t", row -> row.getBoolean("t"), key)
                        .getFirst();
            } finally {
                if (!taken) connection.close();
            }
            return taken ? Optional.of(new Hold(connection, key)) : Optional.empty();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /// Whether the connection lives; when it does not, another gateway may have the right.
    public boolean lives() {
        try {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try (connection) {
            Sql.query(connection, "select pg_advisory_unlock(?) t", row -> row.getBoolean("t"), key);
        } catch (SQLException e) {
            // The connection is gone, and the right with it.
        }
    }
}
