package io.waybill.core.client.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The consensus specification's own tests of light clients, light_client/sync of the minimal preset; not part
/// of this repository. Up to the first forced update the client must believe what the tests' store does; it has
/// no forced update, so that from there on only what it accepts is compared.
class SpecificationTest {
    private static final Pattern STEP =
            Pattern.compile("- (process_update|force_update):(.*?)(?=\\n- |\\z)", Pattern.DOTALL);
    private static final Pattern UPDATE = Pattern.compile("update: (update_\\S+)");
    private static final Pattern SLOT = Pattern.compile("current_slot: (\\d+)");
    private static final Pattern FINALISED =
            Pattern.compile("finalized_header:\\s*\\{?\\s*slot: (\\d+),?\\s*beacon_root: '(0x[0-9a-f]{64})'");
    private static final Pattern VALIDATORS = Pattern.compile("genesis_validators_root: '(0x[0-9a-f]{64})'");
    private static final Pattern TRUSTED = Pattern.compile("trusted_block_root: '(0x[0-9a-f]{64})'");

    @ParameterizedTest
    @CsvSource({
        "deneb, advance_finality_without_sync_committee",
        "deneb, light_client_sync",
        "deneb, supply_sync_committee_from_past_update",
        "electra, advance_finality_without_sync_committee",
        "electra, light_client_sync",
        "electra, supply_sync_committee_from_past_update"
    })
    void believesWhatTheSpecificationsStoreDoes(String fork, String test) throws IOException {
        var vectors = System.getProperty("waybill.vectors");
        Assumptions.assumeTrue(vectors != null, "no folder of third-party vectors");
        var folder = Path.of(vectors, "third-party/beacon/spec-tests-minimal", fork, test);
        int depth = fork.equals("deneb") ? 5 : 6;
        var meta = Files.readString(folder.resolve("meta.yaml"));
        var bootstrap = SszReader.bootstrap(ssz(folder, "bootstrap"), depth);
        assertThat(bootstrap.header().beacon().root()).isEqualTo(Bytes32.hex(found(TRUSTED, meta)));
        var follower = new Follower(chain(fork, found(VALIDATORS, meta)), bootstrap);
        boolean forced = false;
        int steps = 0;
        var step = STEP.matcher(Files.readString(folder.resolve("steps.yaml")));
        while (step.find()) {
            steps++;
            forced |= step.group(1).equals("force_update");
            if (step.group(1).equals("process_update")) {
                var update = SszReader.update(ssz(folder, found(UPDATE, step.group(2))), depth);
                process(follower, update, Long.parseLong(found(SLOT, step.group(2))));
            }
            var finalised = FINALISED.matcher(step.group(2));
            assertThat(finalised.find()).isTrue();
            var held = follower.state.at(Long.parseLong(finalised.group(1)));
            if (!forced) assertThat(held).isEqualTo(follower.state.latest()).isNotNull();
            if (held != null) assertThat(held.hash()).isEqualTo(Bytes32.hex(finalised.group(2)));
        }
        assertThat(steps).isPositive();
    }

    private static BeaconChain chain(String fork, String genesisValidatorsRoot) {
        var forks = fork.equals("deneb")
                ? BeaconVectors.minimalForks(0, 0, 0, 0)
                : BeaconVectors.minimalForks(0, 0, 0, 0, 0);
        return new BeaconChain(Preset.MINIMAL, forks, Bytes32.hex(genesisValidatorsRoot), 0, 6000);
    }

    /// An update without a finalised header, or too few participants, is refused; any other is followed.
    private static void process(Follower follower, LightClientUpdate update, long slot) {
        var signers = follower.latest().signers(follower.chain, update.signatureSlot());
        if (!signers.isAccepted()) return;
        long nowMs = follower.chain.timeMs(slot);
        var verdict =
                follower.client.update(follower.state, follower.shown(update).encode(), nowMs);
        switch (verdict) {
            case Verdict.Accepted<ClientState> _ -> follower.follow(update);
            case Verdict.Rejected<ClientState>(var reason) ->
                assertThat(reason)
                        .isInstanceOfAny(
                                BeaconRejection.NotFinalised.class,
                                BeaconRejection.TooFewParticipants.class,
                                BeaconRejection.UpdateNotRelevant.class);
        }
    }

    private static Bytes ssz(Path folder, String name) throws IOException {
        return Snappy.decompress(Bytes.of(Files.readAllBytes(folder.resolve(name + ".ssz_snappy"))));
    }

    private static String found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }
}
