package io.waybill.evm.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.BeaconChain;
import io.waybill.core.client.beacon.ForkSchedule;
import io.waybill.core.client.beacon.ForkSchedule.Activation;
import io.waybill.core.client.beacon.Preset;
import io.waybill.core.client.beacon.ssz.Fork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Beacon chains whose configuration is known here, up to Fulu. A recording without a configuration can
/// only be of one of them, and a wrong guess harms nobody: the genesis validators root goes into every
/// signature.
///
/// @see <a href="https://github.com/eth-clients">eth-clients: mainnet, sepolia, holesky, hoodi</a>
final class KnownNetworks {
    private static final int SLOT_MS = 12_000;

    static final BeaconChain MAINNET = network(
            "0x4b363db94e286120d76eb905340fdd4e54bfe9f06bf33ff6cf5ad27f511bfe95",
            1_606_824_023,
            List.of("01000000", "02000000", "03000000", "04000000", "05000000", "06000000"),
            74240,
            144896,
            194048,
            269568,
            364032,
            411392);

    static final BeaconChain SEPOLIA = network(
            "0xd8ea171f3c94aea21ebc42a1ed61052acf3f9209c00e4efbaaddac09ed9b8078",
            1_655_733_600,
            List.of("90000070", "90000071", "90000072", "90000073", "90000074", "90000075"),
            50,
            100,
            56832,
            132608,
            222464,
            272640);

    static final BeaconChain HOLESKY = network(
            "0x9143aa7c615a7f7115e2b6aac319c03529df8242ae705fba9df39b79c59fa8b1",
            1_695_902_400,
            List.of("02017000", "03017000", "04017000", "05017000", "06017000", "07017000"),
            0,
            0,
            256,
            29696,
            115968,
            165120);

    static final BeaconChain HOODI = network(
            "0x212f13fc4df078b6cb7db228f1c8307566dcecf900867401a92023d7ba99cb5f",
            1_742_213_400,
            List.of("20000910", "30000910", "40000910", "50000910", "60000910", "70000910"),
            0,
            0,
            0,
            0,
            2048,
            50688);

    /// Development networks of Lodestar in the minimal preset with Deneb from epoch 6 and Electra from epoch
    /// 12. Their validators' keys are made from their numbers, so that each run of as many has the same root.
    static final BeaconChain LODESTAR_DEVNET = new BeaconChain(
            Preset.MINIMAL,
            forks(List.of("01000001", "02000001", "03000001", "04000001", "05000001"), 0, 0, 0, 6, 12),
            Bytes32.hex("0x05d79a31a8e69ecd78114c50ce73116be33027d8431b82fff6c0b3cd9c2cbb1f"),
            1_795_388_451,
            2000);

    static final List<BeaconChain> ALL = List.of(MAINNET, SEPOLIA, HOLESKY, HOODI, LODESTAR_DEVNET);

    private KnownNetworks() {}

    static Optional<BeaconChain> of(Bytes32 genesisValidatorsRoot) {
        return ALL.stream()
                .filter(chain -> chain.genesisValidatorsRoot().equals(genesisValidatorsRoot))
                .findFirst();
    }

    private static BeaconChain network(
            String genesisValidatorsRoot, long genesisTime, List<String> versions, long... epochs) {
        var forks = forks(versions, epochs);
        return new BeaconChain(Preset.MAINNET, forks, Bytes32.hex(genesisValidatorsRoot), genesisTime, SLOT_MS);
    }

    private static ForkSchedule forks(List<String> versions, long... epochs) {
        var activations = new ArrayList<Activation>();
        for (var fork : Fork.values()) {
            int i = fork.version() - 1;
            if (i == epochs.length) break;
            activations.add(new Activation(fork, epochs[i], Bytes.hex(versions.get(i))));
        }
        return new ForkSchedule(activations, Long.MAX_VALUE);
    }
}
