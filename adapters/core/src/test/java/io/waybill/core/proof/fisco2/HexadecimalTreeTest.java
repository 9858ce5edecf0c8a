package io.waybill.core.proof.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.GroupPosition;
import io.waybill.core.EventRejection.MalformedGroup;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.EventRejection.TooManyGroups;
import io.waybill.core.Fisco2Rejection.TreeIndexOutOfRange;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco2.HexadecimalTree.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HexadecimalTreeTest {
    private static final FiscoSuite SUITE = FiscoSuite.STANDARD;

    private static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    private static List<Bytes32> hashes(int count) {
        return IntStream.range(0, count).mapToObj(i -> word("leaf/" + i)).toList();
    }

    private static Bytes leaf(int index) {
        return Bytes.concat(Rlp.of(index).encode(), word("leaf/" + index).value());
    }

    private static Bytes rowOf(int from, int to) {
        return Bytes.concat(
                IntStream.range(from, to).mapToObj(HexadecimalTreeTest::leaf).toList());
    }

    private static Verdict<Long> verify(List<Bytes32> all, List<List<Bytes32>> rows, long index) {
        return HexadecimalTree.verify(SUITE, word("leaf/" + index), rows, index, HexadecimalTree.root(SUITE, all));
    }

    private static List<List<Bytes32>> proof(List<Bytes32> all, int index) {
        return HexadecimalTree.proof(SUITE, all, index);
    }

    @Nested
    class Root {
        @ParameterizedTest
        @EnumSource(FiscoSuite.class)
        void ofNothingIsTheHashOfNothing(FiscoSuite suite) {
            assertThat(HexadecimalTree.root(suite, List.of())).isEqualTo(suite.hash(Bytes.EMPTY));
        }

        @Test
        void ofOneLeafIsItsHash() {
            assertThat(HexadecimalTree.root(SUITE, hashes(1))).isEqualTo(SUITE.hash(leaf(0)));
        }

        @Test
        void ofUpToSixteenIsTheHashOfTheHashOfTheRow() {
            assertThat(HexadecimalTree.root(SUITE, hashes(2)))
                    .isEqualTo(SUITE.hash(SUITE.hash(rowOf(0, 2)).value()));
            assertThat(HexadecimalTree.root(SUITE, hashes(16)))
                    .isEqualTo(SUITE.hash(SUITE.hash(rowOf(0, 16)).value()));
        }

        @Test
        void ofSeventeenHasALoneLeafBesideAFullRow() {
            var upper = Bytes.concat(
                    SUITE.hash(rowOf(0, 16)).value(), SUITE.hash(rowOf(16, 17)).value());

            assertThat(HexadecimalTree.root(SUITE, hashes(17)))
                    .isEqualTo(SUITE.hash(SUITE.hash(upper).value()));
        }
    }

    @Nested
    class Proofs {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 15, 16, 17, 33, 129, 255, 256, 257, 300})
        void ofEveryLeafHold(int count) {
            var all = hashes(count);
            for (int i = 0; i < count; i++)
                assertThat(verify(all, proof(all, i), i)).isEqualTo(accept((long) i));
        }

        @Test
        void ofABlockOf4097LeavesHaveFourRows() {
            var all = hashes(4097);
            for (int i : new int[] {0, 255, 256, 4095, 4096}) {
                assertThat(proof(all, i)).hasSize(4);
                assertThat(verify(all, proof(all, i), i)).isEqualTo(accept((long) i));
            }
        }

        @Test
        void areRefusedAtEveryOtherIndex() {
            var all = hashes(20);
            var rows = proof(all, 3);
            for (int i = 0; i < 300; i++) {
                if (i != 3)
                    assertThat(verify(all, rows, i).isAccepted())
                            .as("index %d", i)
                            .isFalse();
            }
        }

        @Test
        void areRefusedAtAnIndexTheyHaveNoRoomFor() {
            var all = hashes(20);
            var rows = proof(all, 3);
            for (long index : new long[] {256, 3 + 256, 1L << 16, 1L << 32, (1L << 32) + 3, -1, Long.MIN_VALUE + 3}) {
                assertThat(verify(all, rows, index)).isEqualTo(reject(new TreeIndexOutOfRange(index, 2)));
            }
            assertThat(verify(hashes(1), List.of(), 1)).isEqualTo(reject(new TreeIndexOutOfRange(1, 0)));
        }

        @Test
        void haveNoRowTooManyOrTooFew() {
            var all = hashes(20);
            var rows = proof(all, 3);
            var longer = new ArrayList<>(rows);
            longer.add(List.of());
            assertThat(verify(all, longer, 3)).isEqualTo(reject(new MalformedGroup(2)));
            longer.set(2, List.of(word("more")));
            assertThat(verify(all, longer, 3).isAccepted()).isFalse();
            assertThat(verify(all, rows.subList(0, 1), 3).isAccepted()).isFalse();
            assertThat(verify(all, List.of(), 0).isAccepted()).isFalse();
            assertThat(verify(all, Collections.nCopies(5, rows.getFirst()), 3)).isEqualTo(reject(new TooManyGroups(5)));
        }

        @Test
        void haveNoEntryTooManyOrTooFew() {
            var all = hashes(20);
            var rows = proof(all, 3);
            var more = new ArrayList<>(rows.getFirst());
            more.add(word("more"));
            assertThat(verify(all, List.of(more, rows.get(1)), 3)).isEqualTo(reject(new MalformedGroup(0)));
            var fewer = rows.getFirst().subList(0, 14);
            assertThat(verify(all, List.of(fewer, rows.get(1)), 3)).isEqualTo(reject(new GroupPosition(1)));
            assertThat(verify(all, List.of(List.of(), rows.get(1)), 3)).isEqualTo(reject(new GroupPosition(0)));
            var twice = new ArrayList<>(rows.getFirst());
            twice.set(1, twice.getFirst());
            assertThat(verify(all, List.of(twice, rows.get(1)), 3).isAccepted()).isFalse();
        }

        @Test
        void beginWithAShortRowOnlyAtTheEndOfTheTree() {
            var all = hashes(40);
            var rows = proof(all, 39);
            assertThat(rows.getFirst()).hasSize(7);
            assertThat(verify(all, rows, 39)).isEqualTo(accept(39L));
            var follower = new ArrayList<>(rows.get(1));
            follower.add(word("after"));
            assertThat(verify(all, List.of(rows.getFirst(), follower), 39)).isEqualTo(reject(new GroupPosition(1)));
        }

        /// A row above is as long as no row of leaves, so no node is a leaf and no leaf a node.
        @Test
        void neverTakeANodeForALeaf() {
            var all = hashes(256);
            var rows = proof(all, 0);
            var root = HexadecimalTree.root(SUITE, all);
            var node = SUITE.hash(rowOf(0, 16));
            for (int i = 0; i < 16; i++) {
                assertThat(HexadecimalTree.verify(SUITE, node, rows.subList(1, 2), i, root)
                                .isAccepted())
                        .isFalse();
            }
            var top = SUITE.hash(Bytes.concat(IntStream.range(0, 16)
                    .mapToObj(i -> SUITE.hash(rowOf(16 * i, 16 * i + 16)).value())
                    .toList()));
            assertThat(SUITE.hash(top.value())).isEqualTo(root);
            assertThat(HexadecimalTree.verify(SUITE, top, List.of(), 0, root).isAccepted())
                    .isFalse();
        }

        @Test
        void areRefusedUnderAnotherRoot() {
            var all = hashes(20);
            var verdict = HexadecimalTree.verify(SUITE, word("leaf/3"), proof(all, 3), 3, word("other"));

            assertThat(verdict)
                    .isEqualTo(reject(new ReceiptsRootMismatch(word("other"), HexadecimalTree.root(SUITE, all))));
        }
    }

    @Nested
    class Units {
        private final List<Bytes32> all = hashes(20);

        private List<Unit> units(int index) {
            var units = new ArrayList<Unit>();
            var rows = proof(all, index);
            for (int i = 0; i < rows.size(); i++) {
                int own = (index >> (4 * i)) & 15;
                int from = (index >> (4 * i)) - own;
                var entries = new ArrayList<Bytes>();
                for (var hash : rows.get(i)) {
                    int place = from + entries.size() + (entries.size() >= own ? 1 : 0);
                    entries.add(
                            i > 0 ? hash.value() : Bytes.concat(Rlp.of(place).encode(), hash.value()));
                }
                units.add(new Unit(entries.subList(0, own), entries.subList(own, entries.size())));
            }
            units.add(new Unit(List.of(), List.of()));
            return units;
        }

        @Test
        void ofANodeAreReadAsRows() {
            for (int i = 0; i < 20; i++) {
                assertThat(HexadecimalTree.rows(units(i), i)).isEqualTo(accept(proof(all, i)));
            }
        }

        @Test
        void endWithAnEmptyOne() {
            assertThat(HexadecimalTree.rows(List.of(), 3)).isEqualTo(reject(new MalformedGroup(0)));
            assertThat(HexadecimalTree.rows(units(3).subList(0, 2), 3)).isEqualTo(reject(new MalformedGroup(2)));
            assertThat(HexadecimalTree.rows(Collections.nCopies(6, units(3).getLast()), 3))
                    .isEqualTo(reject(new TooManyGroups(5)));
        }

        @Test
        void areNoOpaqueStrings() {
            var units = units(3);
            var first = units.getFirst();
            var merged = new Unit(List.of(Bytes.concat(first.left())), first.right());
            assertThat(HexadecimalTree.rows(List.of(merged, units.get(1), units.get(2)), 3))
                    .isEqualTo(reject(new GroupPosition(0)));
            var right = new Unit(first.left(), List.of(Bytes.concat(first.right())));
            assertThat(HexadecimalTree.rows(List.of(right, units.get(1), units.get(2)), 3))
                    .isEqualTo(reject(new MalformedGroup(0)));
        }

        @Test
        void bearTheirPlaces() {
            var units = units(3);
            assertThat(HexadecimalTree.rows(units, 2)).isEqualTo(reject(new GroupPosition(0)));
            assertThat(HexadecimalTree.rows(units, 19)).isEqualTo(reject(new MalformedGroup(0)));
            var relabelled = new ArrayList<>(units.getFirst().left());
            Collections.swap(relabelled, 0, 1);
            var swapped = new Unit(relabelled, units.getFirst().right());
            assertThat(HexadecimalTree.rows(List.of(swapped, units.get(1), units.get(2)), 3))
                    .isEqualTo(reject(new MalformedGroup(0)));
            assertThat(HexadecimalTree.rows(units, -1)).isEqualTo(reject(new TreeIndexOutOfRange(-1, 2)));
        }
    }
}
