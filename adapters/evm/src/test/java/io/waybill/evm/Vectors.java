package io.waybill.evm;

import io.waybill.rpc.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Captured answers of real nodes.
final class Vectors {
    private Vectors() {}

    static Json read(String name) {
        try (var file = Vectors.class.getResourceAsStream("/vectors/besu/" + name)) {
            if (file == null) throw new IllegalStateException("vector: expected " + name);
            return Json.parse(name, file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Json> headers() {
        return read("headers.json").list();
    }

    static Json header(long height) {
        return headers().stream()
                .filter(header -> header.at("number").quantity() == height)
                .findFirst()
                .orElseThrow();
    }

    /// The result of a method captured for a block.
    static Json block(long height, String method) {
        return read("blocks/%06d.json".formatted(height))
                .at(method)
                .at("response")
                .at("result");
    }
}
