package io.waybill.rpc;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.port.ChainException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One value of a node's answer with the path it was found at. Reading is strict: a value that is missing or of
/// another shape makes the answer unreadable, and an unreadable answer is no answer.
///
/// Each reader throws [ChainException.Unavailable] naming path, expectation and what was found.
///
/// @param path where the value was found, such as `eth_getBlockByNumber.gasUsed`
/// @param node the value; JSON null and a missing field look alike
public record Json(String path, JsonNode node) {
    /// Reads and writes JSON for every room behind JSON-RPC: no duplicate names, nothing after the value, at most
    /// 64 levels.
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(64 << 20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern QUANTITY = Pattern.compile("0x(0|[1-9a-fA-F][0-9a-fA-F]{0,63})");
    private static final Pattern DATA = Pattern.compile("0x([0-9a-fA-F]{2})*+");
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    /// Parses text as one JSON value.
    ///
    /// @param path what the value is called in messages
    public static Json parse(String path, byte[] text) {
        try {
            var node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) throw unreadable(path, "JSON", "nothing");
            return new Json(path, node);
        } catch (JacksonException e) {
            throw new ChainException.Unavailable(
                    "%s: expected JSON, got %s".formatted(path, e.getOriginalMessage()), e);
        }
    }

    /// Writes a number as Ethereum's JSON-RPC wants it: `0x0`, `0x539`.
    public static String quantity(long value) {
        return "0x" + Long.toHexString(value);
    }

    public static String quantity(BigInteger value) {
        return "0x" + value.toString(16);
    }

    /// A field of an object; JSON null when the object has no such field.
    public Json at(String field) {
        if (!node.isObject()) throw unreadable("an object");
        return new Json(path + "." + field, node.path(field));
    }

    /// Whether the value is missing or JSON null.
    public boolean isNull() {
        return node.isMissingNode() || node.isNull();
    }

    /// The elements of an array, in order.
    public List<Json> list() {
        if (!node.isArray()) throw unreadable("an array");
        var elements = new ArrayList<Json>();
        for (var element : node) elements.add(new Json(path + "[" + elements.size() + "]", element));
        return Collections.unmodifiableList(elements);
    }

    public <T> List<T> list(Function<Json, T> reader) {
        return list().stream().map(reader).toList();
    }

    /// The fields of an object, in the order they came.
    public Map<String, Json> fields() {
        if (!node.isObject()) throw unreadable("an object");
        var fields = new LinkedHashMap<String, Json>();
        for (var field : node.properties()) {
            fields.put(field.getKey(), new Json(path + "." + field.getKey(), field.getValue()));
        }
        return Collections.unmodifiableMap(fields);
    }

    public String text() {
        if (!node.isString()) throw unreadable("text");
        return node.stringValue();
    }

    public boolean bool() {
        if (!node.isBoolean()) throw unreadable("true or false");
        return node.booleanValue();
    }

    /// A JSON integer within a `long`, as FISCO BCOS writes numbers.
    public long integer() {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) throw unreadable("an integer");
        return node.longValue();
    }

    /// A hexadecimal quantity without leading zeros, up to 256 bits, as Ethereum writes numbers.
    public BigInteger bigQuantity() {
        var matcher = QUANTITY.matcher(text());
        if (!matcher.matches()) throw unreadable("a quantity 0x…");
        return new BigInteger(matcher.group(1), 16);
    }

    /// A hexadecimal quantity that fits a non-negative `long`.
    public long quantity() {
        var value = bigQuantity();
        if (value.compareTo(LARGEST) > 0) throw unreadable("a quantity below 2^63");
        return value.longValue();
    }

    /// Octets in hexadecimal with a leading `0x`.
    public Bytes bytes() {
        var text = text();
        if (!DATA.matcher(text).matches()) throw unreadable("octets 0x…");
        return Bytes.hex(text);
    }

    public Bytes32 bytes32() {
        var octets = bytes();
        if (octets.size() != 32) throw unreadable("32 octets");
        return new Bytes32(octets);
    }

    public Address address() {
        var octets = bytes();
        if (octets.size() != 20) throw unreadable("20 octets");
        return new Address(octets);
    }

    /// The failure that says this value is not what a reader of it needs.
    public ChainException.Unavailable unreadable(String expected) {
        return unreadable(path, expected, isNull() ? "nothing" : shortened(node.toString()));
    }

    private static ChainException.Unavailable unreadable(String path, String expected, String found) {
        return new ChainException.Unavailable("%s: expected %s, got %s".formatted(path, expected, found));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
