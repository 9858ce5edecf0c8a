package io.waybill.evm.beacon;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.InState;
import io.waybill.core.client.beacon.LightClientBootstrap;
import io.waybill.core.client.beacon.LightClientUpdate;
import io.waybill.core.client.beacon.ssz.BeaconBlockHeader;
import io.waybill.core.client.beacon.ssz.ExecutionField;
import io.waybill.core.client.beacon.ssz.ExecutionPayloadHeader;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what beacon nodes answer about light clients: numbers are decimal strings, octets hexadecimal with
/// `0x`. The container's fork is not asked for: every field that a fork added is read where it is there, and
/// what is there must fit the fork of the header's slot. A part that holds only zeros is one the container has
/// room for and that is not given.
///
/// Each reader throws [io.waybill.core.port.ChainException.Unavailable] naming path, expectation and what was
/// found.
///
/// @see <a href="https://github.com/ethereum/beacon-APIs">beacon-APIs, /eth/v1/beacon/light_client</a>
public final class BeaconJson {
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,77}");
    private static final int U64 = 64;
    private static final int U256 = 256;

    private BeaconJson() {}

    /// The data of an answer: `{"version":...,"data":...}`, or the data bare.
    public static Json data(Json answer) {
        return answer.node().isObject() && answer.node().has("data") ? answer.at("data") : answer;
    }

    /// Reads the answer of `light_client/bootstrap/{block_root}`.
    public static LightClientBootstrap bootstrap(Json answer) {
        var data = data(answer);
        return new LightClientBootstrap(
                header(data.at("header")),
                new InState<>(
                        committee(data.at("current_sync_committee")),
                        branch(data.at("current_sync_committee_branch"))));
    }

    /// Reads the answer of `light_client/finality_update`, or one element of that of `light_client/updates`.
    /// One without a finalised header is refused.
    public static Verdict<LightClientUpdate> update(Json answer) {
        var data = data(answer);
        if (data.at("finalized_header").isNull()) return Verdict.reject(new BeaconRejection.NotFinalised());
        var finalised = new InState<>(header(data.at("finalized_header")), branch(data.at("finality_branch")));
        return Verdict.accept(new LightClientUpdate(
                header(data.at("attested_header")),
                finalised,
                next(data),
                aggregate(data.at("sync_aggregate")),
                slot(data.at("signature_slot"))));
    }

    private static @Nullable InState<SyncCommittee> next(Json data) {
        if (data.at("next_sync_committee").isNull()) return null;
        var committee = committee(data.at("next_sync_committee"));
        var branch = branch(data.at("next_sync_committee_branch"));
        boolean none = committee.octets().isZero() && branch.stream().allMatch(Bytes32::isZero);
        return none ? null : new InState<>(committee, branch);
    }

    private static SyncAggregate aggregate(Json json) {
        var signature = json.at("sync_committee_signature");
        if (signature.bytes().size() != SyncAggregate.SIGNATURE) throw signature.unreadable("96 octets");
        return new SyncAggregate(json.at("sync_committee_bits").bytes(), signature.bytes());
    }

    /// Reads a `LightClientHeader` of any fork.
    public static LightClientHeader header(Json json) {
        var beacon = beacon(json.at("beacon"));
        if (json.at("execution").isNull()) return new LightClientHeader(beacon, null, List.of());
        var execution = execution(json.at("execution"));
        var branch = branch(json.at("execution_branch"));
        boolean none = execution.fields().stream().allMatch(Bytes::isZero)
                && branch.stream().allMatch(Bytes32::isZero);
        return none ? new LightClientHeader(beacon, null, List.of()) : new LightClientHeader(beacon, execution, branch);
    }

    private static BeaconBlockHeader beacon(Json json) {
        return new BeaconBlockHeader(
                slot(json.at("slot")),
                number(json.at("proposer_index"), U64).longValue(),
                json.at("parent_root").bytes32(),
                json.at("state_root").bytes32(),
                json.at("body_root").bytes32());
    }

    private static ExecutionPayloadHeader execution(Json json) {
        var fields = new ArrayList<Bytes>();
        boolean capella =
                json.at("blob_gas_used").isNull() && json.at("excess_blob_gas").isNull();
        for (var field : ExecutionField.values()) {
            boolean later = field.compareTo(ExecutionField.WITHDRAWALS_ROOT) > 0;
            fields.add(capella && later ? Bytes.EMPTY : field(field, json.at(field.standardName())));
        }
        if (!ExecutionPayloadHeader.wellFormed(fields)) throw json.unreadable("an execution payload header");
        return new ExecutionPayloadHeader(fields);
    }

    private static Bytes field(ExecutionField field, Json json) {
        return switch (field.form()) {
            case HASH, ADDRESS, BLOOM, SHORT_LIST -> json.bytes();
            case NUMBER -> minimal(number(json, U64));
            case WIDE_NUMBER -> minimal(number(json, U256));
        };
    }

    /// Reads a `SyncCommittee` of any size.
    public static SyncCommittee committee(Json json) {
        var keys = new ArrayList<Bytes>(json.at("pubkeys").list(BeaconJson::key));
        if (keys.isEmpty()) throw json.at("pubkeys").unreadable("≥ 1 key");
        keys.add(key(json.at("aggregate_pubkey")));
        return new SyncCommittee(Bytes.concat(keys));
    }

    private static Bytes key(Json json) {
        var key = json.bytes();
        if (key.size() != SyncCommittee.KEY) throw json.unreadable("48 octets");
        return key;
    }

    private static List<Bytes32> branch(Json json) {
        return json.list(Json::bytes32);
    }

    private static long slot(Json json) {
        var slot = number(json, U64).longValue();
        if (!BeaconBlockHeader.isSlot(slot)) throw json.unreadable("a slot below 2^44");
        return slot;
    }

    /// An unsigned number of so many bits, in decimal without leading zeros.
    static BigInteger number(Json json, int bits) {
        var text = json.text();
        if (!DECIMAL.matcher(text).matches()) throw json.unreadable("a decimal number");
        var number = new BigInteger(text);
        if (number.bitLength() > bits) throw json.unreadable("a number of %d bits".formatted(bits));
        return number;
    }

    private static Bytes minimal(BigInteger value) {
        if (value.signum() == 0) return Bytes.EMPTY;
        var octets = Bytes.of(value.toByteArray());
        return octets.at(0) == 0 ? octets.slice(1, octets.size()) : octets;
    }
}
