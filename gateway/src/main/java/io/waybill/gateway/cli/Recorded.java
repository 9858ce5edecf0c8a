package io.waybill.gateway.cli;

import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import java.nio.file.Path;
import java.util.List;

/// Files with recorded answers of nodes, each bare or within what it was recorded in.
final class Recorded {
    private Recorded() {}

    static Json read(Path file) {
        return Json.parse(file.toString(), WrongInput.read(file));
    }

    /// What was answered, taken out of objects that hold it under one of these names. The first name is taken out
    /// first, and each as often as it comes.
    static Json bare(Json json, List<String> names) {
        if (!json.node().isObject()) return json;
        return names.stream()
                .filter(json.node()::has)
                .findFirst()
                .map(name -> bare(json.at(name), names))
                .orElse(json);
    }

    /// The elements of an answer, each bare.
    static List<Json> list(Json json, List<String> names) {
        return bare(json, names).list(element -> bare(element, names));
    }

    /// What a reader makes of an answer.
    ///
    /// @throws WrongInput in the reader's words if the answer cannot be read
    static <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ChainException.Unavailable e) {
            throw new WrongInput(String.valueOf(e.getMessage()));
        }
    }

    /// A reader of an answer.
    interface Reading<T> {
        T read();
    }
}
