package io.waybill.core.proof.fisco;

import io.waybill.core.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The part of the TARS encoding that native transactions need: tagged integers, strings, octets and structs. Fields
/// with default values are left out, integers take the smallest type that holds them.
///
/// @see <a href="https://github.com/TarsCloud/TarsProtocol">TARS protocol</a>
final class Tars {
    private static final int INT8 = 0;
    private static final int INT16 = 1;
    private static final int INT32 = 2;
    private static final int INT64 = 3;
    private static final int SHORT_STRING = 6;
    private static final int LONG_STRING = 7;
    private static final int STRUCT = 10;
    private static final int STRUCT_END = 11;
    private static final int ZERO = 12;
    private static final int OCTETS = 13;
    private static final int WIDE_TAG = 15;
    private static final int DEPTH_LIMIT = 4;

    private Tars() {}

    /// One value of a struct.
    sealed interface Field {
        record Int(long value) implements Field {}

        record Text(Bytes value) implements Field {}

        record Octets(Bytes value) implements Field {}

        record Struct(SortedMap<Integer, Field> fields) implements Field {}
    }

    /// Octets that are not TARS as read here.
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what, null, false, false);
        }
    }

    /// Fields in ascending order of their tags.
    static Bytes encode(SortedMap<Integer, Field> fields) {
        var parts = new ArrayList<Bytes>();
        fields.forEach((tag, field) -> encode(tag, field, parts));
        return Bytes.concat(parts);
    }

    private static void encode(int tag, Field field, List<Bytes> parts) {
        switch (field) {
            case Field.Int(long value) -> {
                if (value != 0) parts.add(number(tag, value));
            }
            case Field.Text(var value) -> {
                if (!value.isEmpty()) parts.add(text(tag, value));
            }
            case Field.Octets(var value) -> {
                if (value.isEmpty()) return;
                parts.add(Bytes.concat(head(tag, OCTETS), head(0, INT8), number(0, value.size()), value));
            }
            case Field.Struct(var fields) -> {
                parts.add(Bytes.concat(head(tag, STRUCT), encode(fields), head(0, STRUCT_END)));
            }
        }
    }

    private static Bytes text(int tag, Bytes value) {
        return value.size() < 256
                ? Bytes.concat(head(tag, SHORT_STRING), Bytes.of(value.size()), value)
                : Bytes.concat(head(tag, LONG_STRING), Bytes.u32(value.size()), value);
    }

    private static Bytes number(int tag, long value) {
        if (value == 0) return head(tag, ZERO);
        if (value == (byte) value) return Bytes.concat(head(tag, INT8), Bytes.of((int) value));
        if (value == (short) value)
            return Bytes.concat(head(tag, INT16), Bytes.u64(value).slice(6, 8));
        if (value == (int) value) return Bytes.concat(head(tag, INT32), Bytes.u32(value));
        return Bytes.concat(head(tag, INT64), Bytes.u64(value));
    }

    private static Bytes head(int tag, int type) {
        return tag < WIDE_TAG ? Bytes.of(tag << 4 | type) : Bytes.of(WIDE_TAG << 4 | type, tag);
    }

    /// Reads all fields of a message.
    ///
    /// @throws Malformed if it is cut short, ends early, or its tags do not ascend
    static SortedMap<Integer, Field> decode(Bytes octets) {
        var reader = new Reader(octets);
        var fields = reader.fields(0);
        if (reader.at != octets.size()) throw new Malformed("end of a struct that never began");
        return fields;
    }

    private static final class Reader {
        private final Bytes octets;
        private int at;

        Reader(Bytes octets) {
            this.octets = octets;
        }

        SortedMap<Integer, Field> fields(int depth) {
            if (depth > DEPTH_LIMIT) throw new Malformed("structs too deep");
            var fields = new TreeMap<Integer, Field>();
            while (at < octets.size()) {
                int head = octet();
                int type = head & 0xf;
                if (type == STRUCT_END && depth > 0) return fields;
                int tag = head >> 4 == WIDE_TAG ? octet() : head >> 4;
                if (!fields.isEmpty() && tag <= fields.lastKey()) throw new Malformed("tags out of order");
                fields.put(tag, value(type, depth));
            }
            if (depth > 0) throw new Malformed("struct cut short");
            return fields;
        }

        private Field value(int type, int depth) {
            return switch (type) {
                case ZERO -> new Field.Int(0);
                case INT8 -> new Field.Int((byte) octet());
                case INT16 -> new Field.Int((short) take(2).number(0, 2));
                case INT32 -> new Field.Int((int) take(4).number(0, 4));
                case INT64 -> new Field.Int(take(8).number(0, 8));
                case SHORT_STRING -> new Field.Text(take(octet()));
                case LONG_STRING -> new Field.Text(take(take(4).number(0, 4)));
                case OCTETS -> new Field.Octets(list());
                case STRUCT -> new Field.Struct(fields(depth + 1));
                default -> throw new Malformed("type " + type);
            };
        }

        private Bytes list() {
            if (octet() != INT8) throw new Malformed("list of other than octets");
            int head = octet();
            boolean number = head <= INT64 || head == ZERO;
            if (!number || !(value(head, 0) instanceof Field.Int(long size))) throw new Malformed("size of a list");
            return take(size);
        }

        private Bytes take(long size) {
            if (size < 0 || size > octets.size() - at) throw new Malformed("field cut short");
            at += (int) size;
            return octets.slice(at - (int) size, at);
        }

        private int octet() {
            return take(1).at(0);
        }
    }
}
