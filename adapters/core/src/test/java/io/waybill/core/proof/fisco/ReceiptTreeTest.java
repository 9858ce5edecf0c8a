package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.proof.fisco.Carriers.SUITE;
import static io.waybill.core.proof.fisco.Carriers.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.GroupPosition;
import io.waybill.core.EventRejection.GroupPrefix;
import io.waybill.core.EventRejection.TooManyGroups;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoVectors;
import io.waybill.core.proof.fisco.ReceiptTree.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTreeTest {
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
        var three = new Bytes32(word("sibling").value().with(0, 0).with(1, 0).with(2, 0));
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
