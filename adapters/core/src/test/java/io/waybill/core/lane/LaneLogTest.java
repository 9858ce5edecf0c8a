package io.waybill.core.lane;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneRejection;
import io.waybill.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LaneLogTest {
    private static final int MOST = 33;
    private static final List<Bytes> LEAVES = LaneScenarios.leaves(MOST);
    private static final LaneLog LOG = LaneLog.of(LEAVES);

    private static Checkpoint at(int size) {
        return LOG.checkpoint(LaneScenarios.LANE, size);
    }

    /// MTH of RFC 9162, 2.1.1, written as the text has it.
    private static Bytes32 treeHash(List<Bytes> leaves) {
        if (leaves.size() == 1) return LaneLog.leaf(leaves.getFirst());
        int k = Integer.highestOneBit(leaves.size() - 1);
        return LaneLog.node(treeHash(leaves.subList(0, k)), treeHash(leaves.subList(k, leaves.size())));
    }

    @Nested
    class Root {
        @Test
        void isTheTreeHashAtEverySize() {
            for (int size = 1; size <= MOST; size++) {
                assertThat(LOG.root(size)).isEqualTo(treeHash(LEAVES.subList(0, size)));
            }
        }

        @Test
        void foldsFromThePeaks() {
            for (int size = 1; size <= MOST; size++) {
                var peaks = LaneLog.of(LEAVES.subList(0, size)).peaks();
                assertThat(peaks).hasSize(Integer.bitCount(size));
                var root = peaks.getLast();
                for (int i = peaks.size() - 2; i >= 0; i--) root = LaneLog.node(peaks.get(i), root);
                assertThat(root).isEqualTo(LOG.root(size));
            }
        }

        @Test
        void isNotThereWithoutLeaves() {
            assertThatThrownBy(() -> new LaneLog().root()).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class Range {
        @Test
        void isProvenForEveryRangeOfEverySize() {
            for (int size = 1; size <= MOST; size++) {
                for (int first = 0; first < size; first++) {
                    for (int end = first + 1; end <= size; end++) {
                        var leaves = LEAVES.subList(first, end);
                        var proof = LOG.rangeProof(first, end, size);
                        assertThat(proof).hasSize(RangeProof.length(first, end, size));
                        assertThat(RangeProof.verify(at(size), first, leaves, proof))
                                .isEqualTo(accept(leaves));
                    }
                }
            }
        }

        @Test
        void isRefusedWithAnyOctetOfAHashChanged() {
            var proof = LOG.rangeProof(5, 9, 21);
            for (int hash = 0; hash < proof.size(); hash++) {
                for (int octet = 0; octet < 32; octet++) {
                    for (int flip : new int[] {1, 0x10, 0x80, 0xff}) {
                        var changed = new ArrayList<>(proof);
                        var value = proof.get(hash).value();
                        changed.set(hash, new Bytes32(value.with(octet, value.at(octet) ^ flip)));
                        assertThat(code(RangeProof.verify(at(21), 5, LEAVES.subList(5, 9), changed)))
                                .isEqualTo("RangeRootMismatch");
                    }
                }
            }
        }

        @Test
        void isRefusedWithAnyOctetOfALeafChanged() {
            var proof = LOG.rangeProof(5, 9, 21);
            for (int leaf = 0; leaf < 4; leaf++) {
                for (int octet = 0; octet < LEAVES.get(5 + leaf).size(); octet++) {
                    var changed = new ArrayList<>(LEAVES.subList(5, 9));
                    var value = changed.get(leaf);
                    changed.set(leaf, value.with(octet, value.at(octet) ^ 1));
                    assertThat(code(RangeProof.verify(at(21), 5, changed, proof)))
                            .isEqualTo("RangeRootMismatch");
                }
            }
        }

        @Test
        void isRefusedWithAnotherNumberOfHashes() {
            for (int first = 0; first < 21; first++) {
                for (int end = first + 1; end <= 21; end++) {
                    var proof = LOG.rangeProof(first, end, 21);
                    var longer = new ArrayList<>(proof);
                    longer.add(Bytes32.ZERO);
                    var leaves = LEAVES.subList(first, end);
                    assertThat(RangeProof.verify(at(21), first, leaves, longer))
                            .isEqualTo(reject(new LaneRejection.RangeProofLength(proof.size() + 1, proof.size())));
                    if (proof.isEmpty()) continue;
                    assertThat(RangeProof.verify(at(21), first, leaves, proof.subList(1, proof.size())))
                            .isEqualTo(reject(new LaneRejection.RangeProofLength(proof.size() - 1, proof.size())));
                }
            }
        }

        @Test
        void isRefusedBeyondTheSizeHoweverLarge() {
            var leaves = LEAVES.subList(0, 2);
            for (long first : new long[] {-1, 20, 21, 1L << 48, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertThat(RangeProof.verify(at(21), first, leaves, List.of()))
                        .isEqualTo(reject(new LaneRejection.RangeOutOfBounds(first, first + 2, 21)));
            }
        }

        @Test
        void isRefusedWithoutLeaves() {
            assertThat(RangeProof.verify(at(21), 5, List.of(), List.of()))
                    .isEqualTo(reject(new LaneRejection.EmptyRange()));
        }
    }

    @Nested
    class Consistency {
        @Test
        void isProvenBetweenAllSizes() {
            for (int later = 1; later <= MOST; later++) {
                for (int earlier = 1; earlier <= later; earlier++) {
                    var proof = LOG.consistencyProof(earlier, later);
                    assertThat(ConsistencyProof.verify(at(earlier), at(later), proof))
                            .isEqualTo(accept(at(later)));
                }
            }
        }

        @Test
        void isRefusedForAForkedLog() {
            var fork = new ArrayList<>(LEAVES);
            fork.set(3, Bytes.utf8("forked"));
            var forked = LaneLog.of(fork);
            for (int later = 5; later <= MOST; later++) {
                for (int earlier = 4; earlier <= later; earlier++) {
                    assertThat(ConsistencyProof.verify(
                                    at(earlier),
                                    forked.checkpoint(LaneScenarios.LANE, later),
                                    forked.consistencyProof(earlier, later)))
                            .isEqualTo(reject(new LaneRejection.InconsistentLog()));
                }
            }
        }

        @Test
        void isRefusedWithAnyHashChangedLeftOutOrAdded() {
            for (int earlier = 1; earlier < 21; earlier++) {
                var proof = LOG.consistencyProof(earlier, 21);
                for (int i = 0; i < proof.size(); i++) {
                    var changed = new ArrayList<>(proof);
                    changed.set(i, Bytes32.ZERO);
                    refused(earlier, changed);
                    changed.remove(i);
                    refused(earlier, changed);
                    changed = new ArrayList<>(proof);
                    changed.add(i, proof.get(i));
                    refused(earlier, changed);
                }
                var longer = new ArrayList<>(proof);
                longer.add(at(21).root());
                refused(earlier, longer);
                refused(earlier, List.of());
            }
        }

        @Test
        void isRefusedBackwards() {
            assertThat(ConsistencyProof.verify(at(8), at(7), List.of()))
                    .isEqualTo(reject(new LaneRejection.InconsistentLog()));
        }

        private void refused(int earlier, List<Bytes32> proof) {
            assertThat(ConsistencyProof.verify(at(earlier), at(21), proof))
                    .isEqualTo(reject(new LaneRejection.InconsistentLog()));
        }
    }

    private static String code(Verdict<?> verdict) {
        return verdict instanceof Verdict.Rejected<?>(var reason) ? reason.code() : "accepted";
    }
}
