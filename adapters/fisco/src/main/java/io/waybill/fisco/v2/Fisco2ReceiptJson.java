package io.waybill.fisco.v2;

import io.waybill.core.Address;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.fisco2.Fisco2Receipt;
import io.waybill.core.proof.fisco2.HexadecimalTree;
import io.waybill.rpc.Json;
import java.util.List;

/// Reads a receipt of FISCO BCOS 2.x, and the proof of one, as nodes answer `getTransactionReceipt` and
/// `getTransactionReceiptByHashWithProof`.
public final class Fisco2ReceiptJson {
    private Fisco2ReceiptJson() {}

    /// The receipt, its hash left to be computed. Newer nodes print `remainGas` for chains whose receipts have no
    /// such field as well, so the answer alone does not say which they are.
    ///
    /// @param remains whether the chain's receipts have the field, as from 2.9.0 on
    /// @throws io.waybill.core.port.ChainException.Unavailable if the answer is no receipt
    public static Fisco2Receipt read(Json json, boolean remains) {
        return new Fisco2Receipt(
                json.at("root").bytes32(),
                Values.number(json.at("gasUsed")),
                address(json.at("contractAddress")),
                json.at("logsBloom").bytes(),
                Values.number(json.at("status"), 0),
                Values.octets(json.at("output")),
                remains ? Values.number(json.at("remainGas")) : null,
                json.at("logs").list(Fisco2ReceiptJson::log));
    }

    /// The units of a `receiptProof` or `txProof`, bottom up.
    ///
    /// @throws io.waybill.core.port.ChainException.Unavailable if the answer is no proof
    public static List<HexadecimalTree.Unit> proof(Json json) {
        return json.list(unit -> new HexadecimalTree.Unit(
                unit.at("left").list(Values::octets), unit.at("right").list(Values::octets)));
    }

    private static EvmLog log(Json json) {
        return new EvmLog(
                address(json.at("address")),
                json.at("topics").list(topic -> topic.bytes32()),
                Values.octets(json.at("data")));
    }

    private static Address address(Json json) {
        var octets = Values.octets(json);
        if (octets.size() != 20) throw json.unreadable("20 octets");
        return new Address(octets);
    }
}
