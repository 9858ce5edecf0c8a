package io.waybill.fisco;

import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoGenesis;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.util.List;

/// Reads a result of `getBlockByNumber` of FISCO BCOS 3.x. Nothing is believed that can be computed: the hash is
/// recomputed, and a stated one that differs makes the block refused.
public final class FiscoBlockJson {
    private FiscoBlockJson() {}

    /// The block, or the reason why the answer is none: [FiscoRejection.MalformedBlock] for another shape, that of
    /// the grammar for an impossible sealer list, [FiscoRejection.HashMismatch] for a stated hash that is not the
    /// header's. The rest of the grammar (rule R4.2) is the light client's to judge.
    public static Verdict<FiscoBlock> read(FiscoSuite suite, Json json) {
        try {
            return sealers(json).then(set -> hashed(suite, FiscoHex.word(json.at("hash")), block(json, set)));
        } catch (ChainException.Unavailable e) {
            return Verdict.reject(new FiscoRejection.MalformedBlock(String.valueOf(e.getMessage())));
        }
    }

    /// Block 0, held to what a client can follow (rule R4.1): its hash recomputed, the chain's cryptography the one
    /// that is configured, its contracts no WebAssembly.
    public static Verdict<FiscoGenesis> genesis(FiscoSuite suite, Json json) {
        try {
            var genesis = new FiscoGenesis(version(json.at("version")), FiscoHex.octets(json.at("extraData")));
            var stated = FiscoHex.word(json.at("hash"));
            var computed = genesis.hash(suite);
            return stated.equals(computed)
                    ? genesis.check(suite)
                    : Verdict.reject(new FiscoRejection.HashMismatch(stated, computed));
        } catch (ChainException.Unavailable e) {
            return Verdict.reject(new FiscoRejection.MalformedBlock(String.valueOf(e.getMessage())));
        }
    }

    private static Verdict<FiscoBlock> hashed(FiscoSuite suite, Bytes32 stated, FiscoBlock block) {
        var computed = block.header().hash(suite);
        return stated.equals(computed)
                ? Verdict.accept(block)
                : Verdict.reject(new FiscoRejection.HashMismatch(stated, computed));
    }

    private static FiscoBlock block(Json json, SealerSet sealers) {
        return new FiscoBlock(
                header(json, sealers),
                json.at("signatureList").list(FiscoBlockJson::seal),
                transactions(json.at("transactions")));
    }

    private static FiscoHeader header(Json json, SealerSet sealers) {
        long number = positive(json.at("number"));
        return new FiscoHeader(
                version(json.at("version")),
                number,
                parentHash(json.at("parentInfo"), number),
                FiscoHex.word(json.at("txsRoot")),
                FiscoHex.word(json.at("receiptsRoot")),
                FiscoHex.word(json.at("stateRoot")),
                json.at("gasUsed").text(),
                json.at("timestamp").integer(),
                json.at("sealer").integer(),
                sealers,
                FiscoHex.octets(json.at("extraData")));
    }

    private static Verdict<SealerSet> sealers(Json json) {
        var ids = json.at("sealerList").list(FiscoHex::octets);
        var weights = json.at("consensusWeights").list(Json::integer);
        for (var id : ids) {
            if (id.size() != 64) throw json.at("sealerList").unreadable("ids of 64 octets");
        }
        if (ids.size() != weights.size()) {
            throw json.at("consensusWeights").unreadable(ids.size() + " weights, one for each sealer");
        }
        return SealerSet.of(ids, weights);
    }

    private static Bytes32 parentHash(Json parents, long number) {
        var list = parents.list();
        if (list.size() != 1) throw parents.unreadable("one parent");
        var parent = list.getFirst();
        if (parent.at("blockNumber").integer() != number - 1) throw parent.unreadable("block " + (number - 1));
        return FiscoHex.word(parent.at("blockHash"));
    }

    private static Seal seal(Json json) {
        return new Seal(json.at("sealerIndex").integer(), FiscoHex.octets(json.at("signature")));
    }

    /// Hashes alone, or whole transactions that state theirs; none when only the header was asked for.
    private static List<Bytes32> transactions(Json json) {
        if (json.isNull()) return List.of();
        return json.list(tx -> FiscoHex.word(tx.node().isObject() ? tx.at("hash") : tx));
    }

    private static long positive(Json json) {
        long number = json.integer();
        if (number < 1) throw json.unreadable("≥ 1");
        return number;
    }

    private static int version(Json json) {
        long version = json.integer();
        if (version < 0 || version > Integer.MAX_VALUE) throw json.unreadable("a version below 2^31");
        return (int) version;
    }
}
