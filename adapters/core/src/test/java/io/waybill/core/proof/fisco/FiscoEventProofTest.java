package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.EventRejection.CheckpointRootZero;
import io.waybill.core.EventRejection.CheckpointSizeOutOfRange;
import io.waybill.core.EventRejection.GroupPosition;
import io.waybill.core.EventRejection.GroupPrefix;
import io.waybill.core.EventRejection.MalformedGroup;
import io.waybill.core.EventRejection.ReceiptBlock;
import io.waybill.core.EventRejection.ReceiptContract;
import io.waybill.core.EventRejection.ReceiptGasUsed;
import io.waybill.core.EventRejection.ReceiptLength;
import io.waybill.core.EventRejection.ReceiptStatus;
import io.waybill.core.EventRejection.ReceiptVersion;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.EventRejection.TooManyGroups;
import io.waybill.core.EventRejection.WrongEmitter;
import io.waybill.core.EventRejection.WrongLane;
import io.waybill.core.EventRejection.WrongTopic;
import io.waybill.core.LaneId;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoVectors;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.ReceiptTree.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiscoEventProofTest {
    private static final FiscoSuite SUITE = FiscoSuite.STANDARD;
    private static final Address OUTBOX = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
    private static final LaneId LANE = new LaneId(word("lane"));
    private static final LogRole ROLE = LogRole.PACKETS;
    private static final long HEIGHT = 26;
    private static final Checkpoint CHECKPOINT = new Checkpoint(LANE, 7, word("root"));

    private static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    private static Bytes32 size(long size) {
        return new Bytes32(Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(size)));
    }

    private static FiscoReceipt carrier(String gasUsed, Bytes data) {
        var log = new FiscoReceipt.Log(OUTBOX.toHex().substring(2), List.of(ROLE.topic(), LANE.value()), data);
        return FiscoReceipt.plain(
                gasUsed, "e16469be7721563d4d6a703932058d12ca2ca94c", 0, Bytes.EMPTY, List.of(log), HEIGHT);
    }

    private static Bytes data(Bytes32 size, Bytes32 root) {
        return Bytes.concat(size.value(), root.value());
    }

    private static FiscoReceipt carrier() {
        return carrier("18746", data(size(7), word("root")));
    }

    private static Verdict<Checkpoint> read(Bytes preimage) {
        return CarrierReceipt.read(preimage, OUTBOX, ROLE.topic(), LANE, HEIGHT);
    }

    @Nested
    class Receipt {
        private final Bytes preimage = carrier().preimage();

        @Test
        void isReadWhenItIsACarriers() {
            assertThat(read(preimage)).isEqualTo(accept(CHECKPOINT));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "9", "10", "1234567890", "9999999999"})
        void mayHaveUsedAnyGasOfOneToTenDigits(String gasUsed) {
            assertThat(read(carrier(gasUsed, data(size(7), word("root"))).preimage()))
                    .isEqualTo(accept(CHECKPOINT));
        }

        @Test
        void hasOneToTenDigitsOfGasAndNothingAtTheEnd() {
            var data = data(size(7), word("root"));
            assertThat(read(carrier("", data).preimage())).isEqualTo(reject(new ReceiptLength(224)));
            assertThat(read(carrier("12345678901", data).preimage())).isEqualTo(reject(new ReceiptLength(235)));
            assertThat(read(Bytes.EMPTY)).isEqualTo(reject(new ReceiptLength(0)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"00", "01", "1a", " 1", "-1"})
        void hasGasUsedInDecimal(String gasUsed) {
            assertThat(read(carrier(gasUsed, data(size(7), word("root"))).preimage()))
                    .isEqualTo(reject(new ReceiptGasUsed()));
        }

        @ParameterizedTest
        @CsvSource({"1, true", "281474976710655, true", "0, false", "281474976710656, false"})
        void holdsTheSizeFromOneToBelow2To48(long size, boolean admitted) {
            var receipt = carrier("1", data(size(size), word("root")));
            assertThat(read(receipt.preimage()))
                    .isEqualTo(
                            admitted
                                    ? accept(new Checkpoint(LANE, size, word("root")))
                                    : reject(new CheckpointSizeOutOfRange()));
        }

        @Test
        void holdsTheWholeWordOfTheSize() {
            for (int i = 0; i < 26; i++) {
                var size = new Bytes32(size(7).value().with(i, 1));
                assertThat(read(carrier("1", data(size, word("root"))).preimage()))
                        .isEqualTo(reject(new CheckpointSizeOutOfRange()));
            }
        }

        @Test
        void hasARoot() {
            assertThat(read(carrier("1", data(size(7), Bytes32.ZERO)).preimage()))
                    .isEqualTo(reject(new CheckpointRootZero()));
        }

        @Test
        void isOfTheBlockItIsShownIn() {
            assertThat(CarrierReceipt.read(preimage, OUTBOX, ROLE.topic(), LANE, HEIGHT + 1))
                    .isEqualTo(reject(new ReceiptBlock(HEIGHT + 1, HEIGHT)));
        }

        @Test
        void isOfTheContractTheEventAndTheLaneAskedFor() {
            assertThat(CarrierReceipt.read(preimage, Address.ZERO, ROLE.topic(), LANE, HEIGHT))
                    .isEqualTo(reject(new WrongEmitter()));
            assertThat(CarrierReceipt.read(preimage, OUTBOX, LogRole.STATUSES.topic(), LANE, HEIGHT))
                    .isEqualTo(reject(new WrongTopic()));
            assertThat(CarrierReceipt.read(preimage, OUTBOX, ROLE.topic(), new LaneId(word("other")), HEIGHT))
                    .isEqualTo(reject(new WrongLane(LANE.value())));
        }

        /// The octet at each place, changed in every way: each place has its own reason, and only the free
        /// digits of gas, address, size and root may differ at all.
        @Test
        void isRefusedForItsOwnReasonWhereverItDiffers() {
            int d = 5;
            for (int at = 0; at < preimage.size(); at++) {
                for (int octet = 0; octet < 256; octet++) {
                    if (octet == preimage.at(at)) continue;
                    var verdict = read(preimage.with(at, octet));
                    if (verdict instanceof Verdict.Rejected<Checkpoint>(var reason)) {
                        assertThat(reason.getClass()).isEqualTo(row(at, d));
                    } else {
                        assertThat(free(at, octet, d)).isTrue();
                        assertThat(verdict.orElseThrow().equals(CHECKPOINT)).isEqualTo(at < 44 + d);
                    }
                }
            }
        }

        private static Class<? extends Rejection> row(int at, int d) {
            if (at < 4) return ReceiptVersion.class;
            if (at < 4 + d) return ReceiptGasUsed.class;
            if (at < 44 + d) return ReceiptContract.class;
            if (at < 48 + d) return ReceiptStatus.class;
            if (at < 88 + d) return WrongEmitter.class;
            if (at < 120 + d) return WrongTopic.class;
            if (at < 152 + d) return WrongLane.class;
            return at < 184 + d ? CheckpointSizeOutOfRange.class : ReceiptBlock.class;
        }

        private static boolean free(int at, int octet, int d) {
            boolean digit = octet >= '0' && octet <= '9';
            if (at < 4) return false;
            if (at < 4 + d) return digit;
            if (at < 44 + d) return digit || (octet >= 'a' && octet <= 'f');
            return at >= 178 + d && at < 216 + d;
        }
    }

    @Nested
    class Tree {
        private static List<Bytes32> leaves(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> word("leaf/" + count + "/" + i))
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 16, 17, 33, 64, 65})
        void provesEachOfItsLeavesAtItsOwnPlace(int count) {
            var leaves = leaves(count);
            var root = ReceiptTree.root(SUITE, leaves);
            for (int i = 0; i < count; i++) {
                assertThat(ReceiptTree.verify(SUITE, leaves.get(i), ReceiptTree.groups(SUITE, leaves, i), root))
                        .isEqualTo(accept((long) i));
            }
        }

        @Test
        void ofOneLeafIsTheLeafAndOfNoneIsZero() {
            assertThat(ReceiptTree.root(SUITE, leaves(1))).isEqualTo(leaves(1).getFirst());
            assertThat(ReceiptTree.root(SUITE, List.of())).isEqualTo(Bytes32.ZERO);
        }

        @Test
        void refusesAProofOfAnotherLeaf() {
            var leaves = leaves(7);
            var root = ReceiptTree.root(SUITE, leaves);
            var groups = ReceiptTree.groups(SUITE, leaves, 2);
            assertThat(ReceiptTree.verify(SUITE, leaves.get(3), groups, root)).isInstanceOf(Verdict.Rejected.class);
        }

        @Test
        void refusesEachGroupLeftOutOrDoubledOrChanged() {
            var leaves = leaves(11);
            var root = ReceiptTree.root(SUITE, leaves);
            for (int leaf = 0; leaf < leaves.size(); leaf++) {
                var groups = ReceiptTree.groups(SUITE, leaves, leaf);
                for (int i = 0; i < groups.size(); i++) {
                    for (var changed : changes(groups, i)) {
                        assertThat(ReceiptTree.verify(SUITE, leaves.get(leaf), changed, root))
                                .isInstanceOf(Verdict.Rejected.class);
                    }
                }
            }
        }

        private static List<List<Group>> changes(List<Group> groups, int i) {
            var changes = new ArrayList<List<Group>>();
            var without = new ArrayList<>(groups);
            without.remove(i);
            changes.add(without);
            var doubled = new ArrayList<>(groups);
            doubled.add(i, groups.get(i));
            changes.add(doubled);
            var sibling = groups.get(i).sibling();
            if (sibling == null) return changes;
            var turned = new ArrayList<>(groups);
            turned.set(i, new Group(1 - groups.get(i).position(), sibling));
            changes.add(turned);
            for (int octet = 0; octet < 32; octet++) {
                var flipped =
                        new Bytes32(sibling.value().with(octet, sibling.value().at(octet) ^ 0x80));
                var changed = new ArrayList<>(groups);
                changed.set(i, new Group(groups.get(i).position(), flipped));
                changes.add(changed);
            }
            return changes;
        }

        @Test
        void hasAtMostSixteenGroups() {
            var groups = Collections.nCopies(16, new Group(0, word("sibling")));
            var leaf = word("leaf");
            var node = leaf;
            for (int i = 0; i < 16; i++) {
                node = SUITE.hash(Bytes.concat(node.value(), word("sibling").value()));
            }
            assertThat(ReceiptTree.verify(SUITE, leaf, groups, node)).isEqualTo(accept(0L));
            var more = Collections.nCopies(17, new Group(0, word("sibling")));
            assertThat(ReceiptTree.verify(SUITE, leaf, more, node)).isEqualTo(reject(new TooManyGroups(17)));
        }

        @Test
        void refusesALoneNodeAtTheTop() {
            var leaf = word("leaf");
            assertThat(ReceiptTree.verify(SUITE, leaf, List.of(new Group(0, null)), SUITE.hash(leaf.value())))
                    .isEqualTo(reject(new GroupPosition(0)));
        }

        @Test
        void refusesPositionsThatNoTreeHas() {
            var s = word("sibling");
            assertThat(ReceiptTree.verify(SUITE, word("leaf"), List.of(new Group(2, s)), s))
                    .isEqualTo(reject(new GroupPosition(0)));
            assertThat(ReceiptTree.verify(SUITE, word("leaf"), List.of(new Group(-1, s)), s))
                    .isEqualTo(reject(new GroupPosition(0)));
            assertThat(ReceiptTree.verify(SUITE, word("leaf"), List.of(new Group(1, null), new Group(1, s)), s))
                    .isEqualTo(reject(new GroupPosition(0)));
            assertThat(ReceiptTree.verify(SUITE, word("leaf"), List.of(new Group(0, null), new Group(0, s)), s))
                    .isEqualTo(reject(new GroupPosition(1)));
        }

        @Test
        void refusesANodeThatReadsAsAReceipt() {
            var leaf = word("leaf");
            var three =
                    new Bytes32(word("sibling").value().with(0, 0).with(1, 0).with(2, 0));
            var two = new Bytes32(three.value().with(2, 1));
            assertThat(verify(leaf, three)).isEqualTo(reject(new GroupPrefix(0)));
            assertThat(verify(leaf, two)).isEqualTo(accept(1L));
            assertThat(ReceiptTree.verify(SUITE, three, List.of(new Group(0, leaf)), leaf))
                    .isEqualTo(reject(new GroupPrefix(0)));
            var lone = List.of(new Group(0, null), new Group(1, leaf));
            assertThat(ReceiptTree.verify(SUITE, three, lone, leaf)).isEqualTo(reject(new GroupPrefix(0)));
        }

        private static Verdict<Long> verify(Bytes32 leaf, Bytes32 left) {
            var root = SUITE.hash(Bytes.concat(left.value(), leaf.value()));
            return ReceiptTree.verify(SUITE, leaf, List.of(new Group(1, left)), root);
        }

        @Test
        void refusesA64OctetReceiptShownAsANode() {
            var left = Bytes.hex("0000000032313234320000000011111111111111111111111111111111111111");
            var right = Bytes.concat(Bytes.hex("c0ffee".repeat(8)), Bytes.u64(42));
            var root = SUITE.hash(Bytes.concat(left, right));
            assertThat(ReceiptTree.verify(SUITE, new Bytes32(right), List.of(new Group(1, new Bytes32(left))), root))
                    .isEqualTo(reject(new GroupPrefix(0)));
        }

        @Test
        void walksTheSameNodesAsTheProofsOfARealNode() {
            var block = FiscoVectors.chain("std").get(1);
            var hashes = block.txs().stream().map(FiscoVectors.Sent::hash).toList();
            for (int i = 0; i < hashes.size(); i++) {
                var flat = new ArrayList<Bytes>();
                for (var nodes : ReceiptTree.path(SUITE, hashes, i)) {
                    flat.add(Bytes.concat(Bytes.u32(nodes.size()), Bytes.of(new byte[28])));
                    nodes.forEach(node -> flat.add(node.value()));
                }
                assertThat(flat).isEqualTo(block.txs().get(i).txProof());
            }
        }
    }

    @Nested
    class Wire {
        private final List<Bytes32> receipts =
                List.of(word("a"), word("b"), carrier().hash(SUITE), word("d"), word("e"));
        private final Bytes32 root = ReceiptTree.root(SUITE, receipts);
        private final FiscoEventProof proof = FiscoEventProof.of(SUITE, carrier(), receipts, 2);

        private Verdict<Checkpoint> verify(Bytes octets) {
            return FiscoEventProof.decode(octets)
                    .then(decoded -> decoded.verify(SUITE, OUTBOX, ROLE, LANE, HEIGHT, root));
        }

        @Test
        void isReadBackAndAccepted() {
            assertThat(FiscoEventProof.decode(proof.encode())).isEqualTo(accept(proof));
            assertThat(verify(proof.encode())).isEqualTo(accept(CHECKPOINT));
        }

        @Test
        void carriesLoneNodesAsEmptySiblings() {
            var last = FiscoEventProof.of(SUITE, carrier(), receipts, 4);
            assertThat(last.groups().subList(0, 2)).containsOnly(new Group(0, null));
            assertThat(FiscoEventProof.decode(last.encode())).isEqualTo(accept(last));
        }

        @Test
        void isRefusedWhicheverOctetOfItChanges() {
            var octets = proof.encode();
            for (int at = 0; at < octets.size(); at++) {
                for (int bit = 0; bit < 8; bit++) {
                    assertThat(verify(octets.with(at, octets.at(at) ^ 1 << bit)))
                            .as("octet %d bit %d", at, bit)
                            .isInstanceOf(Verdict.Rejected.class);
                }
            }
        }

        @Test
        void isRefusedWhereverItIsCutAndWhateverFollows() {
            var octets = proof.encode();
            for (int at = 0; at < octets.size(); at++) {
                assertThat(verify(octets.slice(0, at))).isInstanceOf(Verdict.Rejected.class);
            }
            assertThat(verify(Bytes.concat(octets, Bytes.of(0)))).isInstanceOf(Verdict.Rejected.class);
        }

        @Test
        void namesWhatIsMalformed() {
            var preimage = Rlp.of(proof.preimage());
            assertThat(verify(Rlp.list(preimage).encode())).isEqualTo(reject(new MalformedEventProof("list of 1")));
            var short31 = Rlp.list(Rlp.of(0), Rlp.of(word("s").value().slice(0, 31)));
            assertThat(verify(Rlp.list(preimage, Rlp.list(short31)).encode())).isEqualTo(reject(new MalformedGroup(0)));
            var lone = Rlp.list(Rlp.of(0));
            assertThat(verify(Rlp.list(preimage, Rlp.list(lone)).encode())).isEqualTo(reject(new MalformedGroup(0)));
            var group = Rlp.list(Rlp.of(0), Rlp.of(word("s").value()));
            assertThat(verify(Rlp.list(preimage, Rlp.list(Collections.nCopies(17, group)))
                            .encode()))
                    .isEqualTo(reject(new TooManyGroups(17)));
        }

        @Test
        void isRefusedUnderAnotherRoot() {
            var verdict = proof.verify(SUITE, OUTBOX, ROLE, LANE, HEIGHT, word("other"));
            assertThat(verdict).isEqualTo(reject(new ReceiptsRootMismatch(word("other"), root)));
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void isJudgedWithoutFailingWhateverItHolds(long seed) {
            var random = new java.util.Random(seed);
            for (int round = 0; round < 500; round++) {
                var octets = new byte[random.nextInt(300)];
                random.nextBytes(octets);
                assertThat(verify(Bytes.of(octets))).isInstanceOf(Verdict.Rejected.class);
            }
        }
    }
}
