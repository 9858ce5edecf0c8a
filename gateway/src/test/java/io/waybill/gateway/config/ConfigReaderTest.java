package io.waybill.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.ChainId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final Path SHIPPED = Path.of("..", "config", "waybill.yaml");

    @TempDir
    Path folder;

    @Nested
    class Plan {
        private static final Path SHIPPED_PLAN = Path.of("..", "config", "lane-plan.yaml");

        @Test
        void understandsTheShippedFile() {
            var plan = ConfigReader.plan(SHIPPED_PLAN);
            assertThat(plan.chains()).hasSize(2);
            assertThat(plan.chains().getLast()).isInstanceOfSatisfying(LanePlan.Fisco.class, ledger -> {
                assertThat(ledger.floor()).isEqualTo(0x03060000);
                assertThat(ledger.watchers()).hasSize(3);
            });
            assertThat(plan.lanes()).hasSize(2);
        }

        @Test
        void refusesAKeyThatItDoesNotKnow() throws IOException {
            var text = Files.readString(SHIPPED_PLAN).replaceFirst("( +)approvals: 2", "$1approvals: 2\n$1quorum: 2");
            var file = Files.writeString(folder.resolve("plan.yaml"), text);
            assertThatThrownBy(() -> ConfigReader.plan(file))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("quorum: unknown key; expected one of [approvals, delay, members]");
        }

        @Test
        void isTheSameWhereOnlyEndpointsAndKeysDiffer() throws IOException {
            var text = Files.readString(SHIPPED_PLAN);
            var other = Files.writeString(
                    folder.resolve("plan.yaml"), text.replace("8545", "8546").replace("evm-deployer", "deployer"));
            assertThat(PlanValues.of(ConfigReader.plan(other)))
                    .isEqualTo(PlanValues.of(ConfigReader.plan(SHIPPED_PLAN)));
            var another = Files.writeString(folder.resolve("other.yaml"), text.replace("approvals: 2", "approvals: 3"));
            assertThat(PlanValues.of(ConfigReader.plan(another)))
                    .isNotEqualTo(PlanValues.of(ConfigReader.plan(SHIPPED_PLAN)));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "approvals: 2 | approvals: 1 | council.approvals: expected 2 to 3, found 1",
                    "approvals: 2 | approvals: 4 | council.approvals: expected 2 to 3, found 4",
                    "delay: P2D | delay: P31D | council.delay: expected at most P30D",
                    "delay: P2D | delay: PT0S | council.delay: expected a duration above zero",
                    "version-floor: 3.6.0 | version-floor: 3.5.9 | version-floor: expected 3.6.0 or later, found 3.5.9",
                    "version-floor: 3.6.0 | version-floor: latest | version-floor: expected such as 3.6.0, found latest",
                    "destination: true | destination: false | watchers.destination: expected true of at least one",
                    "kind: latest | kind: newest | newest",
                    "window: 10000 | window: 0 | lanes.window: expected ≥ 1, found 0",
                    "max-packet: 8192 | max-packet: 511 | lanes.max-packet: expected 512 to 65536 octets, found 511",
                    "pauser: | paused: | chains[0].pauser: the key is missing",
                    "eas: [] | eas: [{lane: none}] | eas",
                })
        void saysWhereItIsWrongWhatWasExpectedAndWhatWasFound(String right, String wrong, String message)
                throws IOException {
            var text = Files.readString(SHIPPED_PLAN);
            assertThat(text).contains(right);
            var file = Files.writeString(folder.resolve("plan.yaml"), text.replace(right, wrong));
            assertThatThrownBy(() -> ConfigReader.plan(file))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("plan.yaml");
        }
    }

    /// A plan with eSpace of a Conflux chain in the place of the EVM chain.
    @Nested
    class ConfluxPlan {
        private static final String VERIFIER = "{uri: \"http://127.0.0.1:930%1$d\", address: \"0x%1$040d\"}";

        private LanePlan read(int verifiers, int needed, String change, String to) throws IOException {
            var all = IntStream.rangeClosed(1, verifiers)
                    .mapToObj(VERIFIER::formatted)
                    .toList();
            var text = Files.readString(Path.of("..", "config", "lane-plan.yaml"))
                    .replace("  - kind: evm\n", "  - kind: conflux\n")
                    .replace(
                            "    finality: qbft\n",
                            "    core-rpc: [\"http://127.0.0.1:12537\"]\n    verifiers: %s\n    needed: %d\n"
                                    .formatted(all, needed))
                    .replace(change, to);
            return ConfigReader.plan(Files.writeString(folder.resolve("plan.yaml"), text));
        }

        @Test
        void namesWhoIsBelieved() throws IOException {
            assertThat(read(3, 2, "", "").chains().getFirst())
                    .isInstanceOfSatisfying(
                            LanePlan.Conflux.class,
                            conflux -> assertThat(conflux.committee()).satisfies(committee -> {
                                assertThat(committee.verifiers()).hasSize(3);
                                assertThat(committee.needed()).isEqualTo(2);
                            }));
            assertThat(read(32, 17, "", "").chains()).hasSize(2);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "2 | 2 | `` | `` | verifiers: expected 3 to 32, found 2",
                    "33 | 17 | `` | `` | verifiers: expected 3 to 32, found 33",
                    "3 | 1 | `` | `` | needed: expected more than half of 3 verifiers",
                    "4 | 2 | `` | `` | needed: expected more than half of 4 verifiers",
                    "3 | 4 | `` | `` | needed: expected more than half of 3 verifiers",
                    "3 | 2 | 000000002\"} | 000000001\"} | verifiers.address: expected each once",
                    "3 | 2 | [\"http://127.0.0.1:12537\"] | [] | core-rpc: expected at least one endpoint, found none",
                })
        void saysWhatIsWrong(int verifiers, int needed, String change, String to, String message) {
            assertThatThrownBy(() -> read(verifiers, needed, change, to))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(message);
        }
    }

    /// A plan whose first lane takes attestations of EAS.
    @Nested
    class EasPlan {
        private static final String EAS = """
                eas:
                  - lane: evm-to-ledger
                    contract: "0x0000000000000000000000000000000000000031"
                    schemas: ["0x0000000000000000000000000000000000000000000000000000000000000041"]
                    attesters: ["0x0000000000000000000000000000000000000051"]
                """;
        private static final String SENDERS = "    senders:\n      - \"0x0000000000000000000000000000000000000007\"\n";

        private LanePlan read(String eas, String change, String to) throws IOException {
            var text = Files.readString(Path.of("..", "config", "lane-plan.yaml"))
                    .replace("eas: []\n", eas)
                    .replace(change, to);
            return ConfigReader.plan(Files.writeString(folder.resolve("plan.yaml"), text));
        }

        @Test
        void needsNoOtherSenderOnItsLane() throws IOException {
            assertThat(read(EAS, SENDERS, "    senders: []\n")
                            .lanes()
                            .getFirst()
                            .senders())
                    .isEmpty();
            assertThatThrownBy(() -> read("eas: []\n", SENDERS, "    senders: []\n"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("lanes.senders: expected at least one account, or an entry of eas");
        }

        @Test
        void namesALaneASchemaAndAnAttester() {
            refuses(EAS.replace("evm-to-ledger", "nowhere"), "eas.lane: expected one of");
            refuses(EAS.replaceFirst("schemas: .*", "schemas: []"), "eas.schemas: expected at least one");
            refuses(EAS.replaceFirst("attesters: .*", "attesters: []"), "eas.attesters: expected at least one");
            refuses(EAS + EAS.replace("eas:\n", ""), "eas.lane: expected each once");
        }

        private void refuses(String eas, String message) {
            assertThatThrownBy(() -> read(eas, "", ""))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(message);
        }
    }

    @Nested
    class Read {
        @Test
        void understandsTheShippedFile() {
            var config = ConfigReader.read(SHIPPED);

            assertThat(config.chains()).hasSize(2);
            assertThat(config.chain(new ChainId("fisco:chain0-group0")))
                    .isInstanceOfSatisfying(WaybillConfig.Fisco.class, ledger -> {
                        assertThat(ledger.watchers()).hasSize(3);
                        assertThat(ledger.group()).isEqualTo("group0");
                    });
            assertThat(config.lanes().getFirst().maxTimeout()).isEqualTo(Duration.ofDays(7));
            assertThat(config.cluster()).isEqualTo(new WaybillConfig.ClusterEntry.Solo());
        }

        @Test
        void takesAKeyThatAWeb3SignerKeeps() throws IOException {
            var text = Files.readString(SHIPPED)
                    .replace("      keystore: keys/evm.json\n      password-file: keys/evm.password\n", """
                                  web3signer: http://127.0.0.1:9000
                                  address: "0x000000000000000000000000000000000000000f"
                            """);
            var config = ConfigReader.read(Files.writeString(folder.resolve("waybill.yaml"), text));

            assertThat(config.chain(new ChainId("eip155:1337")).signer())
                    .isInstanceOf(WaybillConfig.Web3SignerConfig.class);
        }

        /// What stands in comments there is right as well, once they are taken away.
        @Test
        void understandsAConfluxChainAndAnEas() throws IOException {
            var text = uncommented(uncommented(Files.readString(SHIPPED), "- kind: conflux"), "- lane: evm-to-ledger")
                    .replace("eas: []", "eas:")
                    .replace(
                            "      - \"0x0000000000000000000000000000000000000007\"",
                            "      - \"0x0000000000000000000000000000000000000007\"\n"
                                    + "      - \"0x0000000000000000000000000000000000000032\"");
            var config = ConfigReader.read(Files.writeString(folder.resolve("waybill.yaml"), text));

            assertThat(config.chain(new ChainId("eip155:1030")))
                    .isInstanceOfSatisfying(WaybillConfig.Conflux.class, conflux -> {
                        assertThat(conflux.verifiers()).hasSize(3);
                        assertThat(conflux.coreRpc()).hasSize(1);
                    });
            assertThat(config.eas()).singleElement().satisfies(eas -> {
                assertThat(eas.lane()).isEqualTo("evm-to-ledger");
                assertThat(config.lanes().getFirst().senders()).contains(eas.source());
            });
        }

        /// A file without the comment signs of the block that begins so.
        private static String uncommented(String text, String begin) {
            int from = text.indexOf("  # " + begin);
            int to = text.indexOf("\n\n", from);
            return text.substring(0, from)
                    + text.substring(from, to).replaceAll("(?m)^  # ?", "  ")
                    + text.substring(to);
        }

        @Test
        void understandsTheShippedVerifier() {
            var config = ConfigReader.verifier(Path.of("..", "config", "verifier.yaml"));

            assertThat(config.chain()).isEqualTo(new ChainId("eip155:1030"));
            assertThat(config.coreRpc()).hasSize(1);
            assertThat(config.http().port()).isEqualTo(9301);
        }

        @Test
        void understandsTheShippedWatcher() {
            var config = ConfigReader.watcher(Path.of("..", "config", "watcher.yaml"));

            assertThat(config.chain()).isEqualTo(new ChainId("fisco:chain0-group0"));
            assertThat(config.crypto()).isEqualTo(WaybillConfig.Crypto.STANDARD);
            assertThat(config.ops().port()).isEqualTo(9211);
        }

        @Test
        void takesPathsRelativeToTheFile() {
            assertThat(ConfigReader.read(SHIPPED).store())
                    .isEqualTo(new WaybillConfig.StoreConfig.Embedded(
                            SHIPPED.toAbsolutePath().normalize().resolveSibling("data/postgres")));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "port: 8080 | port: 80800 | port: expected 0 to 65535, found 80800",
                    "finality: qbft | finality: pow | finality",
                    "id: eip155:1337 | id: besu | expected a CAIP-2 name such as eip155:1337, found besu",
                    "max-timeout: P7D | max-timeout: 7 days | expected an ISO-8601 duration such as PT5S, found 7 days",
                    "window: 10000 | window: 0 | lanes.window: expected ≥ 1, found 0",
                    "max-batch: 100 | max-batch: 501 | relayer.max-batch: expected 1 to 500, found 501",
                    "source: eip155:1337 | source: eip155:1 | lanes.source: expected one of",
                    "kind: solo | kind: duo | duo",
                    "eas: \\[] | eas: [{lane: no, contract: '0x0000000000000000000000000000000000000031', source: '0x0000000000000000000000000000000000000032', from: 1}] | eas.lane: expected one of",
                    "eas: \\[] | eas: [{lane: no, contract: '0x0000000000000000000000000000000000000031', source: '0x0000000000000000000000000000000000000032', from: -1}] | eas.from: expected ≥ 0, found -1",
                    "keystore: keys/evm.json | web3signer: http://127.0.0.1:9000 | signer",
                })
        void saysWhereAFileIsWrongWhatWasExpectedAndWhatWasFound(String right, String wrong, String message)
                throws IOException {
            var file = folder.resolve("waybill.yaml");
            Files.writeString(file, Files.readString(SHIPPED).replaceFirst(right, wrong));

            assertThatThrownBy(() -> ConfigReader.read(file))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(message);
        }

        @Test
        void refusesAKeyItDoesNotKnow() throws IOException {
            var file = folder.resolve("waybill.yaml");
            Files.writeString(file, Files.readString(SHIPPED).replaceFirst("  host: 127", "  prot: 1\n  host: 127"));

            assertThatThrownBy(() -> ConfigReader.read(file))
                    .hasMessageContaining("http.prot: unknown key; expected one of [host, port]");
        }

        @Test
        void refusesAFileWithAKeyMissing() throws IOException {
            var file = folder.resolve("waybill.yaml");
            Files.writeString(file, Files.readString(SHIPPED).replaceFirst("(?m)^    group: group0$", ""));

            assertThatThrownBy(() -> ConfigReader.read(file)).hasMessageContaining("group: the key is missing");
        }

        @Test
        void saysThatAFileIsMissing() {
            assertThatThrownBy(() -> ConfigReader.read(folder.resolve("none.yaml")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("expected a readable file");
        }
    }
}
