package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.beacon.SyntheticBeacon.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmHeader;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Events in blocks before a finalised one, proven back from its hash.
class BeaconEventProofTest {
    private static final Address OUTBOX = Address.hex("0x00000000000000000000000000000000000000aa");
    private static final LaneId LANE = new LaneId(Digests.sha256(Bytes.utf8("lane")));
    private static final Bytes32 ROOT = Digests.sha256(Bytes.utf8("root"));
    private static final int LENGTH = 4;

    /// Blocks 1 to 4, the last of them finalised; each holds events of sizes that name block and place.
    private final List<EvmHeader> headers = new ArrayList<>();

    private final List<List<EvmReceipt>> receipts = new ArrayList<>();
    private final Follower follower;

    BeaconEventProofTest() {
        var parent = Bytes32.ZERO;
        for (int block = 1; block <= LENGTH; block++) {
            long size = block * 10L;
            receipts.add(List.of(receipt(size), receipt(size + 1), receipt(size + 2)));
            var header = header(block, parent, receipts.getLast());
            headers.add(header);
            parent = header.hash();
        }
        var header = SyntheticBeacon.header(72, Digests.sha256(Bytes.utf8("state")), parent);
        follower = new Follower(CHAIN, SyntheticBeacon.bootstrap(64));
        follower.follow(Draft.of(80, 72).finalising(header).update());
    }

