package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;

/// Decompresses one raw block of Snappy, as the consensus specification's tests are compressed.
///
/// @see <a href="https://github.com/google/snappy/blob/main/format_description.txt">Snappy, format
///     description</a>
final class Snappy {
    private final Bytes in;
    private final byte[] out;
    private int at;
    private int written;

    private Snappy(Bytes in) {
        this.in = in;
        long size = 0;
        for (int shift = 0; ; shift += 7) {
            int octet = next();
            size |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) break;
        }
        out = new byte[Math.toIntExact(size)];
    }

    static Bytes decompress(Bytes compressed) {
        return new Snappy(compressed).run();
    }

    private Bytes run() {
        while (at < in.size()) {
            int tag = next();
            int upper = tag >> 2;
            switch (tag & 3) {
                case 0 -> literal(upper < 60 ? upper + 1 : 1 + little(upper - 59));
                case 1 -> copy(4 + (upper & 7), (upper >> 3) << 8 | next());
                case 2 -> copy(upper + 1, little(2));
                default -> copy(upper + 1, little(4));
            }
        }
        return Bytes.of(out);
    }

    private void literal(int size) {
        for (int i = 0; i < size; i++) out[written++] = (byte) next();
    }

    private void copy(int size, int back) {
        for (int i = 0; i < size; i++, written++) out[written] = out[written - back];
    }

    private int little(int octets) {
        int value = 0;
        for (int i = 0; i < octets; i++) value |= next() << (8 * i);
        return value;
    }

    private int next() {
        return in.at(at++);
    }
}
