package io.waybill.gateway.attest;

import io.waybill.core.Bytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import org.erdtman.jcs.JsonCanonicalizer;
import org.erdtman.jcs.NumberToJSON;
import tools.jackson.databind.JsonNode;

/// Canonical JSON (RFC 8785): one text for each value, so that its hash is one too.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>
public final class CanonicalJson {
    private CanonicalJson() {}

    /// The canonical octets of a value for which [#trouble] finds nothing.
    ///
    /// @throws IllegalArgumentException if it finds something
    public static Bytes of(JsonNode value) {
        var trouble = trouble(value, "");
        if (trouble.isPresent())
            throw new IllegalArgumentException(trouble.get().toString());
        try {
            // The library reads only an array or an object as a whole text; the frame lets it take any value.
            var framed = new JsonCanonicalizer("[" + value + "]").getEncodedUTF8();
            return Bytes.of(framed).slice(1, framed.length - 1);
        } catch (IOException e) {
            throw new IllegalArgumentException("canonical JSON: " + e.getMessage(), e);
        }
    }

    /// What keeps a value from having a canonical form that says the same, if anything does: a number that changes
    /// when read as IEEE 754 double, or a string with half a surrogate pair.
    ///
    /// @param path where the value is, as a JSON Pointer
    public static Optional<Trouble> trouble(JsonNode value, String path) {
        if (value.isNumber()) {
            return exact(value.decimalValue())
                    ? Optional.empty()
                    : Optional.of(new Trouble(
                            path, "a number that an IEEE 754 double holds exactly as written", shorten(value)));
        }
        if (value.isString()) return wellFormed(value.stringValue(), path);
        if (value.isObject()) {
            for (var property : value.properties()) {
                var inside = path + "/" + property.getKey().replace("~", "~0").replace("/", "~1");
                var found = wellFormed(property.getKey(), inside).or(() -> trouble(property.getValue(), inside));
                if (found.isPresent()) return found;
            }
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            var found = trouble(value.get(i), path + "/" + i);
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    private static String shorten(JsonNode value) {
        var text = value.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /// Whether the shortest text of the nearest double names the same number.
    private static boolean exact(BigDecimal number) {
        double nearest = number.doubleValue();
        if (Double.isInfinite(nearest)) return false;
        if (nearest == 0) return number.signum() == 0;
        try {
            return new BigDecimal(NumberToJSON.serializeNumber(nearest)).compareTo(number) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Trouble> wellFormed(String text, String path) {
        // A pair is one code point beyond the surrogates; half of one stays a surrogate.
        boolean halved = text.codePoints().anyMatch(point -> point >= 0xd800 && point <= 0xdfff);
        return halved
                ? Optional.of(new Trouble(path, "well-formed Unicode", "half a surrogate pair"))
                : Optional.empty();
    }

    /// What is wrong with a value.
    ///
    /// @param path a JSON Pointer
    public record Trouble(String path, String expected, String found) {
        @Override
        public String toString() {
            return "%s: expected %s, found %s".formatted(path, expected, found);
        }
    }
}
