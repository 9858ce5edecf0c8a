package io.waybill.fisco.watch;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a watcher has promised: one header hash for each height it signed, for whichever client. Written before the
/// signature leaves, so that not even a crash lets it sign two.
///
/// The file holds a line `height 0xhash` for each height, is only ever appended to, and is locked while in use. A
/// last line without its end was never followed by a signature and is cut off.
public final class Journal implements AutoCloseable {
    /// How many heights are remembered; below the lowest of a full journal nothing new is promised.
    static final int LIMIT = 1 << 16;

    private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,18}) (0x[0-9a-f]{64})");

    private final NavigableMap<Long, Bytes32> promised = new TreeMap<>();
    private final @Nullable FileChannel file;

    private Journal(@Nullable FileChannel file) {
        this.file = file;
    }

    /// A journal that ends with its process: for devnets.
    public static Journal inMemory() {
        return new Journal(null);
    }

    /// Opens or creates a journal file.
    ///
    /// @throws UncheckedIOException  if it cannot be read, locked or written
    /// @throws IllegalStateException if it is not a journal, names two hashes for one height, or is in use
    public static Journal at(Path path) {
        try {
            var file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                if (file.tryLock() == null) throw new IllegalStateException(path + ": in use by another watcher");
                var journal = new Journal(file);
                journal.load(path);
                return journal;
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    /// Promises a hash for a height, durably.
    ///
    /// @return the hash that stands for the height: the given one, or the one promised before; or nothing if the
    ///     height lies below all that a full journal remembers
    synchronized @Nullable Bytes32 promise(long height, Bytes32 hash) {
        var before = promised.get(height);
        if (before != null) return before;
        if (promised.size() >= LIMIT && height < promised.firstKey()) return null;
        append(height, hash);
        remember(height, hash);
        return hash;
    }

    /// The hash promised for a height, if it is remembered.
    synchronized @Nullable Bytes32 at(long height) {
        return promised.get(height);
    }

    private void remember(long height, Bytes32 hash) {
        promised.put(height, hash);
        if (promised.size() > LIMIT) promised.pollFirstEntry();
    }

    private void append(long height, Bytes32 hash) {
        if (file == null) return;
        try {
            long end = file.size();
            var line = ByteBuffer.wrap((height + " " + hash + "\n").getBytes(StandardCharsets.US_ASCII));
            while (line.hasRemaining()) end += file.write(line, end);
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        }
    }

    private void load(Path path) throws IOException {
        var channel = java.util.Objects.requireNonNull(file);
        var octets = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (octets.hasRemaining() && channel.read(octets, octets.position()) >= 0) {}
        var text = new String(octets.array(), StandardCharsets.US_ASCII);
        int end = text.lastIndexOf('\n') + 1;
        for (var line : text.substring(0, end).lines().toList()) {
            var fields = LINE.matcher(line);
            if (!fields.matches()) throw new IllegalStateException(path + ": not a watcher's journal: " + line);
            long height = Long.parseLong(fields.group(1));
            var hash = new Bytes32(Bytes.hex(fields.group(2)));
            var before = promised.get(height);
            if (before != null && !before.equals(hash)) {
                throw new IllegalStateException("%s: two hashes for height %d".formatted(path, height));
            }
            remember(height, hash);
        }
        channel.truncate(end);
    }

    @Override
    public synchronized void close() {
        if (file == null) return;
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        }
    }
}
