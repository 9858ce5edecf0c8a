package io.waybill.fisco.v2;

import io.waybill.core.Bytes;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.regex.Pattern;

/// Values as 2.x nodes and their consoles write them: a number is a quantity `0x…` or a JSON integer, and octets
/// have their `0x` or not.
final class Values {
    private static final Pattern DIGITS = Pattern.compile("(0x)?([0-9a-fA-F]{2})*+");

    private Values() {}

    static BigInteger number(Json json) {
        if (!json.node().isIntegralNumber()) return json.bigQuantity();
        var value = json.node().bigIntegerValue();
        if (value.signum() < 0 || value.bitLength() > 256) throw json.unreadable("a number below 2^256");
        return value;
    }

    /// A number from `least` to 2^63 - 1.
    static long number(Json json, long least) {
        var value = number(json);
        boolean fits = value.bitLength() < Long.SIZE && value.longValue() >= least;
        if (!fits) throw json.unreadable("a number from %d to 2^63 - 1".formatted(least));
        return value.longValue();
    }

    static Bytes octets(Json json) {
        var text = json.text();
        if (!DIGITS.matcher(text).matches()) throw json.unreadable("hexadecimal octets");
        return Bytes.hex(text);
    }

    /// The result of a call, bare or within its envelope.
    static Json result(Json json) {
        return json.node().isObject() && json.node().has("result") ? json.at("result") : json;
    }

    /// The number in a field, -1 if there is none.
    static long numberOrNone(Json json, String field) {
        if (!json.node().isObject()) return -1;
        try {
            return number(json.at(field), 0);
        } catch (ChainException.Unavailable e) {
            return -1;
        }
    }
}
