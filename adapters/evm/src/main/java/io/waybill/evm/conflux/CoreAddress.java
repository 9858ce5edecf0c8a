package io.waybill.evm.conflux;

import io.waybill.core.Address;
import io.waybill.rpc.Json;

/// Addresses in what nodes answer: in base32, or in hexadecimal as older nodes wrote them.
final class CoreAddress {
    private CoreAddress() {}

    /// @throws io.waybill.core.port.ChainException.Unavailable if it is neither
    static Address read(Json json) {
        if (json.text().startsWith("0x")) return json.address();
        return Base32Address.read(json.text()).orElseThrow(() -> json.unreadable("an address"));
    }
}
