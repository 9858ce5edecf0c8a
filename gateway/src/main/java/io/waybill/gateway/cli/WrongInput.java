package io.waybill.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file or an argument that cannot be used; the message is for the person who gave it.
final class WrongInput extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final long LIMIT = 512L << 20;

    WrongInput(String message) {
        super(message);
    }

    /// The octets of a file of at most 512 MiB.
    static byte[] read(Path file) {
        if (!Files.exists(file)) throw new WrongInput("%s: expected a file, found none".formatted(file));
        if (!Files.isRegularFile(file)) throw new WrongInput("%s: expected a file, found a folder".formatted(file));
        try {
            long size = Files.size(file);
            if (size > LIMIT) {
                throw new WrongInput("%s: expected at most %d octets, found %d".formatted(file, LIMIT, size));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new WrongInput("%s: expected a readable file (%s)".formatted(file, e));
        }
    }
}
