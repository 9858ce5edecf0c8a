package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.KeyNotFound;
import io.waybill.core.EventRejection.MalformedNode;
import io.waybill.core.EventRejection.NodeHashMismatch;
import io.waybill.core.EventRejection.ProofEndsEarly;
import io.waybill.core.EventRejection.ProofNotConsumed;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Presence and absence in tries of every shape: proofs here are looked up, not only verified.
class LookUpTest {
    private static final Membership ABSENT = new Membership.Absent();
    private static final Bytes LONG = Bytes.hex("5a".repeat(40));

    private static Verdict<Membership> present(Bytes value) {
        return accept(new Membership.Present(value));
    }

    private static Bytes32 hash(Rlp node) {
        return Digests.keccak256(node.encode());
    }

    private static Rlp leaf(String packed, Bytes value) {
        return Rlp.list(Rlp.of(Bytes.hex(packed)), Rlp.of(value));
    }

    /// A branch with one child and a value.
    private static Rlp branch(int nibble, Rlp child, Bytes value) {
        var items = new ArrayList<Rlp>();
        for (int i = 0; i < 16; i++) items.add(i == nibble ? child : Rlp.of(Bytes.EMPTY));
        items.add(Rlp.of(value));
        return Rlp.list(items);
    }

    private static Verdict<Membership> lookUp(String key, Rlp... nodes) {
        var encoded = List.of(nodes).stream().map(Rlp::encode).toList();
        return MerklePatriciaProof.lookUp(hash(nodes[0]), Bytes.hex(key), encoded);
    }

    @Nested
    class RandomTries {
        /// Short keys and values, so that nodes of every kind come to lie in their parents.
        private Map<Bytes, Bytes> entries(SplittableRandom random) {
            var entries = new HashMap<Bytes, Bytes>();
            int count = random.nextInt(1, 60);
            for (int i = 0; i < count; i++) {
                var key = new byte[random.nextInt(1, 4)];
                var value = new byte[random.nextInt(1, random.nextBoolean() ? 4 : 50)];
                random.nextBytes(key);
                random.nextBytes(value);
                for (int j = 0; j < key.length; j++) key[j] &= 0x13;
                entries.put(Bytes.of(key), Bytes.of(value));
            }
            return entries;
        }

