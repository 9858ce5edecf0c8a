package io.waybill.fisco;

import io.waybill.rpc.Json;
import java.nio.charset.StandardCharsets;

/// What a node says of its group.
///
/// @param chainId  as it stands in the genesis text and in every transaction, such as `chain0`
/// @param groupId  such as `group0`
/// @param smCrypto whether any node of the group runs SM2 and SM3
/// @param wasm     whether any node of the group runs WebAssembly instead of an EVM
public record GroupInfo(String chainId, String groupId, boolean smCrypto, boolean wasm) {
    /// The CAIP-2 name of the group: `fisco:chain0-group0`.
    public String caip2() {
        return "fisco:%s-%s".formatted(chainId, groupId);
    }

    /// Reads a result of `getGroupInfo`.
    ///
    /// @throws io.waybill.core.port.ChainException.Unavailable if it is none
    static GroupInfo of(Json json) {
        boolean sm = false;
        boolean wasm = false;
        for (var node : json.at("nodeList").list()) {
            var text = node.at("iniConfig");
            var config = Json.parse(text.path(), text.text().getBytes(StandardCharsets.UTF_8));
            sm |= config.at("smCryptoType").bool();
            wasm |= config.at("isWasm").bool();
        }
        return new GroupInfo(json.at("chainID").text(), json.at("groupID").text(), sm, wasm);
    }
}
