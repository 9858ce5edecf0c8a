package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.ssz.BeaconBlockHeader;
import io.waybill.core.client.beacon.ssz.ExecutionField;
import io.waybill.core.client.beacon.ssz.ExecutionPayloadHeader;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Answers that a real beacon chain gave, read from `src/test/resources/vectors/beacon`.
final class BeaconVectors {
    /// The captured network: Capella from genesis, Deneb from slot 48, Electra from slot 96.
    static final BeaconChain CHAIN = new BeaconChain(
            Preset.MINIMAL,
            minimalForks(0, 0, 0, 6, 12),
            Bytes32.hex("0x05d79a31a8e69ecd78114c50ce73116be33027d8431b82fff6c0b3cd9c2cbb1f"),
            1795388451,
            2000);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BeaconVectors() {}

    static ForkSchedule minimalForks(long... epochs) {
        var activations = new ArrayList<ForkSchedule.Activation>();
        for (var fork : Fork.values()) {
            int i = fork.version() - 1;
            if (i == epochs.length) break;
            activations.add(new ForkSchedule.Activation(fork, epochs[i], Bytes.of(i + 1, 0, 0, 1)));
        }
        return new ForkSchedule(activations, Long.MAX_VALUE);
    }

    static JsonNode read(String name) {
        try (var raw = BeaconVectors.class.getResourceAsStream("/vectors/beacon/lodestar-minimal/" + name + ".json")) {
            if (raw == null) throw new IllegalStateException("no vector " + name);
            return JSON.readTree(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LightClientBootstrap bootstrap(int slot) {
        return bootstrap(read("bootstrap_slot" + slot).get("data"));
    }

    static LightClientUpdate update(String name) {
        return update(read(name).get("data"));
    }

    static LightClientBootstrap bootstrap(JsonNode data) {
        return new LightClientBootstrap(
                header(data.get("header")),
                new InState<>(
                        committee(data.get("current_sync_committee")),
                        branch(data.get("current_sync_committee_branch"))));
    }

    static LightClientUpdate update(JsonNode data) {
        var aggregate = data.get("sync_aggregate");
        return new LightClientUpdate(
                header(data.get("attested_header")),
                new InState<>(header(data.get("finalized_header")), branch(data.get("finality_branch"))),
                next(data),
                new SyncAggregate(
                        octets(aggregate, "sync_committee_bits"), octets(aggregate, "sync_committee_signature")),
                Long.parseLong(text(data, "signature_slot")));
    }

    private static @Nullable InState<SyncCommittee> next(JsonNode data) {
        return data.hasNonNull("next_sync_committee")
                ? new InState<>(
                        committee(data.get("next_sync_committee")), branch(data.get("next_sync_committee_branch")))
                : null;
    }

    static LightClientHeader header(JsonNode json) {
        var beacon = json.get("beacon");
        var header = new BeaconBlockHeader(
                Long.parseLong(text(beacon, "slot")),
                Long.parseUnsignedLong(text(beacon, "proposer_index")),
                hash(beacon, "parent_root"),
                hash(beacon, "state_root"),
                hash(beacon, "body_root"));
        if (!json.has("execution")) return new LightClientHeader(header, null, List.of());
        return new LightClientHeader(header, execution(json.get("execution")), branch(json.get("execution_branch")));
    }

    private static ExecutionPayloadHeader execution(JsonNode json) {
        var fields = new ArrayList<Bytes>();
        for (var field : ExecutionField.values()) {
            var name = field.standardName();
            if (!json.has(name)) {
                fields.add(Bytes.EMPTY);
            } else if (field.form().isNumber()) {
                fields.add(minimal(number(text(json, name))));
            } else {
                fields.add(octets(json, name));
            }
        }
        return new ExecutionPayloadHeader(fields);
    }

    static SyncCommittee committee(JsonNode json) {
        var keys = new ArrayList<Bytes>();
        for (var key : json.get("pubkeys")) keys.add(Bytes.hex(key.asString()));
        keys.add(octets(json, "aggregate_pubkey"));
        return new SyncCommittee(Bytes.concat(keys));
    }

    static List<Bytes32> branch(JsonNode json) {
        return json.valueStream().map(hash -> Bytes32.hex(hash.asString())).toList();
    }

    private static BigInteger number(String text) {
        return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    }

    private static Bytes minimal(BigInteger value) {
        if (value.signum() == 0) return Bytes.EMPTY;
        var octets = Bytes.of(value.toByteArray());
        return octets.at(0) == 0 ? octets.slice(1, octets.size()) : octets;
    }

    static Bytes32 hash(JsonNode json, String name) {
        return Bytes32.hex(text(json, name));
    }

    static Bytes octets(JsonNode json, String name) {
        return Bytes.hex(text(json, name));
    }

    static String text(JsonNode json, String name) {
        return json.get(name).asString();
    }
}