    private static EvmReceipt receipt(long size) {
        var data = Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(size), ROOT.value());
        var log = new EvmLog(OUTBOX, List.of(LogRole.PACKETS.topic(), LANE.value()), data);
        return EvmReceipt.of(2, true, 21_000 * size, List.of(log));
    }

    private static EvmHeader header(int number, Bytes32 parent, List<EvmReceipt> receipts) {
        var trie =
                MerklePatriciaTrie.of(receipts.stream().map(EvmReceipt::encode).toList());
        var hash = Digests.sha256(Bytes.u64(number)).value();
        return new EvmHeader(List.of(
                parent.value(),
                hash,
                Bytes.of(new byte[20]),
                hash,
                hash,
                trie.root().value(),
                Bytes.of(new byte[256]),
                Bytes.EMPTY,
                Bytes.of(number),
                Bytes.of(7),
                Bytes.of(7),
                Bytes.of(number),
                Bytes.EMPTY,
                hash,
                Bytes.of(new byte[8]),
                Bytes.of(7),
                hash,
                Bytes.EMPTY,
                Bytes.EMPTY,
                hash));
    }

    /// From the finalised block back to one.
    private List<Bytes> backTo(int block) {
        var octets = new ArrayList<Bytes>();
        for (int i = LENGTH; i >= block; i--) octets.add(headers.get(i - 1).encode());
        return octets;
    }

    private BeaconEventProof proof(int block, int txIndex) {
        return BeaconEventProof.of(backTo(block), receipts.get(block - 1), txIndex, 0);
    }

    private Verdict<Checkpoint> judged(BeaconEventProof proof) {
        return judged(proof.encode());
    }

    private Verdict<Checkpoint> judged(Bytes octets) {
        return follower.client.verifyCheckpoint(follower.state, OUTBOX, LogRole.PACKETS, LANE, 72, octets);
    }

    private static Verdict<Checkpoint> checkpoint(long size) {
        return accept(new Checkpoint(LANE, size, ROOT));
    }

    @Nested
    class Accepts {
        @Test
        void anEventOfTheFinalisedBlock() {
            assertThat(judged(proof(4, 1))).isEqualTo(checkpoint(41));
        }

        @Test
        void anEventOfAnyBlockBeforeIt() {
            for (int block = 1; block <= LENGTH; block++) {
                for (int tx = 0; tx < 3; tx++) {
                    assertThat(judged(proof(block, tx))).isEqualTo(checkpoint(block * 10 + tx));
                }
            }
        }
    }

    @Nested
    class Refuses {
        private Bytes32 hash(int block) {
            return headers.get(block - 1).hash();
        }

        @Test
        void headersThatBeginAtAnotherBlock() {
            var late = BeaconEventProof.of(backTo(2).subList(1, 3), receipts.get(1), 0, 0);
            assertThat(judged(late))
                    .isEqualTo(reject(new BeaconRejection.ExecutionHeaderMismatch(0, hash(4), hash(3))));
        }

        @Test
        void headersWithAGap() {
            var gap = new ArrayList<>(backTo(1));
            gap.remove(2);
            assertThat(judged(BeaconEventProof.of(gap, receipts.get(0), 0, 0)))
                    .isEqualTo(reject(new BeaconRejection.ExecutionHeaderMismatch(2, hash(2), hash(1))));
        }

        @Test
        void headersInAnotherOrder() {
            var reversed = backTo(1).reversed();
            assertThat(judged(BeaconEventProof.of(reversed, receipts.get(0), 0, 0)))
                    .isEqualTo(reject(new BeaconRejection.ExecutionHeaderMismatch(0, hash(4), hash(1))));
        }

        @Test
        void aHeaderThatComesTwice() {
            var twice = new ArrayList<>(backTo(3));
            twice.add(twice.getLast());
            assertThat(judged(BeaconEventProof.of(twice, receipts.get(2), 0, 0)))
                    .isEqualTo(reject(new BeaconRejection.ExecutionHeaderMismatch(2, hash(2), hash(3))));
        }

        @Test
        void receiptsOfAnotherBlock() {
            var other = BeaconEventProof.of(backTo(3), receipts.get(1), 0, 0);
            assertThat(judged(other).isAccepted()).isFalse();
        }

        @Test
        void noHeaderAtAll() {
            var none = BeaconEventProof.of(List.of(), receipts.get(3), 0, 0);
            assertThat(judged(none)).isEqualTo(reject(new MalformedEventProof("headers")));
        }

        @Test
        void aHeightThatIsNotHeld() {
            assertThat(follower.client.verifyCheckpoint(
                            follower.state,
                            OUTBOX,
                            LogRole.PACKETS,
                            LANE,
                            73,
                            proof(4, 0).encode()))
                    .isEqualTo(reject(new ClientRejection.UnknownHeight(73)));
        }

        @Test
        void anyEventUnderAHeaderOfBeforeCapella() {
            var bellatrix = new Follower(CHAIN, SyntheticBeacon.bootstrap(20));
            assertThat(bellatrix.client.verifyCheckpoint(
                            bellatrix.state,
                            OUTBOX,
                            LogRole.PACKETS,
                            LANE,
                            20,
                            proof(4, 0).encode()))
                    .isEqualTo(reject(new BeaconRejection.NoExecutionBlock(20)));
        }

        @Test
        void anyOctetChanged() {
            var octets = proof(2, 1).encode();
            assertThat(judged(octets)).isEqualTo(checkpoint(21));
            for (int i = 0; i < octets.size(); i++) {
                for (int bit = 0; bit < 8; bit += 3) {
                    var changed = octets.with(i, octets.at(i) ^ 1 << (bit + i) % 8);
                    assertThat(judged(changed).isAccepted())
                            .as("octet %d, bit %d", i, (bit + i) % 8)
                            .isFalse();
                }
            }
        }

        @Test
        void octetsCutShortOrLengthened() {
            var octets = proof(2, 1).encode();
            for (int size = 0; size < octets.size(); size += 7) {
                assertThat(judged(octets.slice(0, size)).isAccepted()).isFalse();
            }
            assertThat(judged(Bytes.concat(octets, Bytes.of(0x80))).isAccepted())
                    .isFalse();
        }

        @Test
        void itemsThatAreNotFour() {
            var items = Rlp.decode(proof(4, 0).encode()).orElseThrow().items();
            var more = new ArrayList<>(items);
            more.add(Rlp.of(Bytes.EMPTY));
            for (var other : List.of(items.subList(0, 3), more, List.<Rlp>of())) {
                assertThat(judged(Rlp.list(other).encode())).isEqualTo(reject(new MalformedEventProof("items")));
            }
        }

        @Test
        void indicesBeyond31Bits() {
            var nodes = proof(4, 0).nodes();
            assertThat(judged(new BeaconEventProof(backTo(4), 1L << 31, 0, nodes)))
                    .isEqualTo(reject(new MalformedEventProof("txIndex")));
            assertThat(judged(new BeaconEventProof(backTo(4), 0, -1, nodes)))
                    .isEqualTo(reject(new MalformedEventProof("logIndex")));
        }

        @Test
        void moreThanAMebibyte() {
            var many = Collections.nCopies(2000, headers.getFirst().encode());
            assertThat(judged(new BeaconEventProof(many, 0, 0, List.of())).isAccepted())
                    .isFalse();
        }
    }
}
