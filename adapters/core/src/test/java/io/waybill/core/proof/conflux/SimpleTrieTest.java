package io.waybill.core.proof.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.MalformedTrieProof;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.conflux.SimpleTrieProof.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimpleTrieTest {
    private static List<Bytes> values(int count) {
        return IntStream.range(0, count).mapToObj(i -> Bytes.utf8("v" + i)).toList();
    }

    private static Verdict<SimpleTrieProof> read(Rlp item) {
        return Rlp.read(item, MalformedTrieProof::new, SimpleTrieProof::read);
    }

    private static Verdict<SimpleTrieProof> malformed(String part) {
        return Verdict.reject(new MalformedTrieProof(part));
    }

    @Nested
    class Root {
        @Test
        void isThatOfTheReferenceVectors() {
            assertThat(SimpleTrie.of(values(17)).root())
                    .isEqualTo(Bytes32.hex("29c82f45cb6f0a7cb5d26c68fa42ad064715a0c1e5f045da0936dbb5db810c74"));
            assertThat(SimpleTrie.of(values(257)).root())
                    .isEqualTo(Bytes32.hex("bb497bfc150a516897c96fa178a7f697fe0b5b61b07ef20833b71df47f3838af"));
            assertThat(SimpleTrie.of(List.of(Bytes.utf8("00"))).root())
                    .isEqualTo(Bytes32.hex("088a0358848963cdf0053ab41463536e42bc29279ad417b72c0aa5734caf70e7"));
        }

        @Test
        void ofNothingIsTheHashOfNothing() {
            assertThat(SimpleTrie.of(List.of()).root()).isEqualTo(Digests.keccak256(Bytes.EMPTY));
        }

        @Test
        void isThatOfEpochsOfEmptyBlocks() {
            assertThat(new EpochReceipts(List.of(List.of())).root())
                    .isEqualTo(Bytes32.hex("09f8709ea9f344a810811a373b30861568f5686e649d6177fd92ea2db7477508"));
            assertThat(new EpochReceipts(List.of(List.of(), List.of())).root())
                    .isEqualTo(Bytes32.hex("12af19d53c378426ebe08ad33e48caf3efdaaade0994770c161c0637e65a6566"));
        }
    }

    @Nested
    class Proof {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 15, 16, 17, 18, 33, 255, 256, 257, 300, 4097})
        void leadsFromEveryValueToTheRootAndNamesItsIndex(int count) {
            var values = values(count);
            var trie = SimpleTrie.of(values);
            for (int i = 0; i < count; i += 1 + count / 64) {
                var proof = trie.proof(i);

                assertThat(read(proof.item())).isEqualTo(Verdict.accept(proof));
                assertThat(proof.root(values.get(i))).isEqualTo(trie.root());
                assertThat(proof.index()).isEqualTo(i);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 17, 257})
        void leadsFromNoOtherValueToTheRoot(int count) {
            var trie = SimpleTrie.of(values(count));

            assertThat(trie.proof(1).root(Bytes.utf8("v0"))).isNotEqualTo(trie.root());
        }

        @Test
        void takesNoInnerNodeForALeaf() {
            var trie = SimpleTrie.of(values(17));
            var proof = trie.proof(3);
            var shorter = new SimpleTrieProof(proof.steps().subList(0, 1), Bytes.EMPTY);
            var children = Bytes.concat(proof.steps().getLast().siblings().stream()
                    .map(Bytes32::value)
                    .toList());

            assertThat(shorter.root(children)).isNotEqualTo(trie.root());
        }

        @Test
        void mustBeginAtTheRoot() {
            var proof = SimpleTrie.of(values(257)).proof(3);
            var whole =
                    new SimpleTrieProof(proof.steps().subList(1, proof.steps().size()), proof.leafPath());
            var first = proof.steps().getFirst();
            var withPath = new Step(Bytes.of(0), first.nibble(), first.siblings());

            assertThat(read(new SimpleTrieProof(List.of(withPath), Bytes.EMPTY).item()))
                    .isEqualTo(malformed("root"));
            assertThat(read(new SimpleTrieProof(List.of(), Bytes.of(0, 1)).item()))
                    .isEqualTo(malformed("root"));
            assertThat(whole.root(Bytes.utf8("v3")))
                    .isNotEqualTo(SimpleTrie.of(values(257)).root());
        }

        @Test
        void isRefusedWithSiblingsAddedLeftOutOrSpelledOut() {
            var proof = SimpleTrie.of(values(3)).proof(1);
            var step = proof.steps().getFirst();
            var more = new ArrayList<>(step.siblings());
            more.add(SimpleNode.NONE);
            var none = Collections.nCopies(15, SimpleNode.NONE);
            var spelled = Rlp.list(
                    Rlp.list(Rlp.list(
                            Rlp.of(step.path()),
                            Rlp.of(step.nibble()),
                            Rlp.list(step.siblings(), hash -> Rlp.of(hash.value())))),
                    Rlp.of(proof.leafPath()));

            assertThat(read(with(proof, more))).isEqualTo(malformed("siblings"));
            assertThat(read(with(proof, more.subList(0, 14)))).isEqualTo(malformed("siblings"));
            assertThat(read(with(proof, none))).isEqualTo(malformed("siblings"));
            assertThat(read(spelled)).isEqualTo(malformed("siblings"));
        }

        private Rlp with(SimpleTrieProof proof, List<Bytes32> siblings) {
            var step = proof.steps().getFirst();
            return new SimpleTrieProof(List.of(new Step(step.path(), step.nibble(), siblings)), proof.leafPath())
                    .item();
        }

        @Test
        void isRefusedWithNibblesThatAreNoneOrTooMany() {
            var step = SimpleTrie.of(values(3)).proof(1).steps().getFirst();
            var sixteen = new Step(step.path(), 16, step.siblings());
            var nine = new SimpleTrieProof(Collections.nCopies(9, step), Bytes.EMPTY);

            assertThat(read(new SimpleTrieProof(List.of(), Bytes.of(16)).item()))
                    .isEqualTo(malformed("path"));
            assertThat(read(new SimpleTrieProof(List.of(sixteen), Bytes.EMPTY).item()))
                    .isEqualTo(malformed("nibble"));
            assertThat(read(nine.item())).isEqualTo(malformed("length"));
            assertThat(read(new SimpleTrieProof(List.of(), Bytes.EMPTY).item())).isEqualTo(malformed("length"));
        }
    }
}
