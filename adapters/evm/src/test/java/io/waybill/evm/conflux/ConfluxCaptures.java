package io.waybill.evm.conflux;

import io.waybill.rpc.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.node.ObjectNode;

/// What real Conflux nodes answered; origin in the folder's README.
final class ConfluxCaptures {
    private static final Path FOLDER = Path.of("../core/src/test/resources/vectors/conflux");

    private ConfluxCaptures() {}

    static Json read(String file) {
        return json(FOLDER.resolve(file));
    }

    /// A capture by others, where they are at hand.
    static Json thirdParty(String file) {
        var folder = System.getProperty("waybill.vectors", "");
        Assumptions.assumeFalse(folder.isEmpty(), "captures by others: -Dwaybill.vectors names no folder");
        var path = Path.of(folder, "third-party/conflux", file);
        Assumptions.assumeTrue(Files.exists(path), "no " + file);
        return json(path);
    }

    private static Json json(Path path) {
        try {
            return Json.parse(path.getFileName().toString(), Files.readAllBytes(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same JSON, for a test to change.
    static ObjectNode copy(Json json) {
        return ((ObjectNode) json.node()).deepCopy();
    }

    static Json of(ObjectNode node) {
        return new Json("changed", node);
    }
}
