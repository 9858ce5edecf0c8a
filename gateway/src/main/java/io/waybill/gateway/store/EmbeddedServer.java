package io.waybill.gateway.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL server as a child of this process, on a free loopback port. Its files are kept in a directory,
/// or in a temporary one that is deleted at the end. It takes connections of local users without a password: for
/// machines that others use, run PostgreSQL yourself and configure it as external.
final class EmbeddedServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EmbeddedPostgres server;

    private EmbeddedServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /// Starts a server.
    ///
    /// @param directory where its files are kept, made when absent; null for a temporary one
    static EmbeddedServer start(@Nullable Path directory) {
        // The library's defaults are made for tests; a promise must outlive a power cut.
        var builder = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(PATIENCE);
        try {
            if (directory != null) {
                Files.createDirectories(directory);
                endOrphan(directory);
                builder.setDataDirectory(directory.toAbsolutePath()).setCleanDataDirectory(false);
            }
            return new EmbeddedServer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("embedded PostgreSQL: expected to start, found " + e.getMessage(), e);
        }
    }

    /// Ends the server of a gateway that was killed: it still holds the directory.
    private static void endOrphan(Path directory) throws IOException {
        var file = directory.resolve("postmaster.pid");
        if (!Files.exists(file)) return;
        var lines = Files.readAllLines(file);
        if (lines.size() < 2 || !lines.getFirst().strip().matches("\\d{1,18}")) return;
        var process = ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElse(null);
        if (process == null || !process.info().command().orElse("").endsWith("postgres")) return;
        LOG.warn("postgres.orphan-ended pid={} directory={}", process.pid(), directory);
        process.destroy();
        try {
            var _ = process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("a PostgreSQL of an earlier run still holds " + directory, e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
