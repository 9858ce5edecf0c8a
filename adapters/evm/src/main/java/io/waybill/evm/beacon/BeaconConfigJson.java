package io.waybill.evm.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.BeaconChain;
import io.waybill.core.client.beacon.ForkSchedule;
import io.waybill.core.client.beacon.ForkSchedule.Activation;
import io.waybill.core.client.beacon.Preset;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Reads what beacon nodes answer about their chain: sizes, forks and genesis. What is read is pinned when a
/// client is created. Each reader throws [io.waybill.core.port.ChainException.Unavailable] where something is
/// missing.
public final class BeaconConfigJson {
    private static final String EPOCH = "_FORK_EPOCH";
    private static final BigInteger NEVER = BigInteger.TWO.pow(62);

    private BeaconConfigJson() {}

    /// The chain that the answers of `/eth/v1/config/spec` and `/eth/v1/beacon/genesis` describe.
    public static BeaconChain chain(Json spec, Json genesis) {
        var data = BeaconJson.data(spec);
        return chain(preset(data), forks(data), genesis, slotMs(data));
    }

    /// The same where the spec is not known, out of `/eth/v1/config/fork_schedule`.
    ///
    /// @param preset the one that has committees of the recorded size
    public static BeaconChain chain(Preset preset, Json schedule, Json genesis) {
        return chain(preset, scheduled(schedule), genesis, preset.equals(Preset.MINIMAL) ? 6000 : 12000);
    }

    private static BeaconChain chain(Preset preset, ForkSchedule forks, Json genesis, int slotMs) {
        try {
            return new BeaconChain(preset, forks, genesisValidatorsRoot(genesis), genesisTime(genesis), slotMs);
        } catch (IllegalArgumentException e) {
            throw genesis.unreadable("a chain of known measures: " + e.getMessage());
        }
    }

    /// What goes into everything that is signed on the chain.
    public static Bytes32 genesisValidatorsRoot(Json genesis) {
        return BeaconJson.data(genesis).at("genesis_validators_root").bytes32();
    }

    private static long genesisTime(Json genesis) {
        return BeaconJson.number(BeaconJson.data(genesis).at("genesis_time"), 62)
                .longValueExact();
    }

    private static Preset preset(Json spec) {
        if (spec.at("SYNC_COMMITTEE_SIZE").isNull()) {
            return switch (spec.at("PRESET_BASE").text()) {
                case "mainnet" -> Preset.MAINNET;
                case "minimal" -> Preset.MINIMAL;
                default -> throw spec.at("PRESET_BASE").unreadable("mainnet or minimal");
            };
        }
        try {
            return new Preset(
                    small(spec.at("SLOTS_PER_EPOCH")),
                    small(spec.at("EPOCHS_PER_SYNC_COMMITTEE_PERIOD")),
                    small(spec.at("SYNC_COMMITTEE_SIZE")));
        } catch (IllegalArgumentException e) {
            throw spec.unreadable("a preset of known measures: " + e.getMessage());
        }
    }

    private static int slotMs(Json spec) {
        var ms = spec.at("SLOT_DURATION_MS");
        return ms.isNull() ? small(spec.at("SECONDS_PER_SLOT")) * 1000 : small(ms);
    }

    private static ForkSchedule forks(Json spec) {
        var activations = new ArrayList<Activation>();
        for (var fork : Fork.values()) {
            var epoch = spec.at(fork.name() + EPOCH);
            if (epoch.isNull() || never(epoch)) break;
            activations.add(new Activation(fork, epoch(epoch), version(spec.at(fork.name() + "_FORK_VERSION"))));
        }
        return schedule(spec, activations, firstUnknown(spec, activations.size()));
    }

    /// The lowest epoch of a fork that is set and has no rules here.
    private static long firstUnknown(Json spec, int known) {
        long first = Long.MAX_VALUE;
        for (var entry : spec.fields().entrySet()) {
            var name = entry.getKey();
            if (!name.endsWith(EPOCH) || never(entry.getValue())) continue;
            boolean judged = false;
            for (var fork : Fork.values()) judged |= fork.version() <= known && name.equals(fork.name() + EPOCH);
            if (!judged) first = Math.min(first, epoch(entry.getValue()));
        }
        return first;
    }

    /// The forks in order, genesis first; those of phase 0 have no light clients, those after the last known no
    /// rules.
    private static ForkSchedule scheduled(Json schedule) {
        var activations = new ArrayList<Activation>();
        long firstUnknown = Long.MAX_VALUE;
        var entries = BeaconJson.data(schedule).list();
        for (var fork : Fork.values()) {
            if (fork.version() >= entries.size()
                    || never(entries.get(fork.version()).at("epoch"))) break;
            var entry = entries.get(fork.version());
            activations.add(new Activation(fork, epoch(entry.at("epoch")), version(entry.at("current_version"))));
        }
        for (var entry : entries.subList(Math.min(Fork.values().length + 1, entries.size()), entries.size())) {
            if (!never(entry.at("epoch"))) firstUnknown = Math.min(firstUnknown, epoch(entry.at("epoch")));
        }
        return schedule(schedule, activations, firstUnknown);
    }

    private static ForkSchedule schedule(Json source, List<Activation> activations, long firstUnknown) {
        try {
            return new ForkSchedule(activations, firstUnknown);
        } catch (IllegalArgumentException e) {
            throw source.unreadable("a schedule of known forks: " + e.getMessage());
        }
    }

    private static boolean never(Json epoch) {
        return BeaconJson.number(epoch, 64).compareTo(NEVER) >= 0;
    }

    private static long epoch(Json json) {
        return BeaconJson.number(json, 62).longValueExact();
    }

    private static int small(Json json) {
        return BeaconJson.number(json, 20).intValueExact();
    }

    private static Bytes version(Json json) {
        var version = json.bytes();
        if (version.size() != 4) throw json.unreadable("4 octets");
        return version;
    }
}