        /// The keys of a trie and as many random others, most of them absent.
        private List<Bytes> keys(Map<Bytes, Bytes> entries, int others) {
            var random = new SplittableRandom(entries.size());
            var keys = new ArrayList<>(entries.keySet());
            for (int i = 0; i < others; i++) {
                int drawn = random.nextInt() & 0x131313;
                keys.add(Bytes.u32(drawn).slice(1 + random.nextInt(3), 4));
            }
            return keys;
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
        void showEveryKeyAsItIs(long seed) {
            var entries = entries(new SplittableRandom(seed));
            var trie = MerklePatriciaTrie.of(entries);
            for (var key : keys(entries, 200)) {
                var value = entries.get(key);
                assertThat(MerklePatriciaProof.lookUp(trie.root(), key, trie.proof(key)))
                        .as("seed %d, key %s", seed, key)
                        .isEqualTo(value == null ? accept(ABSENT) : present(value));
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6})
        void areNeverShownOtherwiseThanTheyAre(long seed) {
            var entries = entries(new SplittableRandom(seed));
            var trie = MerklePatriciaTrie.of(entries);
            var keys = keys(entries, 20);
            for (var key : keys) {
                var truth = MerklePatriciaProof.lookUp(trie.root(), key, trie.proof(key));
                var nodes = trie.proof(key);
                for (int size = 0; size < nodes.size(); size++) {
                    assertThat(MerklePatriciaProof.lookUp(trie.root(), key, nodes.subList(0, size)))
                            .isEqualTo(reject(new ProofEndsEarly(size)));
                }
                var longer = new ArrayList<>(nodes);
                longer.add(LONG);
                assertThat(MerklePatriciaProof.lookUp(trie.root(), key, longer))
                        .isEqualTo(reject(new ProofNotConsumed(1)));
                for (var other : keys) {
                    var shown = MerklePatriciaProof.lookUp(trie.root(), key, trie.proof(other));
                    assertThat(!shown.isAccepted() || shown.equals(truth)).isTrue();
                }
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {7, 8})
        void admitNoChangedOctet(long seed) {
            var entries = entries(new SplittableRandom(seed));
            var trie = MerklePatriciaTrie.of(entries);
            for (var key : keys(entries, 0).subList(0, 5)) {
                var nodes = trie.proof(key);
                for (int at = 0; at < nodes.size(); at++) {
                    for (int i = 0; i < nodes.get(at).size(); i++) {
                        var changed = new ArrayList<>(nodes);
                        changed.set(at, nodes.get(at).with(i, nodes.get(at).at(i) ^ 1));
                        assertThat(MerklePatriciaProof.lookUp(trie.root(), key, changed))
                                .isEqualTo(reject(new NodeHashMismatch(at)));
                    }
                }
            }
        }
    }

    @Nested
    class Absence {
        @Test
        void isShownByAnEmptySlotOfABranch() {
            var child = leaf("20", LONG);
            var root = branch(1, Rlp.of(hash(child).value()), Bytes.EMPTY);
            assertThat(lookUp("20", root)).isEqualTo(accept(ABSENT));
            assertThat(lookUp("20", root, child)).isEqualTo(reject(new ProofNotConsumed(1)));
            assertThat(lookUp("10", root)).isEqualTo(reject(new ProofEndsEarly(1)));
        }

        @Test
        void isShownByABranchWithoutAValueWhereTheKeyEnds() {
            var root = branch(1, branch(2, leaf("31", Bytes.of(1)), Bytes.EMPTY), Bytes.of(9));
            assertThat(lookUp("", root)).isEqualTo(present(Bytes.of(9)));
            assertThat(lookUp("", branch(1, leaf("31", Bytes.of(1)), Bytes.EMPTY)))
                    .isEqualTo(accept(ABSENT));
        }

        @Test
        void isShownByALeafOfAnotherKey() {
            assertThat(lookUp("12", leaf("2012", LONG))).isEqualTo(present(LONG));
            assertThat(lookUp("13", leaf("2012", LONG))).isEqualTo(accept(ABSENT));
            assertThat(lookUp("1234", leaf("2012", LONG))).isEqualTo(accept(ABSENT));
            assertThat(lookUp("12", leaf("201234", LONG))).isEqualTo(accept(ABSENT));
        }

        @Test
        void isShownByAnExtensionThatLeadsElsewhere() {
            var below = branch(3, leaf("34", LONG), Bytes.of(7));
            var root = Rlp.list(Rlp.of(Bytes.hex("0012")), Rlp.of(hash(below).value()));
            assertThat(lookUp("12", root, below)).isEqualTo(present(Bytes.of(7)));
            assertThat(lookUp("13", root)).isEqualTo(accept(ABSENT));
            assertThat(lookUp("22", root)).isEqualTo(accept(ABSENT));
            assertThat(lookUp("", root)).isEqualTo(accept(ABSENT));
            assertThat(lookUp("13", root, below)).isEqualTo(reject(new ProofNotConsumed(1)));
        }

        @Test
        void isNotShownWhereOnlyMembershipIsJudged() {
            var root = leaf("2012", LONG);
            assertThat(MerklePatriciaProof.verify(hash(root), Bytes.hex("13"), List.of(root.encode())))
                    .isEqualTo(reject(new KeyNotFound(0)));
        }
    }

    @Nested
    class EmbeddedNodes {
        private final Rlp leaf = leaf("34", Bytes.of(1, 2));
        private final Rlp inner = branch(3, leaf, Bytes.EMPTY);
        private final Rlp root = Rlp.list(Rlp.of(Bytes.hex("0012")), inner);

        @Test
        void areEnteredWhereTheyLie() {
            assertThat(inner.encode().size()).isLessThan(32);
            assertThat(lookUp("1234", root)).isEqualTo(present(Bytes.of(1, 2)));
            assertThat(lookUp("1235", root)).isEqualTo(accept(ABSENT));
            assertThat(lookUp("1244", root)).isEqualTo(accept(ABSENT));
        }

        @Test
        void mayBeRepeatedInTheirOrderAndNothingElseMay() {
            assertThat(lookUp("1234", root, inner, leaf)).isEqualTo(present(Bytes.of(1, 2)));
            assertThat(lookUp("1234", root, leaf)).isEqualTo(present(Bytes.of(1, 2)));
            assertThat(lookUp("1234", root, leaf, inner)).isEqualTo(reject(new ProofNotConsumed(1)));
            assertThat(lookUp("1234", root, inner, inner)).isEqualTo(reject(new ProofNotConsumed(1)));
            assertThat(lookUp("1244", root, inner, leaf)).isEqualTo(reject(new ProofNotConsumed(1)));
        }

        @Test
        void areShorterThanAHash() {
            var of31 = leaf("34", Bytes.hex("5a".repeat(28)));
            var of32 = leaf("34", Bytes.hex("5a".repeat(29)));
            assertThat(of31.encode().size()).isEqualTo(31);
            assertThat(lookUp("34", branch(3, of31, Bytes.EMPTY))).isEqualTo(present(Bytes.hex("5a".repeat(28))));
            assertThat(lookUp("34", branch(3, of32, Bytes.EMPTY))).isEqualTo(reject(new MalformedNode(0)));
        }

        @Test
        void areNotNamedByAHash() {
            var of31 = leaf("34", Bytes.hex("5a".repeat(28)));
            var of32 = leaf("34", Bytes.hex("5a".repeat(29)));
            var naming31 = branch(3, Rlp.of(hash(of31).value()), Bytes.EMPTY);
            var naming32 = branch(3, Rlp.of(hash(of32).value()), Bytes.EMPTY);
            assertThat(lookUp("34", naming31, of31)).isEqualTo(reject(new MalformedNode(1)));
            assertThat(lookUp("34", naming32, of32)).isEqualTo(present(Bytes.hex("5a".repeat(29))));
        }

        @Test
        void areRefusedInAReceiptsTrie() {
            assertThat(MerklePatriciaProof.verify(hash(root), Bytes.hex("1234"), List.of(root.encode())))
                    .isEqualTo(reject(new MalformedNode(0)));
        }
    }

    @Nested
    class Nodes {
        @Test
        void haveSeventeenItemsOrTwo() {
            for (int count = 0; count < 19; count++) {
                var items = new ArrayList<Rlp>();
                for (int i = 0; i < count; i++) items.add(Rlp.of(Bytes.hex("20")));
                var outcome = lookUp("", Rlp.list(items));
                boolean known = count == 2 || count == 17;
                assertThat(outcome)
                        .as("%d items", count)
                        .isEqualTo(known ? present(Bytes.hex("20")) : reject(new MalformedNode(0)));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "40", "5012", "8012", "f1", "2112", "0112", "00"})
        void haveAPathInItsOneForm(String packed) {
            assertThat(lookUp("12", leaf(packed, LONG))).isEqualTo(reject(new MalformedNode(0)));
        }

        @Test
        void holdSomething() {
            assertThat(lookUp("12", leaf("2012", Bytes.EMPTY))).isEqualTo(reject(new MalformedNode(0)));
            assertThat(lookUp("12", leaf("0012", Bytes.EMPTY))).isEqualTo(reject(new MalformedNode(0)));
            assertThat(lookUp("12", leaf("0012", Bytes.of(1, 2, 3)))).isEqualTo(reject(new MalformedNode(0)));
            assertThat(lookUp("12", branch(1, Rlp.of(Bytes.hex("5a".repeat(33))), Bytes.EMPTY)))
                    .isEqualTo(reject(new MalformedNode(0)));
        }

        @Test
        void areNeverTakenForValuesNorValuesForNodes() {
            var node = leaf("32", LONG);
            var listed = Rlp.list(Rlp.of(Bytes.hex("2012")), node);
            assertThat(lookUp("12", listed)).isEqualTo(reject(new MalformedNode(0)));
            var holding = leaf("31", node.encode());
            assertThat(lookUp("12", branch(1, Rlp.of(hash(holding).value()), Bytes.EMPTY), holding))
                    .isEqualTo(accept(ABSENT));
        }

        @Test
        void areCanonical() {
            var padded = Bytes.hex("c4822012820102");
            assertThat(MerklePatriciaProof.lookUp(Digests.keccak256(padded), Bytes.hex("12"), List.of(padded)))
                    .isEqualTo(reject(new MalformedNode(0)));
            var prefixed = Bytes.hex("c58220128107");
            assertThat(MerklePatriciaProof.lookUp(Digests.keccak256(prefixed), Bytes.hex("12"), List.of(prefixed)))
                    .isEqualTo(reject(new MalformedNode(0)));
            var minimal = Bytes.hex("c482201207");
            assertThat(MerklePatriciaProof.lookUp(Digests.keccak256(minimal), Bytes.hex("12"), List.of(minimal)))
                    .isEqualTo(present(Bytes.of(7)));
        }
    }
}
