package io.waybill.core.client.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.conflux.LedgerInfo.BlockInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What real Conflux nodes answered, read from `src/test/resources/vectors/conflux`.
public final class ConfluxVectors {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConfluxVectors() {}

    public static JsonNode read(String file) {
        try (var raw = ConfluxVectors.class.getResourceAsStream("/vectors/conflux/" + file)) {
            if (raw == null) throw new IllegalStateException("no vector " + file);
            return JSON.readTree(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SignedLedgerInfo signed(JsonNode json) {
        var signers = new ArrayList<Bytes32>();
        for (var entry : json.get("signatures").properties()) signers.add(Bytes32.hex(entry.getKey()));
        return new SignedLedgerInfo(
                info(json.get("ledgerInfo")),
                signers.stream().sorted().toList(),
                Bytes.hex(json.get("aggregatedSignature").stringValue()));
    }

    private static LedgerInfo info(JsonNode json) {
        var commit = json.get("commitInfo");
        return new LedgerInfo(
                new BlockInfo(
                        number(commit.get("epoch")),
                        number(commit.get("round")),
                        hash(commit.get("id")),
                        hash(commit.get("executedStateId")),
                        number(commit.get("version")),
                        number(commit.get("timestampUsecs")),
                        committee(commit.get("nextEpochState")),
                        pivot(commit.get("pivot"))),
                hash(json.get("consensusDataHash")));
    }

    public static EpochState state(JsonNode json) {
        var state = committee(json);
        if (state == null) throw new IllegalStateException("no committee");
        return state;
    }

    private static @Nullable EpochState committee(JsonNode json) {
        if (json.isNull()) return null;
        var verifier = json.get("verifier");
        var validators = new ArrayList<Validator>();
        for (var entry : verifier.get("addressToValidatorInfo").properties()) {
            var keys = entry.getValue();
            validators.add(new Validator(
                    Bytes32.hex(entry.getKey()),
                    Bytes.hex(keys.get("publicKey").stringValue()),
                    Bytes.hex(keys.get("vrfPublicKey").stringValue()),
                    number(keys.get("votingPower"))));
        }
        return new EpochState(
                number(json.get("epoch")),
                validators.stream().sorted().toList(),
                number(verifier.get("quorumVotingPower")),
                number(verifier.get("totalVotingPower")),
                Bytes.hex(json.get("vrfSeed").stringValue()));
    }

    private static @Nullable Pivot pivot(JsonNode json) {
        return json.isNull() ? null : new Pivot(number(json.get("height")), hash(json.get("blockHash")));
    }

    /// The headers of a capture from its pivot down to a height.
    public static List<Bytes> headers(JsonNode capture, long lowest) {
        var headers = new ArrayList<Bytes>();
        for (var header : capture.get("headers")) {
            if (header.get("height").longValue() >= lowest)
                headers.add(Bytes.hex(header.get("rlp").stringValue()));
        }
        return headers.reversed();
    }

    /// Blocks of receipts' encodings, as `receiptRlp` of a capture has them.
    public static List<List<Bytes>> receipts(JsonNode blocks) {
        var epoch = new ArrayList<List<Bytes>>();
        for (var block : blocks) {
            var receipts = new ArrayList<Bytes>();
            for (var receipt : block) receipts.add(Bytes.hex(receipt.stringValue()));
            epoch.add(receipts);
        }
        return epoch;
    }

    public static Bytes32 hash(JsonNode json) {
        return Bytes32.hex(json.stringValue());
    }

    private static long number(JsonNode json) {
        return Long.parseLong(json.stringValue().substring(2), 16);
    }
}
