package io.waybill.fisco;

import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.rpc.Json;
import java.util.regex.Pattern;

/// Reads a receipt of FISCO BCOS 3.x as the node hashed it: addresses are the ASCII digits that the node stores,
/// which for `contractAddress` is not what newer nodes print.
public final class FiscoReceiptJson {
    private static final Pattern DIGITS = Pattern.compile("([0-9a-f]{40})?");

    private FiscoReceiptJson() {}

    /// The receipt, its hash left to be computed.
    ///
    /// @throws io.waybill.core.port.ChainException.Unavailable if the answer is no receipt
    public static FiscoReceipt read(Json json) {
        return new FiscoReceipt(
                (int) bounded(json.at("version")),
                json.at("gasUsed").text(),
                stored(json.at("contractAddress")),
                (int) bounded(json.at("status")),
                FiscoHex.octets(json.at("output")),
                price(json.at("effectiveGasPrice")),
                json.at("logEntries").list(FiscoReceiptJson::log),
                json.at("blockNumber").integer());
    }

    private static FiscoReceipt.Log log(Json json) {
        return new FiscoReceipt.Log(
                stored(json.at("address")), json.at("topics").list(FiscoHex::word), FiscoHex.octets(json.at("data")));
    }

    /// The digits of an address without the `0x` that newer nodes print before it.
    private static String stored(Json json) {
        var text = json.text();
        var digits = text.startsWith("0x") ? text.substring(2) : text;
        if (!DIGITS.matcher(digits).matches()) throw json.unreadable("40 lower-case digits or none");
        return digits;
    }

    private static long bounded(Json json) {
        long value = json.integer();
        if (value < 0 || value > Integer.MAX_VALUE) throw json.unreadable("0 to 2^31 - 1");
        return value;
    }

    private static String price(Json json) {
        return json.isNull() ? "" : json.text();
    }
}
