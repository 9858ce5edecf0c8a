package io.waybill.evm.beacon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection;
import io.waybill.core.Rejection;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.port.ChainException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeaconReplayTest {
    private static final String ROOT_16 = "0x830f38394e2fa68f35aac679b05eb3932f3239ffc06138e5a321b4854dc6cd1b";
    private static final String ROOT_24 = "0xac4b3bbe3b351195a5bc7dce3460d7d41b9180634730d44bc5390531312fc4f3";

    private static Recording lodestar() {
        return Recording.of(Recording.LODESTAR);
    }

    private static List<ReplayLine> refused(List<ReplayLine> lines) {
        return lines.stream()
                .filter(line -> line.verdict() != ReplayLine.Outcome.ACCEPTED)
                .toList();
    }

    private static ReplayLine refused(long slot, String root, Rejection reason) {
        return ReplayLine.refused(slot, Bytes32.hex(root), reason);
    }

    @Nested
    class Accepts {
        @Test
        void everyAnswerOfARealChainOverTwoForksAndSixPeriods() throws IOException {
            var lines = BeaconReplay.of(Recording.LODESTAR);
            assertThat(refused(lines)).isEmpty();
            assertThat(ReplayLine.allAccepted(lines)).isTrue();
            assertThat(lines).hasSize(39);
            assertThat(lines.getFirst()).isEqualTo(ReplayLine.anchor(16, Bytes32.hex(ROOT_16)));
            assertThat(lines.stream().filter(line -> line.reason() != null).map(ReplayLine::height))
                    .as("anchors: the first, and the one of a period without an update")
                    .containsExactly(16L, 320L);
        }

        @Test
        void theForkScheduleInPlaceOfTheSpec() {
            assertThat(refused(lodestar().without("spec").replay())).isEmpty();
        }

        @Test
        void aKnownNetworkWithoutAConfiguration() {
            var recording = lodestar().without("spec").without("genesis").without("fork_schedule");
            assertThat(refused(recording.replay())).isEmpty();
        }

        @Test
        void updatesInOneArrayAsTheRestInterfaceGivesThem() {
            var recording = lodestar();
            var array = "[" + recording.text("update_period0.json") + "," + recording.text("update_period1.json") + "]";
            recording.only("bootstrap_slot16.json").with("updates.json", array);
            var lines = recording.replay();
            assertThat(lines.stream().map(ReplayLine::height)).containsExactly(16L, 16L, 64L);
            assertThat(refused(lines)).isEmpty();
        }

        @Test
        void aBootstrapAfterItsAnchorsCommitteeIsKnown() {
            var lines = lodestar()
                    .only("bootstrap_slot16.json", "bootstrap_slot24.json")
                    .replay();
            assertThat(lines)
                    .containsExactly(
                            ReplayLine.anchor(16, Bytes32.hex(ROOT_16)), ReplayLine.anchor(24, Bytes32.hex(ROOT_24)));
        }

        @Test
        void nothingOfAFolderWithoutAnswers() {
            assertThat(lodestar().only().replay()).isEmpty();
        }
    }

    @Nested
    class Refuses {
        private static final String UPDATE = "finality_update_fin24_att41.json";

        private static Recording few() {
            return lodestar().only("bootstrap_slot16.json", "bootstrap_slot24.json", "update_period0.json", UPDATE);
        }

        @Test
        void aBootstrapWhoseRootIsNotTheOneAskedFor() {
            var asked = "0x" + "11".repeat(32);
            var lines = few().replacing("bootstrap_slot16.json", ROOT_16, asked).replay();
            var reason = new BeaconRejection.AnchorRootMismatch(Bytes32.hex(asked), Bytes32.hex(ROOT_16));
            assertThat(refused(lines)).containsExactly(refused(16, ROOT_16, reason));
            assertThat(lines).contains(ReplayLine.anchor(24, Bytes32.hex(ROOT_24)));
        }

        @Test
        void aBootstrapWhoseStateDoesNotNameTheCommittee() {
            var recording = few();
            var aggregate = recording
                    .json("bootstrap_slot16.json")
                    .at("data")
                    .at("current_sync_committee")
                    .at("aggregate_pubkey")
                    .text();
            var lines = recording
                    .replacing("bootstrap_slot16.json", aggregate, "0x" + "00".repeat(48))
                    .replay();
            assertThat(lines)
                    .contains(refused(16, ROOT_16, new BeaconRejection.CommitteeBranchInvalid(16)))
                    .contains(ReplayLine.anchor(24, Bytes32.hex(ROOT_24)));
        }

        @Test
        void aBootstrapAtGenesis() {
            var recording = lodestar().only("bootstrap_slot16.json");
            var lines = recording
                    .replacing("bootstrap_slot16.json", "\"slot\": \"16\"", "\"slot\": \"0\"")
                    .replacing("bootstrap_slot16.json", "\"block_root\"", "\"root\"")
                    .replay();
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst().reason()).startsWith("NotFinalised");
        }

        @Test
        void anUpdateThatTheCommitteeDidNotSign() {
            var recording = few();
            var bits = "\"0xffffffff\"";
            var lines = recording.replacing(UPDATE, bits, "\"0xffffff7f\"").replay();
            assertThat(refused(lines))
                    .containsExactly(refused(24, ROOT_24, new BeaconRejection.AggregateSignatureInvalid()));
        }

        @Test
        void tooFewParticipants() {
            var lines =
                    few().replacing(UPDATE, "\"0xffffffff\"", "\"0x00000000\"").replay();
            assertThat(refused(lines))
                    .containsExactly(refused(24, ROOT_24, new BeaconRejection.TooFewParticipants(0, 22)));
        }

        @Test
        void anUpdateWithoutAFinalisedHeader() {
            var recording = few();
            recording.replacing(UPDATE, "\"finalized_header\"", "\"finalised_header\"");
            assertThat(refused(recording.replay()))
                    .containsExactly(ReplayLine.refused(-1, null, new BeaconRejection.NotFinalised()));
        }

        @Test
        void anAnswerThatCannotBeRead() {
            var lines = few().with("update_period1.json", "{\"data\":{}}").replay();
            assertThat(refused(lines)).hasSize(1);
            assertThat(refused(lines).getFirst().reason())
                    .isEqualTo("NotFinalised: finality: expected a finalised header after genesis, got none");
        }

        @Test
        void everythingWithoutABootstrap() {
            var lines = few().without("bootstrap").replay();
            assertThat(refused(lines)).isEqualTo(lines).hasSize(2);
            assertThat(lines).contains(refused(24, ROOT_24, new ClientRejection.UnknownTrustedHeight(24)));
        }

        @Test
        void everySignatureOfAnotherNetwork() {
            var root = "05d79a31a8e69ecd78114c50ce73116be33027d8431b82fff6c0b3cd9c2cbb1f";
            var lines = few().replacing("genesis.json", root, "11".repeat(32)).replay();
            assertThat(refused(lines))
                    .containsExactly(
                            refused(16, ROOT_16, new BeaconRejection.AggregateSignatureInvalid()),
                            refused(24, ROOT_24, new BeaconRejection.AggregateSignatureInvalid()));
        }

        @Test
        void aConfigurationThatCannotBeRead() {
            var recording = few().with("genesis.json", "{\"data\":{\"genesis_validators_root\":\"0x00\"}}");
            assertThatThrownBy(recording::replay).isInstanceOf(ChainException.Unavailable.class);
        }
    }

    @Nested
    class LaterBootstraps {
        /// One of an earlier slot, said to be of a later one: its own state does not hold its committee.
        @Test
        void areJudgedByTheirOwnState() {
            var recording = lodestar().only("bootstrap_slot16.json", "bootstrap_slot24.json", "update_period0.json");
            var text = recording.text("bootstrap_slot24.json");
            var forged = text.replace("\"slot\": \"24\"", "\"slot\": \"40\"");
            assertThat(forged).isNotEqualTo(text);
            var lines = recording.with("bootstrap_slot24.json", forged).replay();
            assertThat(refused(lines)).hasSize(1);
            assertThat(refused(lines).getFirst().reason()).startsWith("AnchorRootMismatch");
        }

        @Test
        void neverReplaceACommitteeThatIsKnown() {
            var recording = lodestar().only("bootstrap_slot16.json", "bootstrap_slot64.json", "update_period0.json");
            var known = recording.replay();
            assertThat(refused(known)).isEmpty();
            assertThat(known).hasSize(3);
        }
    }

    @Nested
    class Folders {
        @TempDir
        private Path folder;

        @Test
        void mayHoldAFileThatIsNoJson() throws IOException {
            Files.copy(Recording.LODESTAR.resolve("spec.json"), folder.resolve("spec.json"));
            Files.copy(Recording.LODESTAR.resolve("genesis.json"), folder.resolve("genesis.json"));
            Files.copy(Recording.LODESTAR.resolve("bootstrap_slot16.json"), folder.resolve("bootstrap_slot16.json"));
            Files.writeString(folder.resolve("update_broken.json"), "{");
            Files.writeString(folder.resolve("notes.json"), "{");
            Files.writeString(folder.resolve("README.md"), "{");
            var lines = BeaconReplay.of(folder);
            assertThat(lines).hasSize(2);
            assertThat(refused(lines)).hasSize(1);
            assertThat(refused(lines).getFirst().reason())
                    .startsWith("MalformedSsz: ssz: malformed update_broken.json");
        }

        /// Captured from Ethereum's mainnet by others; not part of this repository.
        @Test
        void ofMainnetAreRecognisedWithoutAConfiguration() throws IOException {
            var vectors = System.getProperty("waybill.vectors");
            Assumptions.assumeTrue(vectors != null, "no folder of third-party vectors");
            var lines = BeaconReplay.of(Path.of(vectors, "third-party/beacon/helios-mainnet-capella"));
            assertThat(refused(lines)).isEmpty();
            assertThat(lines.stream().map(ReplayLine::height))
                    .containsExactly(7069376L, 7061632L, 7070047L, 7078240L, 7089280L, 7094272L, 7104096L, 7109344L);
        }
    }
}
