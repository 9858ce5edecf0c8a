package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tries and proofs that others made, in the vectors folder that `-Dwaybill.vectors` names; skipped without it.
class ForeignTriesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Path folder() {
        var root = System.getProperty("waybill.vectors");
        assumeTrue(root != null, "skipped: -Dwaybill.vectors names no folder");
        return Path.of(String.valueOf(root), "third-party/mpt");
    }

    private static JsonNode read(Path file) {
        return JSON.readTree(file.toFile());
    }

    private static Stream<Path> files(String pattern) {
        try (Stream<Path> found = Files.walk(folder())) {
            return found
                    .filter(file -> folder().relativize(file).toString().matches(pattern))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asString();
    }

    private static Bytes32 word(String hex) {
        var digits = hex.substring(2);
        return Bytes32.hex("0".repeat(64 - digits.length()) + digits);
    }

    private static List<Bytes> nodes(JsonNode proof) {
        return proof.valueStream().map(node -> Bytes.hex(node.asString())).toList();
    }

    @Nested
    class TrieTests {
        @TestFactory
        Stream<DynamicTest> haveTheRootsTheyStateAndProofsOfEveryKey() {
            return files("trietests/.*(order|trietest|secureTrie|securetrie_test)\\.json")
                    .flatMap(file -> read(file)
                            .propertyStream()
                            .map(test -> DynamicTest.dynamicTest(
                                    file.getFileName() + " " + test.getKey(),
                                    () -> check(test.getValue(), file.toString().contains("ecure")))));
        }

        private void check(JsonNode test, boolean secure) {
            var entries = entries(test.get("in"));
            var values = new HashMap<Bytes, Bytes>();
            entries.forEach((key, value) -> {
                if (!value.isEmpty()) values.put(secure ? hashed(key) : key, value);
            });
            var trie = MerklePatriciaTrie.of(values);
            assertThat(trie.root()).isEqualTo(Bytes32.hex(text(test, "root")));
            var keys = new ArrayList<>(entries.keySet());
            keys.add(Bytes.utf8("no such key"));
            for (var key : keys) {
                var place = secure ? hashed(key) : key;
                var value = values.get(place);
                assertThat(MerklePatriciaProof.lookUp(trie.root(), place, trie.proof(place)))
                        .isEqualTo(accept(value == null ? new Membership.Absent() : new Membership.Present(value)));
            }
        }

        private Bytes hashed(Bytes key) {
            return Digests.keccak256(key).value();
        }

        /// Later entries replace earlier ones; null and the empty text remove.
        private Map<Bytes, Bytes> entries(JsonNode in) {
            var entries = new HashMap<Bytes, Bytes>();
            if (in.isObject()) in.propertyStream().forEach(e -> entries.put(octets(e.getKey()), octets(e.getValue())));
            else in.valueStream().forEach(pair -> entries.put(octets(pair.get(0)), octets(pair.get(1))));
            return entries;
        }

        private Bytes octets(JsonNode value) {
            return value.isNull() ? Bytes.EMPTY : octets(value.asString());
        }

        private Bytes octets(String text) {
            return text.startsWith("0x") ? Bytes.hex(text) : Bytes.utf8(text);
        }
    }

    @Nested
    class Accounts {
        private Optional<EvmAccount> stated(JsonNode proof) {
            var balance = text(proof, "balance").substring(2);
            return Optional.of(new EvmAccount(
                    Long.parseUnsignedLong(text(proof, "nonce").substring(2), 16),
                    new BigInteger(balance, 16),
                    Bytes32.hex(text(proof, "storageHash")),
                    Bytes32.hex(text(proof, "codeHash"))));
        }

        private void check(Bytes32 stateRoot, JsonNode proof) {
            var account = new AccountProof(Address.hex(text(proof, "address")), nodes(proof.get("accountProof")));
            assertThat(account.verify(stateRoot)).isEqualTo(accept(stated(proof)));
            for (var slot : proof.get("storageProof")) {
                var shown = new StorageProof(word(text(slot, "key")), nodes(slot.get("proof")));
                assertThat(shown.verify(
                                account.existing(stateRoot).orElseThrow().storageRoot()))
                        .isEqualTo(accept(word(text(slot, "value"))));
            }
        }

        @TestFactory
        Stream<DynamicTest> ofAMainnetBlockAreWhatTheyState() {
            return files("helios/(block_miner_)?proof\\.json")
                    .map(file -> DynamicTest.dynamicTest(
                            file.toString(),
                            () -> check(
                                    Bytes32.hex(text(read(file.resolveSibling("block.json")), "stateRoot")),
                                    read(file))));
        }

        @TestFactory
        Stream<DynamicTest> ofAStateNamedByItsFirstNodeAreWhatTheyState() {
            return files("union/.*\\.json")
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                        var proof = read(file);
                        check(Digests.keccak256(nodes(proof.get("accountProof")).getFirst()), proof);
                    }));
        }

        @TestFactory
        Stream<DynamicTest> thatAVerifyingProxyAskedForAreWhatTheyState() {
            return files("lodestar-prover/.*\\.json")
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                        var recorded = read(file);
                        var stateRoot =
                                Bytes32.hex(text(recorded.get("execution").get("block"), "stateRoot"));
                        for (var proof : recorded.findParents("accountProof")) check(stateRoot, proof);
                    }));
        }

        @TestFactory
        Stream<DynamicTest> haveTheStorageRootsTheyState() {
            return files("telepathy/storageProof.*\\.json")
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                        var json = read(file);
                        var proof =
                                new AccountProof(Address.hex(text(json, "contractAddress")), nodes(json.get("proof")));
                        assertThat(proof.existing(Bytes32.hex(text(json, "stateRootHash")))
                                        .map(EvmAccount::storageRoot))
                                .isEqualTo(accept(Bytes32.hex(text(json, "storageRoot"))));
                    }));
        }
    }

    @Nested
    class Receipts {
        @TestFactory
        Stream<DynamicTest> areProvenWithTheLogOfTheirEmitter() {
            return files("telepathy/eventProof.*\\.json")
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                        var json = read(file);
                        var receipt = MerklePatriciaProof.verify(
                                        Bytes32.hex(text(json, "receiptsRoot")),
                                        Bytes.hex(text(json, "key")),
                                        nodes(json.get("proof")))
                                .then(EvmReceipt::decode)
                                .orElseThrow();
                        var log = receipt.logs().get(json.get("logIndex").asInt());
                        assertThat(log.address()).isEqualTo(Address.hex(text(json, "claimedEmitter")));
                        assertThat(receipt.bloom()).isEqualTo(EvmReceipt.bloom(receipt.logs()));
                    }));
        }
    }
}
