package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.Rlp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Headers and receipts that real Besu networks answered, read from `src/test/resources/vectors/besu`.
public final class BesuVectors {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BesuVectors() {}

    /// One network's headers, genesis first.
    public static List<Captured> headers(String network) {
        var kind = network.startsWith("ibft2") ? ClientKind.IBFT2 : ClientKind.QBFT;
        var headers = new ArrayList<Captured>();
        for (var block : read("/vectors/besu/" + network + "/headers.json.gz")) headers.add(captured(kind, block));
        return headers;
    }

    public static JsonNode read(String resource) {
        try (InputStream raw = BesuVectors.class.getResourceAsStream(resource)) {
            if (raw == null) throw new IllegalStateException("no resource " + resource);
            return JSON.readTree(resource.endsWith(".gz") ? new GZIPInputStream(raw) : raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A header as decoded from its JSON, with the hash the node gave for it.
    public record Captured(QbftHeader header, Bytes32 hash) {}

    public static Captured captured(ClientKind kind, JsonNode block) {
        var octets = Rlp.list(items(block)).encode();
        return new Captured(QbftHeader.decode(kind, octets).orElseThrow(), Bytes32.hex(text(block, "hash")));
    }

    public static List<Rlp> items(JsonNode block) {
        var items = new ArrayList<Rlp>();
        for (var name : List.of(
                "parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom")) {
            items.add(Rlp.of(Bytes.hex(text(block, name))));
        }
        for (var name : List.of("difficulty", "number", "gasLimit", "gasUsed", "timestamp")) {
            items.add(Rlp.of(quantity(block, name)));
        }
        for (var name : List.of("extraData", "mixHash", "nonce")) items.add(Rlp.of(Bytes.hex(text(block, name))));
        for (var name : List.of(
                "baseFeePerGas",
                "withdrawalsRoot",
                "blobGasUsed",
                "excessBlobGas",
                "parentBeaconBlockRoot",
                "requestsHash")) {
            if (!block.has(name)) break;
            boolean hash = name.endsWith("Root") || name.endsWith("Hash");
            items.add(hash ? Rlp.of(Bytes.hex(text(block, name))) : Rlp.of(quantity(block, name)));
        }
        return items;
    }

    public static String text(JsonNode node, String name) {
        return node.get(name).asString();
    }

    public static long quantity(JsonNode node, String name) {
        return Long.parseUnsignedLong(text(node, name).substring(2), 16);
    }

    static Address address(JsonNode node) {
        return Address.hex(node.asString());
    }
}
