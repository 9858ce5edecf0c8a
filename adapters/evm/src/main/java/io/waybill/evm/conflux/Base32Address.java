package io.waybill.evm.conflux;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Addresses as Core space writes them, `CFX:TYPE.USER:AAR8…`: network, optional type, 34 characters for a version
/// octet and the 20 octets, 8 for a checksum over network and address.
///
/// @see <a href="https://github.com/Conflux-Chain/CIPs/blob/master/CIPs/cip-37.md">CIP-37: base32 addresses</a>
final class Base32Address {
    private static final String ALPHABET = "abcdefghjkmnprstuvwxyz0123456789";
    private static final int PAYLOAD = 34;
    private static final int CHECKSUM = 8;
    private static final int OCTETS = 20;
    private static final long[] GENERATORS = {0x98f2bc8e61L, 0x79b76d99e2L, 0xf33e5fb3c4L, 0xae2eabe2a8L, 0x1e4f43e470L
    };

    private Base32Address() {}

    /// Reads an address; none if it is not one, of mixed case, or its checksum is another.
    static Optional<Address> read(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (!text.equals(lower) && !text.equals(text.toUpperCase(Locale.ROOT))) return Optional.empty();
        int colon = lower.indexOf(':');
        var digits = lower.substring(lower.lastIndexOf(':') + 1);
        if (colon < 1 || digits.length() != PAYLOAD + CHECKSUM) return Optional.empty();
        var values = digits.chars().map(ALPHABET::indexOf).boxed().toList();
        if (values.contains(-1)) return Optional.empty();
        var network =
                lower.substring(0, colon).chars().map(letter -> letter & 0x1f).boxed();
        var checked = Stream.of(network, Stream.of(0), values.stream())
                .flatMap(part -> part)
                .toList();
        return checksum(checked) == 0 ? payload(values.subList(0, PAYLOAD)) : Optional.empty();
    }

    private static Optional<Address> payload(List<Integer> values) {
        var octets = new ArrayList<Integer>();
        int bits = 0;
        int held = 0;
        for (int value : values) {
            held = (held << 5) | value;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            octets.add(held >> bits);
            held &= (1 << bits) - 1;
        }
        boolean plain = held == 0 && octets.getFirst() == 0;
        var address =
                octets.subList(1, 1 + OCTETS).stream().mapToInt(octet -> octet).toArray();
        return plain ? Optional.of(new Address(Bytes.of(address))) : Optional.empty();
    }

    /// The remainder of a polynomial over GF(32), which is 0 where the last eight values are the checksum of the
    /// others.
    private static long checksum(List<Integer> values) {
        long remainder = 1;
        for (int value : values) {
            int top = (int) (remainder >>> 35);
            remainder = ((remainder & 0x07ffffffffL) << 5) ^ value;
            for (int i = 0; i < GENERATORS.length; i++) {
                if (((top >>> i) & 1) == 1) remainder ^= GENERATORS[i];
            }
        }
        return remainder ^ 1;
    }
}
