package io.waybill.gateway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL database with our tables in it: one that operators run, or a real server embedded here.
public final class Database implements AutoCloseable {
    private static final int CONNECTIONS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HikariDataSource pool;
    private final @Nullable EmbeddedServer server;

    private Database(HikariDataSource pool, @Nullable EmbeddedServer server) {
        this.pool = pool;
        this.server = server;
    }

    /// Starts a server of our own.
    ///
    /// @param directory where its files are kept between runs
    public static Database embedded(Path directory) {
        return embeddedIn(directory);
    }

    /// Starts a server of our own whose files are deleted at the end.
    public static Database temporary() {
        return embeddedIn(null);
    }

    private static Database embeddedIn(@Nullable Path directory) {
        var server = EmbeddedServer.start(directory);
        try {
            return open(server.url(), "postgres", "", server);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// Opens a database that operators run.
    ///
    /// @param url `jdbc:postgresql://host:port/database`
    public static Database external(String url, String user, String password) {
        return open(url, user, password, null);
    }

    private static Database open(String url, String user, String password, @Nullable EmbeddedServer server) {
        var config = new HikariConfig();
        config.setPoolName("waybill-store");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(PATIENCE.toMillis());
        // Prepared statements are planned once a connection; a hung server is noticed, not waited for.
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        var pool = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return new Database(pool, server);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    public DataSource source() {
        return pool;
    }

    /// Why the database cannot be used now, or nothing when it answers.
    public Optional<String> trouble() {
        try (var connection = pool.getConnection()) {
            return connection.isValid(2) ? Optional.empty() : Optional.of("the database does not answer");
        } catch (SQLException e) {
            return Optional.of("the database gives no connection");
        }
    }

    @Override
    public void close() {
        pool.close();
        if (server != null) server.close();
    }
}
