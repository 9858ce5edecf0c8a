package io.waybill.fisco.v2;

import static java.util.Comparator.comparingLong;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.client.fisco2.Fisco2Header;
import io.waybill.core.client.fisco2.Sealers;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.util.List;

/// Reads a result of `getBlockByNumber` or `getBlockHeaderByNumber` of FISCO BCOS 2.x. Nothing is believed that can
/// be computed: the hash is recomputed, and a stated one that differs makes the block refused.
public final class Fisco2BlockJson {
    private static final int ID_SIZE = 64;

    private Fisco2BlockJson() {}

    /// The block, or the reason why the answer is none: [FiscoRejection.MalformedBlock] for another shape, that of
    /// the grammar for an impossible sealer list, [FiscoRejection.HashMismatch] for a stated hash that is not the
    /// header's. The bounds of the header's fields are the light client's to judge.
    public static Verdict<Fisco2Block> read(FiscoSuite suite, Json json) {
        try {
            return sealers(json.at("sealerList"))
                    .then(set -> hashed(suite, json.at("hash").bytes32(), block(json, set)));
        } catch (ChainException.Unavailable e) {
            return Verdict.reject(new FiscoRejection.MalformedBlock(String.valueOf(e.getMessage())));
        }
    }

    private static Verdict<Fisco2Block> hashed(FiscoSuite suite, Bytes32 stated, Fisco2Block block) {
        var computed = block.header().hash(suite);
        return stated.equals(computed)
                ? Verdict.accept(block)
                : Verdict.reject(new FiscoRejection.HashMismatch(stated, computed));
    }

    private static Verdict<SealerSet> sealers(Json list) {
        var ids = list.list(Values::octets);
        if (ids.stream().anyMatch(id -> id.size() != ID_SIZE)) throw list.unreadable("ids of 64 octets");
        return Sealers.of(ids);
    }

    private static Fisco2Block block(Json json, SealerSet sealers) {
        return new Fisco2Block(
                header(json, sealers), seals(json.at("signatureList")), transactions(json.at("transactions")));
    }

    private static Fisco2Header header(Json json, SealerSet sealers) {
        return new Fisco2Header(
                json.at("parentHash").bytes32(),
                json.at("stateRoot").bytes32(),
                json.at("transactionsRoot").bytes32(),
                json.at("receiptsRoot").bytes32(),
                json.at("dbHash").bytes32(),
                json.at("logsBloom").bytes(),
                Values.number(json.at("number"), 1),
                Values.number(json.at("gasLimit")),
                Values.number(json.at("gasUsed")),
                Values.number(json.at("timestamp"), 0),
                extra(json.at("extraData")),
                Values.number(json.at("sealer"), 0),
                sealers);
    }

    private static List<Bytes> extra(Json list) {
        return list.list(Values::octets);
    }

    /// Nodes list them in the order they came; here they ascend by index. A repeated one stays for the rules to
    /// refuse.
    private static List<Seal> seals(Json list) {
        if (list.isNull()) return List.of();
        return list
                .list(seal -> new Seal(Values.number(seal.at("index"), 0), Values.octets(seal.at("signature"))))
                .stream()
                .sorted(comparingLong(Seal::index))
                .toList();
    }

    /// Hashes alone, or whole transactions that state theirs.
    private static List<Bytes32> transactions(Json json) {
        if (json.isNull()) return List.of();
        return json.list(tx -> tx.node().isObject() ? tx.at("hash").bytes32() : tx.bytes32());
    }
}
