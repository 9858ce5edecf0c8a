package io.waybill.evm;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.qbft.ContractProof;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.ValidatorContract;
import io.waybill.core.proof.StorageProof;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads an `eth_getProof` of a validator contract as the proof of who seals the next block. Slots are found by
/// their numbers: nodes answer in an order of their own and write keys in several ways.
final class ContractProofJson {
    private static final Pattern KEY = Pattern.compile("0x[0-9a-fA-F]{1,64}");
    /// More elements than any client takes.
    private static final int MOST = 257;

    private ContractProofJson() {}

    /// The nodes of the array's length and of as many elements as the answer holds of it.
    ///
    /// @param proof  the result of `eth_getProof` in the state after `parent`
    /// @param parent the block whose state it is
    /// @throws io.waybill.core.port.ChainException.Unavailable if it is none, or not of the array's length
    static ContractProof read(Json proof, QbftHeader parent, ValidatorContract contract) {
        var entries = new HashMap<Bytes32, Json>();
        for (var entry : proof.at("storageProof").list()) entries.put(word(entry.at("key")), entry);
        var length = entries.get(contract.slot());
        if (length == null) throw proof.at("storageProof").unreadable("the slot " + contract.slot());
        var slots = new ArrayList<List<Bytes>>();
        slots.add(nodes(length.at("proof")));
        var count = new BigInteger(1, word(length.at("value")).value().toArray());
        int elements = count.min(BigInteger.valueOf(MOST)).intValue();
        for (int i = 0; i < elements; i++) element(entries, contract, i, slots);
        return new ContractProof(parent, nodes(proof.at("accountProof")), slots);
    }

    private static void element(
            Map<Bytes32, Json> entries, ValidatorContract contract, int index, List<List<Bytes>> slots) {
        var entry = entries.get(StorageProof.element(contract.slot(), index));
        if (entry != null) slots.add(nodes(entry.at("proof")));
    }

    private static List<Bytes> nodes(Json nodes) {
        return nodes.list(Json::bytes);
    }

    /// A word however many of its leading zeros are written.
    static Bytes32 word(Json json) {
        if (!KEY.matcher(json.text()).matches()) throw json.unreadable("a word 0x…");
        var digits = json.text().substring(2);
        return Bytes32.hex("0".repeat(64 - digits.length()) + digits);
    }
}
