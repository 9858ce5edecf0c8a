package io.waybill.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.rpc.Json;
import java.util.regex.Pattern;

/// Octets as FISCO BCOS nodes print them: hexadecimal of either case, most with a leading `0x` and some without.
final class FiscoHex {
    private static final Pattern DIGITS = Pattern.compile("(0x)?([0-9a-fA-F]{2})*+");

    private FiscoHex() {}

    /// @throws io.waybill.core.port.ChainException.Unavailable if it is no hexadecimal text
    static Bytes octets(Json json) {
        var text = json.text();
        if (!DIGITS.matcher(text).matches()) throw json.unreadable("octets in hexadecimal");
        return Bytes.hex(text);
    }

    /// @throws io.waybill.core.port.ChainException.Unavailable if it is not 32 octets
    static Bytes32 word(Json json) {
        var octets = octets(json);
        if (octets.size() != 32) throw json.unreadable("32 octets");
        return new Bytes32(octets);
    }
}
