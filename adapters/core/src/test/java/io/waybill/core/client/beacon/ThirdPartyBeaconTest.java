package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.ssz.BeaconBlockHeader;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Updates of public networks and of others' development networks, with the committees that signed them; not
/// part of this repository.
class ThirdPartyBeaconTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final BeaconChain MAINNET = new BeaconChain(
            Preset.MAINNET,
            forks(
                    List.of("01000000", "02000000", "03000000", "04000000", "05000000", "06000000"),
                    74240,
                    144896,
                    194048,
                    269568,
                    364032,
                    411392),
            Bytes32.hex("0x4b363db94e286120d76eb905340fdd4e54bfe9f06bf33ff6cf5ad27f511bfe95"),
            1_606_824_023,
            12_000);

    private static final BeaconChain SEPOLIA = new BeaconChain(
            Preset.MAINNET,
            forks(
                    List.of("90000070", "90000071", "90000072", "90000073", "90000074", "90000075"),
                    50,
                    100,
                    56832,
                    132608,
                    222464,
                    272640),
            Bytes32.hex("0xd8ea171f3c94aea21ebc42a1ed61052acf3f9209c00e4efbaaddac09ed9b8078"),
            1_655_733_600,
            12_000);

    private static final BeaconChain FULU_FROM_THE_FIRST_EPOCH = new BeaconChain(
            Preset.MINIMAL,
            forks(List.of("20000038", "30000038", "40000038", "50000038", "60000038", "70000038"), 0, 0, 0, 0, 0, 1),
            Bytes32.hex("0xd1ec305b97bf6336571c2348e4a8bf173684b0cdb7e55f7e6554d51f8478b5a3"),
            1_761_900_000,
            2000);

    private static final BeaconChain BELLATRIX = new BeaconChain(
            Preset.MINIMAL,
            BeaconVectors.minimalForks(0, 0),
            Bytes32.hex("0x270d43e74ce340de4bca2b1936beca0f4f5408d9e78aec4850920baf659d5b69"),
            1_600_000_000,
            6000);

    private static ForkSchedule forks(List<String> versions, long... epochs) {
        var activations = new ArrayList<ForkSchedule.Activation>();
        for (var fork : Fork.values()) {
            int i = fork.version() - 1;
            activations.add(new ForkSchedule.Activation(fork, epochs[i], Bytes.hex(versions.get(i))));
        }
        return new ForkSchedule(activations, Long.MAX_VALUE);
    }

    @BeforeEach
    void needTheFolder() {
        Assumptions.assumeTrue(System.getProperty("waybill.vectors") != null, "no folder of third-party vectors");
    }

    private static JsonNode read(String name) {
        try {
            return JSON.readTree(Files.readString(Path.of(System.getProperty("waybill.vectors"), "third-party/beacon")
                    .resolve(name)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void accepted(BeaconChain chain, SyncStore store, SyncCommittee signers, LightClientUpdate update) {
        assertThat(protocol(chain, store, update).validate(signers)).isEqualTo(accept(update));
    }

    private static SyncProtocol protocol(BeaconChain chain, SyncStore store, LightClientUpdate update) {
        return new SyncProtocol(chain, store, update, chain.timeMs(update.signatureSlot()));
    }

    @Test
    void mainnetInFulu() {
        var folder = "sp1-helios-mainnet-fulu/";
        var committee = BeaconVectors.committee(read(folder + "store.json").get("current_sync_committee"));
        var store = new SyncStore(14561440, committee.root(), Bytes32.ZERO);
        var update = BeaconVectors.update(read(folder + "update.json").get("data"));
        accepted(MAINNET, store, committee, update);
        var after = store.after(MAINNET, update);
        assertThat(after.nextKnown()).isTrue();
        assertThat(after.slot()).isEqualTo(14561440);
        var finality =
                BeaconVectors.update(read(folder + "finality_update.json").get("data"));
        accepted(MAINNET, after, committee, finality);
        assertThat(after.after(MAINNET, finality).slot()).isEqualTo(14561952);
    }

    @Test
    void mainnetInBellatrixHasItsSigningRoot() {
        var folder = "elc-rs-mainnet-bellatrix/";
        var update = bare(read(folder + "mainnet_light_client_update_slot_5841038.json"));
        var stated = read(folder + "mainnet_signing_root_slot_5841037.json").asString();
        assertThat(MAINNET.signingRoot(update.attested().beacon(), update.signatureSlot()))
                .isEqualTo(accept(Bytes32.hex(stated)));
        var committee = BeaconVectors.committee(read(folder + "mainnet_sync_committee_period_713.json"));
        accepted(MAINNET, new SyncStore(5840897, committee.root(), Bytes32.ZERO), committee, update);
    }

    @Test
    void sepoliaInDeneb() {
        var committee = BeaconVectors.committee(read("union-sepolia/sync_committee_6553725.json"));
        var update = BeaconVectors.update(read("union-sepolia/light_client_update_6553725.json"));
        accepted(SEPOLIA, new SyncStore(6553601, committee.root(), Bytes32.ZERO), committee, update);
    }

    @Test
    void sepoliaInElectraOverTheEndOfAPeriod() {
        var current = BeaconVectors.committee(read("union-sepolia/current_sync_committee_7167008.json"));
        var next = BeaconVectors.committee(read("union-sepolia/next_sync_committee_7167008.json"));
        var store = new SyncStore(7167000, current.root(), next.root());
        for (var slot : List.of("7167008", "7167040")) {
            var update = BeaconVectors.update(read("union-sepolia/finality_update_%s.json".formatted(slot)));
            accepted(SEPOLIA, store, current, update);
            assertThat(protocol(SEPOLIA, new SyncStore(7167000, next.root(), current.root()), update)
                            .validate(next))
                    .isEqualTo(reject(new BeaconRejection.AggregateSignatureInvalid()));
        }
        var changing = BeaconVectors.update(read("union-sepolia/period_changing_update_7167040.json"));
        accepted(SEPOLIA, store, next, changing);
        assertThat(store.after(SEPOLIA, changing).current()).isEqualTo(next.root());
    }

    @ParameterizedTest
    @CsvSource({
        "ICS20TransferERC20TokenfromEthereumToCosmosAndBack, 3",
        "ICS20TransferNativeCosmosCoinsToEthereumAndBack, 3",
        "MultiPeriodClientUpdateToCosmos, 3",
        "TimeoutPacketFromCosmos, 2"
    })
    void aDevelopmentNetworkInFuluFromTheFirstEpoch(String scenario, int updates) {
        for (int i = 0; i < updates; i++) {
            var json = read("eureka-devnet/extracted/Test_%s.%d.json".formatted(scenario, i));
            var active = json.get("active_sync_committee");
            boolean current = active.has("Current");
            var committee = BeaconVectors.committee(active.get(current ? "Current" : "Next"));
            var other = new Bytes32(Bytes.concat(Bytes.of(new byte[31]), Bytes.of(1)));
            long slot = json.get("trusted_slot").asLong();
            var store = current
                    ? new SyncStore(slot, committee.root(), Bytes32.ZERO)
                    : new SyncStore(slot, other, committee.root());
            accepted(FULU_FROM_THE_FIRST_EPOCH, store, committee, BeaconVectors.update(json.get("consensus_update")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8, 9})
    void aDevelopmentNetworkInBellatrix(int period) {
        var folder = "elc-rs-bellatrix-minimal/";
        var initial = read(folder + "initial_state.json");
        var committee =
                BeaconVectors.committee((initial.isArray() ? initial.get(0) : initial).get("current_sync_committee"));
        var update = bare(read(folder + "light_client_update_period_%d.json".formatted(period))
                .get(0)
                .get("light_client_update"));
        var signers = period == 5
                ? committee
                : java.util.Objects.requireNonNull(update.next()).value();
        var store = new SyncStore(period * 64L, signers.root(), Bytes32.ZERO);
        accepted(BELLATRIX, store, signers, update);
    }

    /// An update whose headers have no execution header and whose pairs are arrays.
    private static LightClientUpdate bare(JsonNode json) {
        var aggregate = json.get("sync_aggregate");
        var next = json.get("next_sync_committee");
        return new LightClientUpdate(
                header(json.get("attested_header")),
                new InState<>(
                        header(json.get("finalized_header").get(0)),
                        BeaconVectors.branch(json.get("finalized_header").get(1))),
                next.isNull()
                        ? null
                        : new InState<>(BeaconVectors.committee(next.get(0)), BeaconVectors.branch(next.get(1))),
                new SyncAggregate(
                        BeaconVectors.octets(aggregate, "sync_committee_bits"),
                        BeaconVectors.octets(aggregate, "sync_committee_signature")),
                json.get("signature_slot").asLong());
    }

    private static LightClientHeader header(JsonNode json) {
        var beacon = new BeaconBlockHeader(
                json.get("slot").asLong(),
                json.get("proposer_index").asLong(),
                BeaconVectors.hash(json, "parent_root"),
                BeaconVectors.hash(json, "state_root"),
                BeaconVectors.hash(json, "body_root"));
        return new LightClientHeader(beacon, null, List.of());
    }
}
