package io.waybill.gateway.bundle;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.gateway.attest.StrictJson;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one object of a file strictly: every property present, none unknown, octets in lower-case hexadecimal, so
/// that a value is written in one way only.
final class Reader {
    private final String place;
    private final JsonNode object;

    private Reader(String place, JsonNode object) {
        this.place = place;
        this.object = object;
    }

    /// Reads a whole file.
    static Reader of(Bytes octets, Set<String> properties) throws FormatException {
        try {
            return in("", StrictJson.read(octets), properties);
        } catch (StrictJson.Malformed e) {
            throw new FormatException(
                    "", "JSON", "line %d, column %d: %s".formatted(e.line(), e.column(), e.getMessage()));
        }
    }

    private static Reader in(String place, @Nullable JsonNode value, Set<String> properties) throws FormatException {
        if (value == null || !value.isObject()) throw new FormatException(place, "an object", found(value));
        for (var name : value.propertyNames()) {
            if (!properties.contains(name)) throw new FormatException(place + "/" + name, "no such property", "one");
        }
        for (var name : properties) {
            if (!value.has(name)) throw new FormatException(place + "/" + name, "a value", "none");
        }
        return new Reader(place, value);
    }

    private static String found(@Nullable JsonNode value) {
        if (value == null) return "nothing";
        var text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private FormatException wrong(String name, String expected) {
        return new FormatException(place + "/" + name, expected, found(object.get(name)));
    }

    Reader object(String name, Set<String> properties) throws FormatException {
        return in(place + "/" + name, object.get(name), properties);
    }

    String text(String name) throws FormatException {
        var value = object.get(name);
        if (value == null || !value.isString()) throw wrong(name, "a string");
        return value.stringValue();
    }

    void constant(String name, String expected) throws FormatException {
        if (!text(name).equals(expected)) throw wrong(name, "\"" + expected + "\"");
    }

    <E extends Enum<E>> E word(String name, List<E> words) throws FormatException {
        var text = text(name);
        for (var word : words) {
            if (word.name().equalsIgnoreCase(text) && text.equals(text.toLowerCase(java.util.Locale.ROOT))) return word;
        }
        throw wrong(
                name,
                "one of "
                        + words.stream()
                                .map(word -> word.name().toLowerCase(java.util.Locale.ROOT))
                                .toList());
    }

    long number(String name, long least, long most) throws FormatException {
        var value = object.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong())
            throw wrong(name, "a whole number");
        long number = value.longValue();
        if (number < least || number > most) throw wrong(name, "%d to %d".formatted(least, most));
        return number;
    }

    Bytes octets(String name) throws FormatException {
        return hex(name, object.get(name), -1);
    }

    Bytes32 hash(String name) throws FormatException {
        return new Bytes32(hex(name, object.get(name), 32));
    }

    Address address(String name) throws FormatException {
        return new Address(hex(name, object.get(name), 20));
    }

    List<Bytes> list(String name, int size) throws FormatException {
        var value = object.get(name);
        if (value == null || !value.isArray()) throw wrong(name, "an array");
        var list = new ArrayList<Bytes>();
        for (int i = 0; i < value.size(); i++) list.add(hex(name + "/" + i, value.get(i), size));
        return list;
    }

    private Bytes hex(String name, @Nullable JsonNode value, int size) throws FormatException {
        var text = value != null && value.isString() ? value.stringValue() : "";
        boolean right = text.matches("0x([0-9a-f]{2})*") && (size < 0 || text.length() == 2 + 2 * size);
        var expected = size < 0
                ? "0x and pairs of lower-case hexadecimal digits"
                : "0x and %d such digits".formatted(2 * size);
        if (!right) throw new FormatException(place + "/" + name, expected, found(value));
        return Bytes.hex(text);
    }

    ChainId chain(String name) throws FormatException {
        try {
            return new ChainId(text(name));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "a CAIP-2 name");
        }
    }

    /// An ISO 8601 duration in milliseconds, at least `least`.
    long duration(String name, long least) throws FormatException {
        try {
            long ms = Duration.parse(text(name)).toMillis();
            if (ms >= least) return ms;
        } catch (DateTimeParseException | ArithmeticException e) {
            // Said below.
        }
        throw wrong(name, "an ISO 8601 duration of at least %d ms".formatted(least));
    }

    FormatException refuse(String name, String expected) {
        return wrong(name, expected);
    }
}
