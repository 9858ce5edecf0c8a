package io.waybill.evm.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.BeaconChain;
import io.waybill.core.client.beacon.Preset;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.port.ChainException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BeaconConfigJsonTest {
    private static final String SPEC = "spec.json";
    private static final String ELECTRA = "\"ELECTRA_FORK_EPOCH\": \"12\"";

    private static BeaconChain chain(Recording recording) {
        return BeaconConfigJson.chain(recording.json(SPEC), recording.json("genesis.json"));
    }

    private static Recording lodestar() {
        return Recording.of(Recording.LODESTAR);
    }

    @Nested
    class Spec {
        @Test
        void givesSizesForksAndTimes() {
            var chain = chain(lodestar());
            assertThat(chain.preset()).isEqualTo(Preset.MINIMAL);
            assertThat(chain.slotMs()).isEqualTo(2000);
            assertThat(chain.genesisTime()).isEqualTo(1795388451);
            assertThat(List.of(47L, 48L, 95L, 96L, 1L << 40).stream().map(chain::fork))
                    .containsExactly(
                            accept(Fork.CAPELLA),
                            accept(Fork.DENEB),
                            accept(Fork.DENEB),
                            accept(Fork.ELECTRA),
                            accept(Fork.ELECTRA));
        }

        @Test
        void stopsTheClientAtAForkWithoutRulesHere() {
            var announced = lodestar().replacing(SPEC, ELECTRA, ELECTRA + ",\"GLOAS_FORK_EPOCH\": \"20\"");
            assertThat(chain(announced).fork(159)).isEqualTo(accept(Fork.ELECTRA));
            assertThat(chain(announced).fork(160)).isEqualTo(reject(new BeaconRejection.UnknownFork(20)));
            var unset =
                    lodestar().replacing(SPEC, ELECTRA, ELECTRA + ",\"GLOAS_FORK_EPOCH\": \"18446744073709551615\"");
            assertThat(chain(unset).fork(1L << 40)).isEqualTo(accept(Fork.ELECTRA));
        }

        @Test
        void doesNotBeginAForkThatIsNotSet() {
            var unset = lodestar().replacing(SPEC, ELECTRA, "\"ELECTRA_FORK_EPOCH\": \"18446744073709551615\"");
            assertThat(chain(unset).fork(1L << 40)).isEqualTo(accept(Fork.DENEB));
        }

        @Test
        void mayNameTheSlotInMilliseconds() {
            var ms = lodestar().replacing(SPEC, "\"SECONDS_PER_SLOT\": \"2\"", "\"SLOT_DURATION_MS\": \"6000\"");
            assertThat(chain(ms).slotMs()).isEqualTo(6000);
        }

        @Test
        void ofImpossibleMeasuresIsUnreadable() {
            for (var size : List.of("0", "31", "8192", "-1", "0x20", "032", "")) {
                var odd = lodestar()
                        .replacing(
                                SPEC,
                                "\"SYNC_COMMITTEE_SIZE\": \"32\"",
                                "\"SYNC_COMMITTEE_SIZE\": \"%s\"".formatted(size));
                assertThatThrownBy(() -> chain(odd)).as(size).isInstanceOf(ChainException.Unavailable.class);
            }
        }

        @Test
        void withForksOutOfOrderIsUnreadable() {
            var odd = lodestar().replacing(SPEC, ELECTRA, "\"ELECTRA_FORK_EPOCH\": \"5\"");
            assertThatThrownBy(() -> chain(odd)).isInstanceOf(ChainException.Unavailable.class);
        }
    }

    @Nested
    class Schedule {
        @Test
        void givesTheSameForksAsTheSpec() {
            var recording = lodestar();
            var chain = BeaconConfigJson.chain(
                    Preset.MINIMAL, recording.json("fork_schedule.json"), recording.json("genesis.json"));
            assertThat(chain.forks()).isEqualTo(chain(recording).forks());
        }

        @Test
        void stopsTheClientAfterTheLastKnownFork() {
            var entry = "{\"previous_version\":\"0x05000001\",\"current_version\":\"0x0%d000001\",\"epoch\":\"%d\"}";
            var recording = lodestar();
            var text = recording.text("fork_schedule.json").strip();
            var end = text.lastIndexOf(']');
            var longer = text.substring(0, end) + "," + entry.formatted(6, 20) + "," + entry.formatted(7, 30)
                    + text.substring(end);
            var chain = BeaconConfigJson.chain(
                    Preset.MINIMAL,
                    recording.with("fork_schedule.json", longer).json("fork_schedule.json"),
                    recording.json("genesis.json"));
            assertThat(chain.fork(239)).isEqualTo(accept(Fork.FULU));
            assertThat(chain.fork(240)).isEqualTo(reject(new BeaconRejection.UnknownFork(30)));
        }
    }

    @Nested
    class Networks {
        @Test
        void areKnownByTheirGenesisValidatorsRoot() {
            for (var chain : KnownNetworks.ALL) {
                assertThat(KnownNetworks.of(chain.genesisValidatorsRoot())).contains(chain);
            }
            assertThat(chain(lodestar())).isEqualTo(KnownNetworks.LODESTAR_DEVNET);
            assertThat(KnownNetworks.of(Bytes32.ZERO)).isEmpty();
        }

        /// Slots and times that public explorers show of the first blocks of Fulu.
        @Test
        void beginFuluWhereTheyDid() {
            assertThat(KnownNetworks.MAINNET.fork(411392 * 32 - 1)).isEqualTo(accept(Fork.ELECTRA));
            assertThat(KnownNetworks.MAINNET.fork(411392 * 32)).isEqualTo(accept(Fork.FULU));
            assertThat(KnownNetworks.MAINNET.timeMs(411392 * 32)).isEqualTo(1_764_798_551_000L);
        }
    }
}
