package io.waybill.core.proof;

import io.waybill.core.Bytes;
import java.util.ArrayList;

/// Reads and writes the octets of RLP items.
final class RlpCodec {
    private static final int SHORT = 55;
    private static final int STRING = 0x80;
    private static final int LIST = 0xc0;

    private RlpCodec() {}

    static Bytes encode(Rlp item) {
        return switch (item) {
            case Rlp.Octets(var value) -> value.size() == 1 && value.at(0) < STRING ? value : prefixed(STRING, value);
            case Rlp.Items(var values) ->
                prefixed(
                        LIST, Bytes.concat(values.stream().map(RlpCodec::encode).toList()));
        };
    }

    private static Bytes prefixed(int kind, Bytes content) {
        if (content.size() <= SHORT) return Bytes.concat(Bytes.of(kind + content.size()), content);
        var length = Rlp.minimal(content.size());
        return Bytes.concat(Bytes.of(kind + SHORT + length.size()), length, content);
    }

    static Rlp decode(Bytes octets) {
        if (octets.size() > Rlp.SIZE_LIMIT) throw new Rlp.Unexpected(octets.size() + " octets");
        var span = Span.at(octets, 0, octets.size());
        if (span.end() != octets.size()) throw new Rlp.Unexpected("octets after the item");
        return new Decoder(octets).item(span, 0);
    }

    /// Reads the items of one run of octets, and counts them.
    private static final class Decoder {
        private final Bytes octets;
        private int items;

        Decoder(Bytes octets) {
            this.octets = octets;
        }

        Rlp item(Span span, int depth) {
            if (++items > Rlp.ITEM_LIMIT) throw new Rlp.Unexpected("too many items");
            if (!span.list()) return new Rlp.Octets(octets.slice(span.from(), span.end()));
            if (depth == Rlp.DEPTH_LIMIT) throw new Rlp.Unexpected("lists too deep");
            var values = new ArrayList<Rlp>();
            for (int at = span.from(); at < span.end(); ) {
                var next = Span.at(octets, at, span.end());
                values.add(item(next, depth + 1));
                at = next.end();
            }
            return new Rlp.Items(values);
        }
    }

    /// Where the content of an item lies.
    private record Span(boolean list, int from, int end) {
        static Span at(Bytes octets, int at, int limit) {
            if (at >= limit) throw new Rlp.Unexpected("nothing in place of an item");
            int prefix = octets.at(at);
            if (prefix < STRING) return new Span(false, at, at + 1);
            boolean list = prefix >= LIST;
            int size = prefix - (list ? LIST : STRING);
            if (size > SHORT) return ofLongForm(octets, list, at + 1, size - SHORT, limit);
            var span = within(list, at + 1, size, limit);
            if (!list && size == 1 && octets.at(at + 1) < STRING) throw new Rlp.Unexpected("a prefixed small octet");
            return span;
        }

        private static Span ofLongForm(Bytes octets, boolean list, int at, int width, int limit) {
            if (width > limit - at) throw new Rlp.Unexpected("an item cut short");
            if (octets.at(at) == 0) throw new Rlp.Unexpected("a length with a leading zero");
            long size = width > 4 ? Long.MAX_VALUE : octets.number(at, at + width);
            if (size <= SHORT) throw new Rlp.Unexpected("a long form of a short length");
            return within(list, at + width, size, limit);
        }

        private static Span within(boolean list, int from, long size, int limit) {
            if (size > limit - from) throw new Rlp.Unexpected("an item cut short");
            return new Span(list, from, from + (int) size);
        }
    }
}
