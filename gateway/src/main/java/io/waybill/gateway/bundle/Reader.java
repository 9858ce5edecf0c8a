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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one object of a file strictly: every property present, none unknown, octets in lower-case hexadecimal (JSON)
/// or as byte strings (CBOR), so that a value is written in one way only.
final class Reader {
    private static final int LONGEST_QUOTE = 80;
    private static final Pattern HEXADECIMAL = Pattern.compile("0x(?:[0-9a-f]{2})*+");

    private final String place;
    private final JsonNode object;
    private final boolean binary;

    private Reader(String place, JsonNode object, boolean binary) {
        this.place = place;
        this.object = object;
        this.binary = binary;
    }

    /// Reads a whole file of JSON.
    static Reader json(Bytes octets) throws FormatException {
        try {
            return whole(StrictJson.read(octets), false);
        } catch (StrictJson.Malformed e) {
            throw new FormatException(
                    "", "JSON", "line %d, column %d: %s".formatted(e.line(), e.column(), e.getMessage()));
        }
    }

    /// Reads a whole value of CBOR.
    static Reader cbor(JsonNode value) throws FormatException {
        return whole(value, true);
    }

    private static Reader whole(JsonNode value, boolean binary) throws FormatException {
        if (!value.isObject()) throw new FormatException("", "an object", found(value));
        return new Reader("", value, binary);
    }

    /// This object, when it has these properties and no others.
    Reader all(Set<String> properties) throws FormatException {
        return in(place, object, properties);
    }

    private Reader in(String place, @Nullable JsonNode value, Set<String> properties) throws FormatException {
        if (value == null || !value.isObject()) throw new FormatException(place, "an object", found(value));
        for (var name : value.propertyNames()) {
            if (!properties.contains(name)) throw new FormatException(place + "/" + name, "no such property", "one");
        }
        for (var name : properties) {
            if (!value.has(name)) throw new FormatException(place + "/" + name, "a value", "none");
        }
        return new Reader(place, value, binary);
    }

    private static String found(@Nullable JsonNode value) {
        if (value == null) return "nothing";
        var text = value.isBinary() ? "octets " + Bytes.of(value.binaryValue()).toHex() : value.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }

    /// The first line of a parser's message, shortened.
    static String firstLine(String message) {
        var line = message.lines().findFirst().orElse("a syntax error");
        return line.length() <= 2 * LONGEST_QUOTE ? line : line.substring(0, 2 * LONGEST_QUOTE) + "…";
    }

    private FormatException wrong(String name, String expected) {
        return new FormatException(place + "/" + name, expected, found(object.get(name)));
    }

    Reader object(String name, Set<String> properties) throws FormatException {
        return in(place + "/" + name, object.get(name), properties);
    }

    List<Reader> objects(String name, Set<String> properties) throws FormatException {
        var value = object.get(name);
        if (value == null || !value.isArray()) throw wrong(name, "an array");
        var list = new ArrayList<Reader>();
        for (int i = 0; i < value.size(); i++) list.add(in(place + "/" + name + "/" + i, value.get(i), properties));
        return list;
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

    List<Long> numbers(String name, long least, long most) throws FormatException {
        var value = object.get(name);
        if (value == null || !value.isArray()) throw wrong(name, "an array");
        var list = new ArrayList<Long>();
        for (var number : value) {
            boolean fits = number.isIntegralNumber() && number.canConvertToLong();
            if (!fits || number.longValue() < least || number.longValue() > most) {
                throw wrong(name, "numbers from %d to %d".formatted(least, most));
            }
            list.add(number.longValue());
        }
        return list;
    }

    Bytes octets(String name) throws FormatException {
        return octets(name, object.get(name), -1);
    }

    Bytes32 hash(String name) throws FormatException {
        return new Bytes32(octets(name, object.get(name), 32));
    }

    Address address(String name) throws FormatException {
        return new Address(octets(name, object.get(name), 20));
    }

    List<Bytes> list(String name, int size) throws FormatException {
        var value = object.get(name);
        if (value == null || !value.isArray()) throw wrong(name, "an array");
        var list = new ArrayList<Bytes>();
        for (int i = 0; i < value.size(); i++) list.add(octets(name + "/" + i, value.get(i), size));
        return list;
    }

    private Bytes octets(String name, @Nullable JsonNode value, int size) throws FormatException {
        var octets = binary ? byteString(value) : hexadecimal(value);
        if (octets != null && (size < 0 || octets.size() == size)) return octets;
        var many = size < 0 ? "" : "%d ".formatted(binary ? size : 2 * size);
        var expected = binary
                ? "a byte string" + (size < 0 ? "" : " of " + many + "octets")
                : "0x and " + (size < 0 ? "pairs of " : many) + "lower-case hexadecimal digits";
        throw new FormatException(place + "/" + name, expected, found(value));
    }

    private static @Nullable Bytes byteString(@Nullable JsonNode value) {
        return value != null && value.isBinary() ? Bytes.of(value.binaryValue()) : null;
    }

    private static @Nullable Bytes hexadecimal(@Nullable JsonNode value) {
        if (value == null || !value.isString()) return null;
        var text = value.stringValue();
        return HEXADECIMAL.matcher(text).matches() ? Bytes.hex(text) : null;
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
