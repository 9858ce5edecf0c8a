package io.waybill.core.client.beacon.ssz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SszTest {
    private static Bytes32 hashed(Bytes32 left, Bytes32 right) {
        return Digests.sha256(Bytes.concat(left.value(), right.value()));
    }

    @Nested
    class Roots {
        @Test
        void numbersAreLittleEndian() {
            assertThat(Ssz.u64(0x0102)).isEqualTo(Bytes32.hex("0x0201" + "00".repeat(30)));
            assertThat(Ssz.u64(-1)).isEqualTo(Bytes32.hex("0x" + "ff".repeat(8) + "00".repeat(24)));
            assertThat(Ssz.number(Bytes.of(1, 2, 3))).isEqualTo(Bytes32.hex("0x030201" + "00".repeat(29)));
            assertThat(Ssz.number(Bytes.EMPTY)).isEqualTo(Bytes32.ZERO);
        }

        @Test
        void aListMixesItsLengthIn() {
            assertThat(Ssz.shortList(Bytes.EMPTY)).isEqualTo(hashed(Bytes32.ZERO, Bytes32.ZERO));
            assertThat(Ssz.shortList(Bytes.of(0))).isEqualTo(hashed(Bytes32.ZERO, Ssz.u64(1)));
        }

        @Test
        void fieldsArePaddedToAPowerOfTwo() {
            var a = Ssz.u64(1);
            var b = Ssz.u64(2);
            var c = Ssz.u64(3);
            assertThat(Ssz.container(List.of(a))).isEqualTo(a);
            assertThat(Ssz.container(List.of(a, b))).isEqualTo(hashed(a, b));
            assertThat(Ssz.container(List.of(a, b, c))).isEqualTo(hashed(hashed(a, b), hashed(c, Bytes32.ZERO)));
        }

        @Test
        void anElementOf48OctetsFillsTwoChunks() {
            var octets = Bytes.concat(Bytes.of(new byte[47]), Bytes.of(5), Bytes.of(new byte[47]), Bytes.of(6));
            var first = hashed(Bytes32.ZERO, new Bytes32(Bytes.concat(octets.slice(32, 48), Bytes.of(new byte[16]))));
            var second = hashed(Bytes32.ZERO, new Bytes32(Bytes.concat(octets.slice(80, 96), Bytes.of(new byte[16]))));
            assertThat(Ssz.vectorOfPairs(octets, 48)).isEqualTo(hashed(first, second));
        }
    }

    @Nested
    class Branches {
        private final Bytes32 leaf = Ssz.u64(7);
        private final List<Bytes32> branch =
                IntStream.rangeClosed(1, 5).mapToObj(Ssz::u64).toList();
        private final Bytes32 root = climbed();

        /// From index 54, binary 110110, up.
        private Bytes32 climbed() {
            var hash = hashed(leaf, branch.get(0));
            hash = hashed(branch.get(1), hash);
            hash = hashed(branch.get(2), hash);
            hash = hashed(hash, branch.get(3));
            return hashed(branch.get(4), hash);
        }

        private boolean holds(List<Bytes32> siblings, int index) {
            return Ssz.branch(leaf, siblings, index, root);
        }

        @Test
        void holdAtTheirIndexOnly() {
            assertThat(holds(branch, 54)).isTrue();
            for (int index = 32; index < 64; index++)
                assertThat(holds(branch, index)).isEqualTo(index == 54);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 4, 6, 7, 86, 105, 169})
        void ofAnotherDepthDoNotHold(int index) {
            assertThat(holds(branch, index)).isFalse();
        }

        @Test
        void mayBeginWithZerosAsALongerContainerHasThem() {
            for (int extra = 1; extra <= 6; extra++)
                assertThat(holds(led(extra, Bytes32.ZERO), 54)).isTrue();
            assertThat(holds(led(7, Bytes32.ZERO), 54)).isFalse();
        }

        @Test
        void mayNotBeginWithAnythingElse() {
            for (int extra = 1; extra <= 6; extra++)
                assertThat(holds(led(extra, Ssz.u64(1)), 54)).isFalse();
            var mixed = led(2, Bytes32.ZERO);
            mixed.set(1, Ssz.u64(1));
            assertThat(holds(mixed, 54)).isFalse();
        }

        @Test
        void mayNotEndWithZerosNorBeCutShort() {
            var longer = new ArrayList<>(branch);
            longer.add(Bytes32.ZERO);
            assertThat(holds(longer, 54)).isFalse();
            for (int size = 0; size < 5; size++)
                assertThat(holds(branch.subList(0, size), 54)).isFalse();
            assertThat(holds(List.of(), 54)).isFalse();
        }

        private List<Bytes32> led(int extra, Bytes32 by) {
            var longer = new ArrayList<>(branch);
            for (int i = 0; i < extra; i++) longer.addFirst(by);
            return longer;
        }

        /// Two leaves hashed together are 64 octets; what is hashed is always two nodes, never a leaf.
        @Test
        void aNodeIsNotTakenForItsLeaves() {
            var node = hashed(leaf, branch.getFirst());
            assertThat(Ssz.branch(node, branch.subList(1, 5), 27, root)).isTrue();
            assertThat(Ssz.branch(node, branch, 54, root)).isFalse();
        }
    }

    @Nested
    class Containers {
        @Test
        void aSlotIsBelow2To44() {
            long last = BeaconBlockHeader.SLOT_LIMIT - 1;
            assertThat(new BeaconBlockHeader(last, 0, Bytes32.ZERO, Bytes32.ZERO, Bytes32.ZERO).slot())
                    .isEqualTo(last);
            assertThatThrownBy(() -> new BeaconBlockHeader(last + 1, 0, Bytes32.ZERO, Bytes32.ZERO, Bytes32.ZERO))
                    .hasMessage("slot: expected 0 to 2^44 - 1, got " + (last + 1));
        }

        @Test
        void aCommitteeHasKeysOf48OctetsAndTheirAggregate() {
            assertThat(new SyncCommittee(Bytes.of(new byte[96])).size()).isEqualTo(1);
            assertThatThrownBy(() -> new SyncCommittee(Bytes.of(new byte[95])))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new SyncCommittee(Bytes.of(new byte[48])))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void theAggregateKeyIsPartOfACommitteesRoot() {
            var committee = new SyncCommittee(Bytes.of(new byte[5 * 48]));
            var other = new SyncCommittee(committee.octets().with(4 * 48, 1));
            assertThat(other.root()).isNotEqualTo(committee.root());
        }

        @Test
        void bitsCountFromTheLowestOfTheFirstOctet() {
            var aggregate = new SyncAggregate(Bytes.of(0x01, 0x80), Bytes.EMPTY);
            assertThat(IntStream.range(0, 16).filter(aggregate::has)).containsExactly(0, 15);
            assertThat(aggregate.participants()).isEqualTo(2);
        }
    }
}
