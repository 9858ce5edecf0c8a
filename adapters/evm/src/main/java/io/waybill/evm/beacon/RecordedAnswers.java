package io.waybill.evm.beacon;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.BeaconChain;
import io.waybill.core.client.beacon.LightClientBootstrap;
import io.waybill.core.client.beacon.LightClientUpdate;
import io.waybill.core.client.beacon.Preset;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a folder of REST answers holds, in the order a client would have asked for it: by the slot of the
/// header that was attested, a bootstrap at its own slot, an update that brings a committee before one that
/// does not. An answer is known by what it holds, and by its name where it holds nothing that can be known;
/// others are passed over, as are optimistic updates, which finalise nothing.
final class RecordedAnswers {
    private static final Comparator<Recorded> ORDER = Comparator.comparingLong(Recorded::slot)
            .thenComparingInt(Recorded::rank)
            .thenComparing(Recorded::name);

    private final List<Recorded> recorded = new ArrayList<>();
    private @Nullable Json spec;
    private @Nullable Json genesis;
    private @Nullable Json schedule;

    /// One answer, or one element of an array of them.
    sealed interface Recorded {
        /// The file it is in, with the element's number in an array.
        String name();

        /// Where it belongs in the order.
        long slot();

        default int rank() {
            return 0;
        }

        /// An answer that cannot be read as what it should be.
        record Unreadable(String name, BeaconRejection reason) implements Recorded {
            @Override
            public long slot() {
                return -1;
            }
        }

        /// A bootstrap that can be read.
        ///
        /// @param asked the block root that was asked for, where the recorder wrote it down
        record Bootstrap(
                String name,
                LightClientBootstrap bootstrap,
                @Nullable Bytes32 asked) implements Recorded {
            @Override
            public long slot() {
                return bootstrap.header().slot();
            }
        }

        record Update(String name, LightClientUpdate update) implements Recorded {
            @Override
            public long slot() {
                return update.attested().slot();
            }

            @Override
            public int rank() {
                return update.next() == null ? 2 : 1;
            }
        }
    }

    /// @param documents by file name
    RecordedAnswers(Map<String, Json> documents) {
        documents.forEach(this::sort);
        recorded.sort(ORDER);
    }

    List<Recorded> inOrder() {
        return List.copyOf(recorded);
    }

    private void sort(String name, Json answer) {
        if (answer.node().isArray() && !name.startsWith("fork_schedule")) {
            var elements = answer.list();
            for (int i = 0; i < elements.size(); i++) sort("%s[%d]".formatted(name, i), elements.get(i));
        } else if (!configuration(answer)) {
            judged(name, answer);
        }
    }

    private boolean configuration(Json answer) {
        var data = BeaconJson.data(answer);
        if (has(data, "CONFIG_NAME") || has(data, "SECONDS_PER_SLOT") || has(data, "SLOT_DURATION_MS")) {
            spec = answer;
        } else if (has(data, "genesis_validators_root")) {
            genesis = answer;
        } else if (data.node().isArray() && data.node().path(0).has("current_version")) {
            schedule = answer;
        } else {
            return false;
        }
        return true;
    }

    private void judged(String name, Json answer) {
        var data = BeaconJson.data(answer);
        boolean bootstrap = has(data, "current_sync_committee") || name.startsWith("bootstrap");
        boolean update = has(data, "finalized_header")
                || has(data, "next_sync_committee")
                || name.startsWith("update")
                || name.startsWith("finality");
        if (!bootstrap && !update) return;
        try {
            recorded.add(bootstrap ? bootstrap(name, answer) : update(name, answer));
        } catch (ChainException.Unavailable e) {
            recorded.add(
                    new Recorded.Unreadable(name, new BeaconRejection.MalformedSsz(String.valueOf(e.getMessage()))));
        }
    }

    private static Recorded bootstrap(String name, Json answer) {
        var asked = answer.at("block_root");
        return new Recorded.Bootstrap(name, BeaconJson.bootstrap(answer), asked.isNull() ? null : asked.bytes32());
    }

    private static Recorded update(String name, Json answer) {
        return switch (BeaconJson.update(answer)) {
            case Verdict.Accepted<LightClientUpdate>(var update) -> new Recorded.Update(name, update);
            case Verdict.Rejected<LightClientUpdate> _ ->
                new Recorded.Unreadable(name, new BeaconRejection.NotFinalised());
        };
    }

    private static boolean has(Json json, String field) {
        return json.node().isObject() && json.node().has(field);
    }

    /// The chains that this may be a recording of: the one its configuration describes, or else those that are
    /// known.
    ///
    /// @throws ChainException.Unavailable if a configuration is there and cannot be read
    List<BeaconChain> chains() {
        if (genesis == null) return KnownNetworks.ALL;
        if (spec != null) return List.of(BeaconConfigJson.chain(spec, genesis));
        if (schedule != null) return List.of(BeaconConfigJson.chain(preset(), schedule, genesis));
        var known = KnownNetworks.of(BeaconConfigJson.genesisValidatorsRoot(genesis));
        if (known.isEmpty()) throw genesis.unreadable("a known network, or a spec.json beside it");
        return List.of(known.get());
    }

    private Preset preset() {
        return committeeSize()
                        .filter(size -> size == Preset.MINIMAL.committeeSize())
                        .isPresent()
                ? Preset.MINIMAL
                : Preset.MAINNET;
    }

    private Optional<Integer> committeeSize() {
        return recorded.stream()
                .filter(Recorded.Bootstrap.class::isInstance)
                .map(bootstrap -> ((Recorded.Bootstrap) bootstrap)
                        .bootstrap()
                        .current()
                        .value()
                        .size())
                .findFirst();
    }
}
