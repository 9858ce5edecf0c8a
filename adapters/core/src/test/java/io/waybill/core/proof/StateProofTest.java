package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.AccountAbsent;
import io.waybill.core.EventRejection.MalformedAccount;
import io.waybill.core.EventRejection.MalformedSlot;
import io.waybill.core.EventRejection.NodeHashMismatch;
import io.waybill.core.EventRejection.ProofEndsEarly;
import io.waybill.core.EventRejection.ProofNotConsumed;
import io.waybill.core.client.qbft.BesuVectors;
import io.waybill.core.digest.Digests;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StateProofTest {
    private static final JsonNode ANVIL = BesuVectors.read("/vectors/evm/anvil-block.json");
    private static final Bytes32 STATE_ROOT = Bytes32.hex(BesuVectors.text(ANVIL.get("block"), "stateRoot"));

    private static List<Bytes> nodes(JsonNode proof) {
        return proof.valueStream().map(node -> Bytes.hex(node.asString())).toList();
    }

    private static AccountProof account(JsonNode proof) {
        return new AccountProof(Address.hex(BesuVectors.text(proof, "address")), nodes(proof.get("accountProof")));
    }

    private static Bytes32 slot(long number) {
        return new Bytes32(Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(number)));
    }

    private static Bytes hashed(Bytes preimage) {
        return Digests.keccak256(preimage).value();
    }

    @Nested
    class Account {
        private final EvmAccount account = new EvmAccount(7, BigInteger.TEN.pow(30), slot(1), slot(2));

        @Test
        void ofARealStateIsWhatItsNodeSays() {
            var proof = ANVIL.get("proof");

            assertThat(account(proof).verify(STATE_ROOT))
                    .isEqualTo(accept(Optional.of(new EvmAccount(
                            BesuVectors.quantity(proof, "nonce"),
                            BigInteger.valueOf(BesuVectors.quantity(proof, "balance")),
                            Bytes32.hex(BesuVectors.text(proof, "storageHash")),
                            Bytes32.hex(BesuVectors.text(proof, "codeHash"))))));
        }

        @Test
        void thatIsAbsentFromARealStateIsProvenAbsent() {
            var proof = account(ANVIL.get("absentAccountProof"));

            assertThat(proof.verify(STATE_ROOT)).isEqualTo(accept(Optional.empty()));
            assertThat(proof.existing(STATE_ROOT)).isEqualTo(reject(new AccountAbsent(proof.address())));
        }

        @Test
        void thatExistsIsNeverProvenAbsent() {
            var present = account(ANVIL.get("proof"));
            for (int size = 0; size < present.nodes().size(); size++) {
                var cut = new AccountProof(present.address(), present.nodes().subList(0, size));
                assertThat(cut.verify(STATE_ROOT)).isEqualTo(reject(new ProofEndsEarly(size)));
            }
            var absent = account(ANVIL.get("absentAccountProof"));
            assertThat(new AccountProof(present.address(), absent.nodes())
                            .verify(STATE_ROOT)
                            .isAccepted())
                    .isFalse();
            assertThat(new AccountProof(absent.address(), present.nodes())
                            .verify(STATE_ROOT)
                            .isAccepted())
                    .isFalse();
        }

        @Test
        void isRefusedUnderAnotherStateRoot() {
            assertThat(account(ANVIL.get("proof")).verify(slot(5))).isEqualTo(reject(new NodeHashMismatch(0)));
        }

        @Test
        void readsWhatItWrote() {
            assertThat(EvmAccount.decode(account.encode())).isEqualTo(accept(account));
            var poor = new EvmAccount(0, BigInteger.ZERO, slot(1), slot(2));
            assertThat(EvmAccount.decode(poor.encode())).isEqualTo(accept(poor));
            var rich = new EvmAccount(-1, BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE), slot(1), slot(2));
            assertThat(EvmAccount.decode(rich.encode())).isEqualTo(accept(rich));
        }

        @Test
        void isFourFieldsEachInItsOneForm() {
            var fields = List.of(Bytes.of(7), Bytes.of(9), slot(1).value(), slot(2).value());
            refuses(fields.subList(0, 3), "fields");
            refuses(List.of(fields.get(0), fields.get(1), fields.get(2), fields.get(3), Bytes.EMPTY), "fields");
            refuses(with(fields, 0, Bytes.hex("0007")), "a number with a leading zero");
            refuses(with(fields, 0, Bytes.hex("01".repeat(9))), "a number of 9 octets");
            refuses(with(fields, 1, Bytes.hex("0009")), "balance");
            refuses(with(fields, 1, Bytes.hex("01".repeat(33))), "balance");
            refuses(with(fields, 2, Bytes.hex("01".repeat(31))), "storageRoot");
            refuses(with(fields, 3, Bytes.hex("01".repeat(33))), "codeHash");
        }

        private List<Bytes> with(List<Bytes> fields, int index, Bytes octets) {
            var changed = new ArrayList<>(fields);
            changed.set(index, octets);
            return changed;
        }

        private void refuses(List<Bytes> fields, String part) {
            var octets = Rlp.list(fields, Rlp::of).encode();
            assertThat(EvmAccount.decode(octets)).isEqualTo(reject(new MalformedAccount(part)));
        }
    }

    @Nested
    class Storage {
        @Test
        void ofARealContractIsWhatItsNodeSaysPresentOrAbsent() {
            var proof = ANVIL.get("proof");
            var root = account(proof).existing(STATE_ROOT).orElseThrow().storageRoot();
            var values = new ArrayList<Bytes32>();
            for (var entry : proof.get("storageProof")) {
                var shown = new StorageProof(word(BesuVectors.text(entry, "key")), nodes(entry.get("proof")));
                assertThat(shown.verify(root)).isEqualTo(accept(word(BesuVectors.text(entry, "value"))));
                values.add(shown.verify(root).orElseThrow());
            }
            assertThat(values).contains(Bytes32.ZERO).anyMatch(value -> !value.isZero());
        }

        @Test
        void holdsEveryWordOfATrieAndNoOther() {
            var values = new HashMap<Bytes, Bytes>();
            for (int i = 0; i < 200; i++)
                values.put(hashed(slot(i).value()), Rlp.of(i + 1L).encode());
            var trie = MerklePatriciaTrie.of(values);
            for (int i = 0; i < 400; i++) {
                var proof = new StorageProof(slot(i), trie.proof(hashed(slot(i).value())));
                assertThat(proof.verify(trie.root())).isEqualTo(accept(slot(i < 200 ? i + 1 : 0)));
            }
        }

        @Test
        void ofAnEmptyStorageIsZeroEverywhere() {
            var empty = MerklePatriciaTrie.EMPTY_ROOT;
            assertThat(new StorageProof(slot(0), List.of()).verify(empty)).isEqualTo(accept(Bytes32.ZERO));
            assertThat(new StorageProof(slot(0), List.of(Bytes.of(0x80))).verify(empty))
                    .isEqualTo(accept(Bytes32.ZERO));
            assertThat(new StorageProof(slot(0), List.of(Bytes.of(0x80), Bytes.of(0x80))).verify(empty))
                    .isEqualTo(reject(new ProofNotConsumed(1)));
            assertThat(new StorageProof(slot(0), List.of(Bytes.of(0xc0))).verify(empty))
                    .isEqualTo(reject(new NodeHashMismatch(0)));
            assertThat(new StorageProof(slot(0), List.of()).verify(slot(1))).isEqualTo(reject(new ProofEndsEarly(0)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "80",
                    "00",
                    "8200ff",
                    "c0",
                    "c101",
                    "a1010101010101010101010101010101010101010101010101010101010101010101"
                })
        void isAWordInItsOneForm(String value) {
            var trie = MerklePatriciaTrie.of(Map.of(hashed(slot(3).value()), Bytes.hex(value)));
            var proof = new StorageProof(slot(3), trie.proof(hashed(slot(3).value())));
            assertThat(proof.verify(trie.root())).isEqualTo(reject(new MalformedSlot(slot(3))));
        }

        @Test
        void ofAnArrayBeginsAtTheHashOfItsSlot() {
            var first = Bytes32.hex("0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563");
            assertThat(StorageProof.element(slot(0), 0)).isEqualTo(first);
            assertThat(StorageProof.element(slot(0), 4))
                    .isEqualTo(new Bytes32(first.value().with(31, 0x67)));
        }

        private Bytes32 word(String hex) {
            var value = new BigInteger(hex.substring(2), 16);
            var digits = value.toString(16);
            return Bytes32.hex("0".repeat(64 - digits.length()) + digits);
        }
    }
}
