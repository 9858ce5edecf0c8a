package io.waybill.gateway.attest;

import io.waybill.core.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON as RFC 8259 and I-JSON (RFC 7493) have it and not a bit more: UTF-8, one value, no key twice, bounded
/// depth. Numbers keep the digits they were written with.
public final class StrictJson {
    /// Deepest nesting of arrays and objects.
    public static final int DEPTH = 16;

    private static final int NUMBER_LENGTH = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictJson() {}

    /// Reads one value.
    ///
    /// @throws Malformed with the line and the column, both counted from 1
    public static JsonNode read(Bytes octets) throws Malformed {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("not UTF-8", 1, 1);
        }
        try {
            var value = MAPPER.readTree(text);
            if (value == null || value.isMissingNode()) throw new Malformed("an empty body", 1, 1);
            return value;
        } catch (JacksonException e) {
            var where = e.getLocation();
            int line = where == null ? 1 : Math.max(1, where.getLineNr());
            int column = where == null ? 1 : Math.max(1, where.getColumnNr());
            throw new Malformed(firstLine(e.getOriginalMessage()), line, column);
        } catch (NumberFormatException e) {
            // The parser's own exception does not cover an exponent that no BigDecimal holds.
            throw new Malformed("a number beyond every range", 1, 1);
        }
    }

    private static String firstLine(String message) {
        var line = message.lines().findFirst().orElse("a syntax error");
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }

    /// The octets are not one JSON value.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        Malformed(String found, int line, int column) {
            super(found);
            this.line = line;
            this.column = column;
        }

        public int line() {
            return line;
        }

        public int column() {
            return column;
        }
    }
}
