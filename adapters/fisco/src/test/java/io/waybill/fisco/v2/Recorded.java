package io.waybill.fisco.v2;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.client.fisco2.Fisco2Header;
import io.waybill.core.client.fisco2.Sealers;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.digest.Sm2;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco2.HexadecimalTree;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A chain of FISCO BCOS 2.x made by keys derived from names, and what a node would answer of it.
final class Recorded {
    final FiscoSuite suite;
    private final Map<Bytes, Bytes32> secrets = new TreeMap<>();

    Recorded(FiscoSuite suite, int sealers) {
        this.suite = suite;
        for (int i = 0; i < sealers; i++) {
            var secret = Digests.sha256(Bytes.utf8("sealer/" + i));
            secrets.put(suite == FiscoSuite.SM ? Sm2.publicKey(secret) : Secp256k1.publicKey(secret), secret);
        }
    }

    /// The sealers at some places, in ascending order of their ids.
    SealerSet set(int... places) {
        var ids = List.copyOf(secrets.keySet());
        return Sealers.of(Arrays.stream(places).mapToObj(ids::get).toList()).orElseThrow();
    }

    /// A header of an empty block.
    Fisco2Header header(long number, Bytes32 parent, SealerSet set) {
        var none = HexadecimalTree.root(suite, List.of());
        return new Fisco2Header(
                parent,
                Bytes32.ZERO,
                none,
                none,
                Bytes32.ZERO,
                Bytes.of(new byte[256]),
                number,
                BigInteger.ZERO,
                BigInteger.ZERO,
                1_600_000_000_000L + number,
                List.of(),
                0,
                set);
    }

    Fisco2Header next(Fisco2Header parent, SealerSet set) {
        return header(parent.number() + 1, parent.hash(suite), set);
    }

    /// What a node answers of a header, with the seals of these indices in this order.
    ObjectNode json(Fisco2Header header, int... sealing) {
        var json = Json.MAPPER.createObjectNode();
        json.put("dbHash", header.dbHash().toHex());
        json.set("extraData", Json.MAPPER.createArrayNode());
        json.put("gasLimit", Json.quantity(header.gasLimit()));
        json.put("gasUsed", Json.quantity(header.gasUsed()));
        json.put("hash", header.hash(suite).toHex());
        json.put("logsBloom", header.logsBloom().toHex());
        json.put("number", Json.quantity(header.number()));
        json.put("parentHash", header.parentHash().toHex());
        json.put("receiptsRoot", header.receiptsRoot().toHex());
        json.put("sealer", Json.quantity(header.sealer()));
        var ids = json.putArray("sealerList");
        header.sealers().ids().forEach(id -> ids.add(id.toHex().substring(2)));
        var seals = json.putArray("signatureList");
        for (int index : sealing) {
            var seal = seals.addObject();
            seal.put("index", Json.quantity(index));
            seal.put("signature", sign(header, index).toHex());
        }
        json.put("stateRoot", header.stateRoot().toHex());
        json.put("timestamp", Json.quantity(header.timeMs()));
        json.set("transactions", Json.MAPPER.createArrayNode());
        json.put("transactionsRoot", header.transactionsRoot().toHex());
        return json;
    }

    private Bytes sign(Fisco2Header header, int index) {
        var id = header.sealers().ids().get(index);
        var secret = secrets.get(id);
        if (secret == null) throw new IllegalArgumentException("id: expected a sealer's");
        var hash = header.hash(suite);
        return suite == FiscoSuite.SM ? Bytes.concat(Sm2.sign(secret, hash.value()), id) : Secp256k1.sign(secret, hash);
    }

    static ArrayNode array(ObjectNode... blocks) {
        return Json.MAPPER.createArrayNode().addAll(List.of(blocks));
    }
}
