package io.waybill.gateway.bundle;

import static io.waybill.gateway.bundle.AnchorForm.accepted;

import io.waybill.core.client.ClientKind;
import io.waybill.core.client.beacon.BeaconChain;
import io.waybill.core.client.beacon.BeaconClient;
import io.waybill.core.client.beacon.ForkSchedule;
import io.waybill.core.client.beacon.LightClientBootstrap;
import io.waybill.core.client.beacon.Preset;
import io.waybill.core.client.beacon.ssz.Fork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The anchor of a beacon chain: its measures, its forks, and the finalised header that an operator pins by `slot` and
/// `root`. The `bootstrap` (RLP) shows that header with its sync committee.
final class BeaconForm implements AnchorForm<Anchor.Beacon> {
    private static final long LARGEST = (1L << 53) - 1;
    private static final int LIMIT = 1 << 20;

    @Override
    public Set<String> properties() {
        return Set.of(
                "slotsPerEpoch",
                "epochsPerPeriod",
                "committeeSize",
                "slotMs",
                "genesisTime",
                "genesisValidatorsRoot",
                "forks",
                "unknownForkEpoch",
                "slot",
                "root",
                "bootstrap");
    }

    @Override
    public Anchor.Beacon read(ClientKind kind, Reader file) throws FormatException {
        var preset =
                new Preset(small(file, "slotsPerEpoch"), small(file, "epochsPerPeriod"), small(file, "committeeSize"));
        var bootstrap = accepted(file, "bootstrap", LightClientBootstrap.decode(preset, file.octets("bootstrap")));
        return new Anchor.Beacon(
                new BeaconClient.Params(
                        file.chain("chain"),
                        new BeaconChain(
                                preset,
                                forks(file),
                                file.hash("genesisValidatorsRoot"),
                                file.number("genesisTime", 0, LARGEST),
                                small(file, "slotMs")),
                        file.duration("trustingPeriod", 1),
                        file.duration("maxClockDrift", 0),
                        file.number("slot", 1, LARGEST),
                        file.hash("root")),
                bootstrap);
    }

    private static int small(Reader file, String property) throws FormatException {
        return (int) file.number(property, 1, LIMIT);
    }

    private static ForkSchedule forks(Reader file) throws FormatException {
        var activations = new ArrayList<ForkSchedule.Activation>();
        for (var fork : file.objects("forks", Set.of("fork", "epoch", "version"))) {
            activations.add(new ForkSchedule.Activation(
                    fork.word("fork", List.of(Fork.values())),
                    fork.number("epoch", 0, LARGEST),
                    fork.octets("version")));
        }
        long unknown = file.number("unknownForkEpoch", 0, LARGEST);
        return new ForkSchedule(activations, unknown == LARGEST ? Long.MAX_VALUE : unknown);
    }

    @Override
    public Map<String, Object> write(Anchor.Beacon anchor) {
        var params = anchor.params();
        var chain = params.beacon();
        var json = new LinkedHashMap<String, Object>();
        json.put("slotsPerEpoch", chain.preset().slotsPerEpoch());
        json.put("epochsPerPeriod", chain.preset().epochsPerPeriod());
        json.put("committeeSize", chain.preset().committeeSize());
        json.put("slotMs", chain.slotMs());
        json.put("genesisTime", chain.genesisTime());
        json.put("genesisValidatorsRoot", chain.genesisValidatorsRoot().toHex());
        json.put(
                "forks",
                chain.forks().activations().stream().map(BeaconForm::fork).toList());
        json.put("unknownForkEpoch", Math.min(chain.forks().firstUnknown(), LARGEST));
        json.put("slot", params.anchorSlot());
        json.put("root", params.anchorRoot().toHex());
        json.put("bootstrap", anchor.bootstrap().encode().toHex());
        return json;
    }

    private static Map<String, Object> fork(ForkSchedule.Activation activation) {
        var json = new LinkedHashMap<String, Object>();
        json.put("fork", activation.fork().name().toLowerCase(Locale.ROOT));
        json.put("epoch", activation.epoch());
        json.put("version", activation.version().toHex());
        return json;
    }
}
