package io.waybill.evm;

import io.waybill.core.Bytes32;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.ValidatorContract;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.EvmHeader;
import io.waybill.rpc.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A QBFT or IBFT 2.0 chain as it was recorded: an array of blocks, or an object with such an array as its
/// `chain` or its `blocks`. A block is a result of `eth_getBlockByNumber`, bare, in its envelope, or as the
/// `block` of an entry; or the hexadecimal RLP of `debug_getRawHeader`.
///
/// Where a contract names the validators, an entry's `validatorProof` is the `eth_getProof` of that contract in
/// the state after the entry's block, and the recording's `validatorContract` and the first of its `slots` say
/// which contract it is and where the array's length lies; without them, the contract of the first proof and
/// slot 0.
///
/// @param blocks   in the order they were recorded
/// @param contract who names the validators, or null where no entry has a proof
record RecordedChain(List<Block> blocks, @Nullable ValidatorContract contract) {
    private static final String PROOF = "validatorProof";

    /// One block of a recording.
    ///
    /// @param height as the header states it, -1 where it states none
    /// @param header as it was read, or why it cannot be
    /// @param proof  who seals the next block, or null where that was not recorded
    record Block(
            long height,
            Verdict<QbftHeader> header,
            @Nullable Json proof) {}

    /// Reads a recording. A block that is none is one that reads as a refusal.
    ///
    /// @param codec QBFT or IBFT2
    /// @throws ChainException.Unavailable if the recording is none of the above
    static RecordedChain read(ClientKind codec, Json recorded) {
        var entries = entries(recorded);
        var blocks = entries.stream().map(entry -> block(codec, entry)).toList();
        return new RecordedChain(blocks, contract(recorded, blocks));
    }

    private static List<Json> entries(Json recorded) {
        var node = recorded.node();
        if (node.isArray()) return recorded.list();
        if (node.has("result")) return entries(recorded.at("result"));
        return recorded.at(node.has("chain") ? "chain" : "blocks").list();
    }

    private static Block block(ClientKind codec, Json entry) {
        if (entry.node().isString()) return raw(codec, entry);
        var json = bare(entry);
        boolean proven = entry.node().has(PROOF) && !entry.at(PROOF).isNull();
        return new Block(height(json), BlockJson.read(codec, json), proven ? bare(entry.at(PROOF)) : null);
    }

    private static Block raw(ClientKind codec, Json entry) {
        try {
            var octets = entry.bytes();
            long height = EvmHeader.decode(octets) instanceof Verdict.Accepted<EvmHeader>(var any) ? any.number() : -1;
            return new Block(height, QbftHeader.decode(codec, octets), null);
        } catch (ChainException.Unavailable e) {
            return new Block(-1, Verdict.reject(new MalformedHeader(String.valueOf(e.getMessage()))), null);
        }
    }

    /// What an entry or an envelope holds.
    private static Json bare(Json json) {
        for (var wrap : List.of("block", "result")) {
            if (json.node().isObject() && json.node().path(wrap).isObject()) return bare(json.at(wrap));
        }
        return json;
    }

    private static long height(Json json) {
        var number = json.node().path("number");
        if (!number.isString() || !number.stringValue().matches("0x[0-9a-fA-F]{1,15}")) return -1;
        return Long.parseLong(number.stringValue().substring(2), 16);
    }

    private static @Nullable ValidatorContract contract(Json recorded, List<Block> blocks) {
        for (var block : blocks) {
            if (block.proof() == null) continue;
            var stated = recorded.node().has("validatorContract") ? recorded.at("validatorContract") : null;
            return new ValidatorContract(
                    stated == null ? block.proof().at("address").address() : stated.address(), slot(recorded));
        }
        return null;
    }

    private static Bytes32 slot(Json recorded) {
        if (!recorded.node().has("slots")) return Bytes32.ZERO;
        var slots = recorded.at("slots").list();
        return slots.isEmpty() ? Bytes32.ZERO : ContractProofJson.word(slots.getFirst());
    }

    /// The blocks that can be read and that say who seals the next one, by height.
    Map<Long, Block> parents() {
        var parents = new HashMap<Long, Block>();
        for (var block : blocks) {
            if (block.proof() != null && block.header().isAccepted()) parents.putIfAbsent(block.height(), block);
        }
        return parents;
    }
}
