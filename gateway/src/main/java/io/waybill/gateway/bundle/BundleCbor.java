package io.waybill.gateway.bundle;

import io.waybill.core.Bytes;
import io.waybill.core.proof.ProofBundle;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/// A proof bundle as CBOR: the same names and values as [BundleJson], octets as byte strings. There is one encoding of
/// a bundle, the deterministic one: shortest heads, definite lengths, keys in the order of their encodings. Reading
/// refuses every other one, because it does not encode to itself.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8949#section-4.2.1">RFC 8949, 4.2.1: core deterministic encoding</a>
public final class BundleCbor {
    private static final int DEPTH = 16;

    private static final CBORMapper MAPPER = CBORMapper.builder(CBORFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Keys are ASCII of at most 23 octets, so their encodings order as length first, then octets.
    private static final Comparator<String> BY_ENCODING =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private BundleCbor() {}

    /// The encoding of a bundle.
    public static Bytes write(ProofBundle bundle) {
        var octets = new ByteArrayOutputStream();
        try (var generator = MAPPER.createGenerator(octets)) {
            write(generator, BundleTree.of(bundle));
        }
        return Bytes.of(octets.toByteArray());
    }

    private static void write(JsonGenerator generator, Object value) {
        switch (value) {
            case Bytes octets -> generator.writeBinary(octets.toArray());
            case String text -> generator.writeString(text);
            case Long number -> generator.writeNumber(number);
            case List<?> list -> {
                generator.writeStartArray(list, list.size());
                list.forEach(member -> write(generator, member));
                generator.writeEndArray();
            }
            case Map<?, ?> map -> {
                generator.writeStartObject(map, map.size());
                var sorted = new TreeMap<String, Object>(BY_ENCODING);
                map.forEach((name, member) -> sorted.put((String) name, member));
                sorted.forEach((name, member) -> {
                    generator.writeName(name);
                    write(generator, member);
                });
                generator.writeEndObject();
            }
            default -> throw new IllegalArgumentException("value: expected one of a bundle's, got " + value);
        }
    }

    /// Reads a bundle; what it says is not believed yet.
    public static ProofBundle read(Bytes octets) throws FormatException {
        var bundle = BundleTree.read(Reader.cbor(tree(octets)));
        if (!write(bundle).equals(octets)) {
            throw new FormatException(
                    "", "the deterministic encoding of RFC 8949, 4.2.1", "another encoding of the same values");
        }
        return bundle;
    }

    private static JsonNode tree(Bytes octets) throws FormatException {
        try {
            var value = MAPPER.readTree(octets.toArray());
            if (value.isMissingNode()) throw new FormatException("", "CBOR", "nothing");
            return value;
        } catch (JacksonException e) {
            throw new FormatException("", "CBOR", Reader.firstLine(e.getOriginalMessage()));
        }
    }
}
