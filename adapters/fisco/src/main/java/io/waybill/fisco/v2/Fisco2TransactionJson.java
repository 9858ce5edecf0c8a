package io.waybill.fisco.v2;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.proof.fisco2.Fisco2Transaction;
import io.waybill.rpc.Json;

/// Reads a transaction of FISCO BCOS 2.x as nodes answer `getTransactionByHash`, or within a block.
public final class Fisco2TransactionJson {
    private Fisco2TransactionJson() {}

    /// The transaction without its signature, its hash left to be computed. A creation is printed as sent to zero.
    ///
    /// @throws io.waybill.core.port.ChainException.Unavailable if the answer is no transaction
    public static Fisco2Transaction read(Json json) {
        var to = Values.octets(json.at("to"));
        return new Fisco2Transaction(
                Values.number(json.at("nonce")),
                Values.number(json.at("gasPrice")),
                Values.number(json.at("gas")),
                Values.number(json.at("blockLimit")),
                to.isZero() ? null : new Address(to),
                Values.number(json.at("value")),
                Values.octets(json.at("input")),
                Values.number(json.at("chainId")),
                Values.number(json.at("groupId")),
                Values.octets(json.at("extraData")));
    }

    /// The signature, `r || s || v` or, on SM chains, `r || s || key`.
    ///
    /// @throws io.waybill.core.port.ChainException.Unavailable if the answer has none
    public static Bytes signature(Json json) {
        return Values.octets(json.at("signature").at("signature"));
    }
}
