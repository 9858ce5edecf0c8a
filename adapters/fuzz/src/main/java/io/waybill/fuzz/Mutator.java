package io.waybill.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Changes octets at random, the same way for the same generator: bits, octets that matter to RLP, JSON or ASCII,
/// numbers of two, four and eight octets, runs left out, doubled, moved or taken from another input.
public final class Mutator {
    private static final int MOST_CHANGES = 5;
    private static final int MOST_OCTETS = 1 << 16;
    private static final int[] TELLING = {
        0x00, 0x01, 0x02, 0x0a, 0x0f, 0x10, 0x1f, 0x20, 0x7f, 0x80, 0x81, 0x94, 0xa0, 0xb7, 0xb8, 0xb9, 0xbf, 0xc0,
        0xc1, 0xf7, 0xf8, 0xf9, 0xff, '0', '9', 'a', 'f', 'x', '-', '.', 'e', '"', '\\', '{', '}', '[', ']', ':', ','
    };
    private static final long[] EDGES = {
        0,
        1,
        -1,
        Byte.MAX_VALUE,
        Short.MAX_VALUE,
        1L << 16,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        1L << 48,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final RandomGenerator random;

    public Mutator(RandomGenerator random) {
        this.random = random;
    }

    /// One of the seeds with one to five changes.
    ///
    /// @param seeds one or more
    public byte[] next(List<byte[]> seeds) {
        var octets = seeds.get(random.nextInt(seeds.size())).clone();
        for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
            octets = octets.length == 0 ? run(1 + random.nextInt(8)) : change(octets, seeds);
        }
        return octets;
    }

    private byte[] change(byte[] octets, List<byte[]> seeds) {
        int at = random.nextInt(octets.length);
        return switch (random.nextInt(10)) {
            case 0 -> set(octets, at, octets[at] ^ (1 << random.nextInt(8)));
            case 1 -> set(octets, at, TELLING[random.nextInt(TELLING.length)]);
            case 2 -> set(octets, at, octets[at] + random.nextInt(-4, 5));
            case 3 -> number(octets, at);
            case 4 -> replaced(octets, at, end(octets, at), new byte[0]);
            case 5 -> replaced(octets, at, at, run(1 + random.nextInt(8)));
            case 6 -> replaced(octets, at, at, Arrays.copyOfRange(octets, at, end(octets, at)));
            case 7 -> replaced(octets, at, octets.length, new byte[0]);
            case 8 -> moved(octets, at);
            default -> spliced(octets, at, seeds.get(random.nextInt(seeds.size())));
        };
    }

    private static byte[] set(byte[] octets, int at, int octet) {
        octets[at] = (byte) octet;
        return octets;
    }

    private byte[] number(byte[] octets, int at) {
        long value = EDGES[random.nextInt(EDGES.length)] + random.nextInt(-1, 2);
        int width = Math.min(2 << random.nextInt(3), octets.length - at);
        for (int i = 0; i < width; i++) octets[at + width - 1 - i] = (byte) (value >>> (8 * i));
        return octets;
    }

    private int end(byte[] octets, int at) {
        return Math.min(octets.length, at + 1 + random.nextInt(1 << random.nextInt(9)));
    }

    private byte[] run(int length) {
        var run = new byte[length];
        for (int i = 0; i < length; i++) run[i] = (byte) TELLING[random.nextInt(TELLING.length)];
        return run;
    }

    private byte[] moved(byte[] octets, int at) {
        var run = Arrays.copyOfRange(octets, at, end(octets, at));
        int to = random.nextInt(octets.length);
        System.arraycopy(run, 0, octets, to, Math.min(run.length, octets.length - to));
        return octets;
    }

    private byte[] spliced(byte[] octets, int at, byte[] other) {
        if (other.length == 0) return octets;
        int from = random.nextInt(other.length);
        return replaced(octets, at, end(octets, at), Arrays.copyOfRange(other, from, end(other, from)));
    }

    private static byte[] replaced(byte[] octets, int from, int to, byte[] by) {
        var whole = new byte[octets.length - (to - from) + by.length];
        System.arraycopy(octets, 0, whole, 0, from);
        System.arraycopy(by, 0, whole, from, by.length);
        System.arraycopy(octets, to, whole, from + by.length, octets.length - to);
        return whole.length <= MOST_OCTETS ? whole : Arrays.copyOf(whole, MOST_OCTETS);
    }
}
