package io.waybill.evm.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.MalformedPowHeader;
import io.waybill.core.ConfluxRejection.PowHeaderHashMismatch;
import io.waybill.core.Verdict;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.conflux.PowHeader;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Reads the result of `cfx_getBlockByEpochNumber` as the header it describes. The answer leaves things open, so
/// that the stated hash decides: since fees burn, the gas limit is answered as its nine tenths, rounded down; and
/// custom octets were hashed as they are before they became strings.
public final class PowHeaderJson {
    private static final BigInteger NINE = BigInteger.valueOf(9);

    private PowHeaderJson() {}

    /// Judges one block; total. Besides the bare answer of Core space, an object with that answer as `rpcCore` or
    /// `rpc`, or with the header's octets as `rlp`, is read; `espaceBaseFee` beside it is `baseFeePerGas` of the
    /// same block in eSpace.
    public static Verdict<PowHeader> read(Json json) {
        try {
            return bare(json);
        } catch (ChainException.Unavailable | IllegalArgumentException e) {
            return reject(new MalformedPowHeader(String.valueOf(e.getMessage())));
        }
    }

    private static Verdict<PowHeader> bare(Json json) {
        for (var name : List.of("result", "header", "deferredHeader")) {
            if (!json.at(name).isNull()) return bare(json.at(name));
        }
        if (!json.at("rlp").isNull()) return encoded(json);
        for (var name : List.of("rpcCore", "rpc")) {
            if (!json.at(name).isNull()) return described(json.at(name), json.at("espaceBaseFee"));
        }
        return described(json, json.at("espaceBaseFee"));
    }

    private static Verdict<PowHeader> encoded(Json json) {
        var stated = json.at("hash");
        return PowHeader.decode(json.at("rlp").bytes())
                .then(header -> stated.isNull() ? accept(header) : hashed(header, stated.bytes32()));
    }

    private static Verdict<PowHeader> hashed(PowHeader header, Bytes32 stated) {
        var computed = header.hash();
        return computed.equals(stated)
                ? accept(header)
                : reject(new PowHeaderHashMismatch(header.height(), stated, computed));
    }

    /// @param eSpaceFee base fee of the same block in eSpace; needed where the block has one in Core space
    private static Verdict<PowHeader> described(Json block, Json eSpaceFee) {
        var stated = block.at("hash").bytes32();
        var verdict = Verdict.<PowHeader>reject(new MalformedPowHeader("gasLimit"));
        for (var gasLimit : gasLimits(block)) {
            for (boolean raw : new boolean[] {false, true}) {
                verdict = PowHeader.decode(octets(block, eSpaceFee, gasLimit, raw))
                        .then(header -> hashed(header, stated));
                if (verdict.isAccepted()) return verdict;
            }
        }
        return verdict;
    }

    /// All limits whose nine tenths, rounded down, are the stated number.
    private static List<BigInteger> gasLimits(Json block) {
        var stated = block.at("gasLimit").bigQuantity();
        if (block.at("baseFeePerGas").isNull()) return List.of(stated);
        var limits = new ArrayList<BigInteger>();
        var limit = stated.multiply(BigInteger.TEN).add(BigInteger.valueOf(8)).divide(NINE);
        while (limit.multiply(NINE).divide(BigInteger.TEN).equals(stated)) {
            limits.add(limit);
            limit = limit.add(BigInteger.ONE);
        }
        return limits;
    }

    private static Bytes octets(Json block, Json eSpaceFee, BigInteger gasLimit, boolean rawCustom) {
        var items = new ArrayList<>(List.of(
                hash(block, "parentHash"),
                number(block, "height"),
                number(block, "timestamp"),
                Rlp.of(CoreAddress.read(block.at("miner")).value()),
                hash(block, "transactionsRoot"),
                hash(block, "deferredStateRoot"),
                hash(block, "deferredReceiptsRoot"),
                hash(block, "deferredLogsBloomHash"),
                number(block, "blame"),
                number(block, "difficulty"),
                Rlp.of(block.at("adaptive").bool() ? 1 : 0),
                number(gasLimit),
                Rlp.list(
                        block.at("refereeHashes").list(),
                        hash -> Rlp.of(hash.bytes32().value())),
                number(block, "nonce")));
        if (!block.at("posReference").isNull()) items.add(Rlp.list(hash(block, "posReference")));
        if (!block.at("baseFeePerGas").isNull()) {
            items.add(Rlp.list(Rlp.list(number(block, "baseFeePerGas"), number(eSpaceFee.bigQuantity()))));
        }
        if (!block.at("custom").isNull()) {
            for (var custom : block.at("custom").list()) items.add(custom(custom.bytes(), rawCustom));
        }
        return Rlp.list(items).encode();
    }

    private static Rlp custom(Bytes octets, boolean raw) {
        return raw && Rlp.decode(octets) instanceof Verdict.Accepted<Rlp>(var item) ? item : Rlp.of(octets);
    }

    private static Rlp hash(Json block, String field) {
        return Rlp.of(block.at(field).bytes32().value());
    }

    private static Rlp number(Json block, String field) {
        return number(block.at(field).bigQuantity());
    }

    private static Rlp number(BigInteger value) {
        if (value.signum() == 0) return Rlp.of(Bytes.EMPTY);
        var octets = Bytes.of(value.toByteArray());
        return Rlp.of(octets.at(0) == 0 ? octets.slice(1, octets.size()) : octets);
    }
}
