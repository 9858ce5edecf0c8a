package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes32;
import io.waybill.core.client.ConsensusState;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real chain of Lodestar from Capella over Deneb to Electra, followed from its bootstraps.
class CapturedBeaconTest {
    private static final List<String> WALK = List.of(
            "update_period0",
            "finality_update_fin16_att33",
            "finality_update_fin24_att41",
            "finality_update_fin32_att49",
            "finality_update_fin40_att57",
            "finality_update_fin64_att80",
            "update_period1",
            "finality_update_fin72_att88",
            "finality_update_fin80_att96",
            "finality_update_fin88_att104",
            "finality_update_fin96_att112",
            "finality_update_fin104_att120",
            "finality_update_fin128_att145",
            "update_period2",
            "finality_update_fin136_att152",
            "finality_update_fin144_att160",
            "finality_update_fin152_att168",
            "finality_update_fin160_att176",
            "finality_update_fin168_att184",
            "finality_update_fin192_att209",
            "update_period3",
            "finality_update_fin200_att217",
            "finality_update_fin208_att224",
            "finality_update_fin216_att232",
            "finality_update_fin224_att240",
            "finality_update_fin232_att248",
            "finality_update_fin256_att274",
            "finality_update_fin264_att282",
            "finality_update_fin272_att297",
            "finality_update_fin288_att305",
            "finality_update_fin296_att313");

    private static Follower at(int slot) {
        return new Follower(BeaconVectors.CHAIN, BeaconVectors.bootstrap(slot));
    }

    @Nested
    class Bootstraps {
        @ParameterizedTest
        @ValueSource(ints = {16, 24, 64, 128, 192, 320})
        void everyOneIsAnAnchorOnceItsRootIsPinned(int slot) {
            var bootstrap = BeaconVectors.bootstrap(slot);
            var stated = BeaconVectors.hash(BeaconVectors.read("bootstrap_slot" + slot), "block_root");
            var client = Follower.client(BeaconVectors.CHAIN, bootstrap);
            assertThat(client.params().anchorRoot()).isEqualTo(stated);
            var anchored = client.anchor(bootstrap).orElseThrow().latest();
            assertThat(anchored.height()).isEqualTo(slot);
            assertThat(anchored.hash()).isEqualTo(stated);
            assertThat(anchored.version()).isEqualTo(slot < 48 ? 3 : slot < 96 ? 4 : 5);
        }

        @Test
        void theirWireFormReadsBack() {
            var bootstrap = BeaconVectors.bootstrap(128);
            assertThat(LightClientBootstrap.decode(Preset.MINIMAL, bootstrap.encode()))
                    .isEqualTo(accept(bootstrap));
        }
    }

    @Nested
    class Updates {
        @Test
        void everyOneIsAcceptedOverTwoForksAndFourPeriods() {
            var follower = at(16);
            for (var name : WALK) follower.follow(BeaconVectors.update(name));
            assertThat(follower.state.latest().height()).isEqualTo(296);
            assertThat(follower.state.history()).hasSize(27);
        }

        @Test
        void theLastPeriodFollowsFromItsOwnBootstrap() {
            var follower = at(320);
            follower.follow(BeaconVectors.update("finality_update_fin328_att344"));
            follower.follow(BeaconVectors.update("finality_update_fin336_att352"));
            assertThat(follower.state.latest().height()).isEqualTo(336);
        }

        @Test
        void aFinalisedHeaderIsKeptWithItsExecutionBlock() {
            var update = BeaconVectors.update("finality_update_fin24_att41");
            var follower = at(16).follow(update);
            var block = BeaconVectors.read("exec_finalized_24_slot24").get("block");
            var hash = update.finalised().value().beacon().root();
            var executionHash = BeaconVectors.hash(block, "hash");
            var timeMs = Long.decode(BeaconVectors.text(block, "timestamp")) * 1000;
            assertThat(follower.state.latest())
                    .isEqualTo(new ConsensusState(
                            24,
                            hash,
                            executionHash,
                            timeMs,
                            new SyncStore(24, follower.latest().current(), Bytes32.ZERO).setHash(),
                            3));
            assertThat(timeMs).isEqualTo(BeaconVectors.CHAIN.timeMs(24));
        }

        @Test
        void oneThatIsKnownAlreadyChangesNothing() {
            var follower = at(16).follow(BeaconVectors.update("update_period0"));
            var again = BeaconVectors.update("finality_update_fin16_att33");
            assertThat(follower.judge(again)).isEqualTo(accept(follower.state));
        }

        @Test
        void theNextCommitteeComesFromAnUpdateWhoseFinalisedHeaderIsOlder() {
            var follower = at(24);
            var anchored = follower.state.latest();
            follower.follow(BeaconVectors.update("update_period0"));
            assertThat(follower.state.history()).hasSize(1);
            assertThat(follower.state.latest().hash()).isEqualTo(anchored.hash());
            assertThat(follower.state.latest().setHash())
                    .isEqualTo(follower.latest().setHash());
            assertThat(follower.latest().nextKnown()).isTrue();
        }

        @Test
        void theirWireFormReadsBack() {
            var follower = at(16);
            for (var name : List.of("update_period0", "finality_update_fin16_att33")) {
                var shown = follower.shown(BeaconVectors.update(name));
                assertThat(BeaconUpdate.decode(Preset.MINIMAL, shown.encode())).isEqualTo(accept(shown));
            }
        }
    }
}
