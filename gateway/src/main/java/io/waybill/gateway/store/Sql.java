package io.waybill.gateway.store;

import io.waybill.core.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// JDBC without its ceremony: a transaction, a query, an update. Every SQLException leaves as a [StoreException].
final class Sql {
    private final DataSource source;

    Sql(DataSource source) {
        this.source = source;
    }

    /// Runs work in one transaction: all of it, or nothing when it throws.
    <T> T transaction(Work<T> work) {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } finally {
                // After a commit there is nothing to roll back; after a failure there is.
                if (!connection.isClosed()) connection.rollback();
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    static <T> List<T> query(Connection connection, String sql, Row<T> row, @Nullable Object... values)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (var results = statement.executeQuery()) {
                var rows = new ArrayList<T>();
                while (results.next()) rows.add(row.read(results));
                return rows;
            }
        }
    }

    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Bytes octets -> statement.setBytes(i + 1, octets.toArray());
                case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
                case Enum<?> word -> statement.setString(i + 1, word.name());
                case UUID[] ids ->
                    statement.setArray(i + 1, statement.getConnection().createArrayOf("uuid", ids));
                case null, default -> statement.setObject(i + 1, values[i]);
            }
        }
    }

    static Bytes octets(ResultSet row, String column) throws SQLException {
        return Bytes.of(row.getBytes(column));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
