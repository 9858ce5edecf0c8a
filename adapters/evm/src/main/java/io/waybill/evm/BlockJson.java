package io.waybill.evm;

import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedEvmHeader;
import io.waybill.core.QbftRejection.HeaderHashMismatch;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.EvmHeader;
import io.waybill.core.proof.Rlp;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Reads the result of `eth_getBlockByNumber` as the header it describes. The hash is computed; one that is stated and
/// differs is a refusal.
public final class BlockJson {
    private static final List<String> FORK_FIELDS = List.of(
            "baseFeePerGas",
            "withdrawalsRoot",
            "blobGasUsed",
            "excessBlobGas",
            "parentBeaconBlockRoot",
            "requestsHash");
    private static final List<String> FORK_NUMBERS = List.of("baseFeePerGas", "blobGasUsed", "excessBlobGas");

    private BlockJson() {}

    /// Judges one block; total. A field that is missing or of another shape refuses as `MalformedHeader`, a stated
    /// `hash` other than the header's own as `HeaderHashMismatch`.
    ///
    /// @param kind whose codec the chain's extraData is in: QBFT or IBFT2
    public static Verdict<QbftHeader> read(ClientKind kind, Json block) {
        try {
            var verdict = QbftHeader.decode(kind, item(block).encode());
            var stated = block.at("hash");
            if (stated.isNull() || !(verdict instanceof Verdict.Accepted<QbftHeader>(var header))) return verdict;
            var computed = header.hash();
            return stated.bytes32().equals(computed)
                    ? verdict
                    : Verdict.reject(new HeaderHashMismatch(stated.bytes32(), computed));
        } catch (ChainException.Unavailable e) {
            return Verdict.reject(new MalformedHeader(String.valueOf(e.getMessage())));
        }
    }

    /// The header of an execution layer's block; total. Its hash is computed and whatever the answer states is left for
    /// the caller to compare. A field that is missing or of another shape refuses as `MalformedEvmHeader`.
    public static Verdict<EvmHeader> execution(Json block) {
        try {
            return EvmHeader.decode(item(block).encode());
        } catch (ChainException.Unavailable e) {
            return Verdict.reject(new MalformedEvmHeader(String.valueOf(e.getMessage())));
        }
    }

    private static Rlp item(Json block) {
        var items = new ArrayList<>(List.of(
                octets(block, "parentHash"),
                octets(block, "sha3Uncles"),
                octets(block, "miner"),
                octets(block, "stateRoot"),
                octets(block, "transactionsRoot"),
                octets(block, "receiptsRoot"),
                octets(block, "logsBloom"),
                number(block, "difficulty"),
                number(block, "number"),
                number(block, "gasLimit"),
                number(block, "gasUsed"),
                number(block, "timestamp"),
                octets(block, "extraData"),
                octets(block, "mixHash"),
                octets(block, "nonce")));
        for (var field : FORK_FIELDS) {
            if (block.at(field).isNull()) continue;
            items.add(FORK_NUMBERS.contains(field) ? number(block, field) : octets(block, field));
        }
        return Rlp.list(items);
    }

    private static Rlp octets(Json block, String field) {
        return Rlp.of(block.at(field).bytes());
    }

    private static Rlp number(Json block, String field) {
        return Rlp.of(minimal(block.at(field).bigQuantity()));
    }

    private static Bytes minimal(BigInteger value) {
        if (value.signum() == 0) return Bytes.EMPTY;
        var octets = Bytes.of(value.toByteArray());
        return octets.at(0) == 0 ? octets.slice(1, octets.size()) : octets;
    }
}
