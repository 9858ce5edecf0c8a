package io.waybill.fisco;

import io.waybill.rpc.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Captured answers of real nodes.
public final class Vectors {
    private Vectors() {}

    public static Json read(String name) {
        try (var file = Vectors.class.getResourceAsStream("/vectors/fisco/" + name)) {
            if (file == null) throw new IllegalStateException("vector: expected " + name);
            return Json.parse(name, file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The whole chain with standard crypto, blocks 0 to 26.
    public static Json standard() {
        return read("live_std/chain_0_26.json");
    }

    /// The whole chain with SM crypto, blocks 0 to 22.
    static Json sm() {
        return read("live_sm/chain_0_22.json");
    }

    /// The block of a height of the standard chain; a copy that may be changed.
    public static Json block(int height) {
        return standard().at("chain").list().get(height).at("block");
    }

    /// The transactions of a block of the standard chain with their receipts.
    static List<Json> transactions(int height) {
        return standard().at("chain").list().get(height).at("txs").list();
    }

    /// The value with one of its fields replaced.
    static Json with(Json json, String field, Object value) {
        var copy = ((ObjectNode) json.node()).deepCopy();
        copy.set(field, Json.MAPPER.valueToTree(value));
        return new Json(json.path(), copy);
    }
}
