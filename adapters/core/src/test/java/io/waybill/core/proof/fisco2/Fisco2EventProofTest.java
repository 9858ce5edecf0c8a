package io.waybill.core.proof.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.EventRejection.LogIndexOutOfRange;
import io.waybill.core.EventRejection.MalformedGroup;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.EventRejection.TokenEvent;
import io.waybill.core.EventRejection.TooManyGroups;
import io.waybill.core.EventRejection.TransactionFailed;
import io.waybill.core.EventRejection.WrongEmitter;
import io.waybill.core.EventRejection.WrongLane;
import io.waybill.core.EventRejection.WrongTopic;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Fisco2EventProofTest {
    private static final FiscoSuite SUITE = FiscoSuite.STANDARD;
    private static final Address OUTBOX = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
    private static final Address OTHER = Address.hex("00000000000000000000000000000000000000aa");
    private static final LaneId LANE = new LaneId(word("lane"));
    private static final LogRole ROLE = LogRole.PACKETS;
    private static final Checkpoint CHECKPOINT = new Checkpoint(LANE, 7, word("root"));
    private static final int PLACE = 18;

    private static final EvmLog EVENT = new EvmLog(
            OUTBOX,
            List.of(ROLE.topic(), LANE.value()),
            Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(7), word("root").value()));

    private static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    private static Fisco2Receipt receipt(long status, @Nullable BigInteger remainGas, List<EvmLog> logs) {
        return new Fisco2Receipt(
                word("state"),
                BigInteger.valueOf(68_232),
                Address.ZERO,
                EvmReceipt.bloom(logs),
                status,
                Bytes.of(new byte[32]),
                remainGas,
                logs);
    }

    private static Fisco2Receipt receipt(EvmLog... logs) {
        return receipt(0, null, List.of(logs));
    }

    /// The hashes of a block of twenty receipts with this one among them.
    private static List<Bytes32> block(FiscoSuite suite, Fisco2Receipt receipt) {
        return IntStream.range(0, 20)
                .mapToObj(i -> i == PLACE ? receipt.hash(suite) : word("receipt/" + i))
                .toList();
    }

    private static Verdict<Checkpoint> verify(Bytes octets, Bytes32 root) {
        return Fisco2EventProof.decode(octets).then(proof -> proof.verify(SUITE, OUTBOX, ROLE, LANE, root));
    }

    /// The verdict on one log of a receipt that lies in a block.
    private static Verdict<Checkpoint> verify(FiscoSuite suite, Fisco2Receipt receipt, int logIndex) {
        var all = block(suite, receipt);
        var octets = Fisco2EventProof.of(suite, receipt, all, PLACE, logIndex).encode();
        return Fisco2EventProof.decode(octets)
                .then(proof -> proof.verify(suite, OUTBOX, ROLE, LANE, HexadecimalTree.root(suite, all)));
    }

    @Nested
    class Events {
        @ParameterizedTest
        @EnumSource(FiscoSuite.class)
        void areFoundInReceiptsOfSevenAndOfEightFields(FiscoSuite suite) {
            assertThat(verify(suite, receipt(EVENT), 0)).isEqualTo(accept(CHECKPOINT));
            var eight = receipt(0, BigInteger.ONE.shiftLeft(255), List.of(EVENT));
            assertThat(verify(suite, eight, 0)).isEqualTo(accept(CHECKPOINT));
        }

        @Test
        void areNotFoundInTransactionsThatFailed() {
            assertThat(verify(SUITE, receipt(22, null, List.of(EVENT)), 0)).isEqualTo(reject(new TransactionFailed()));
            assertThat(verify(SUITE, receipt(Long.MIN_VALUE, null, List.of(EVENT)), 0))
                    .isEqualTo(reject(new TransactionFailed()));
        }

        @Test
        void areNotFoundWhereATokenMoved() {
            var transfer = Digests.keccak256(Bytes.utf8("Transfer(address,address,uint256)"));
            var token = new EvmLog(OTHER, List.of(transfer, word("a"), word("b")), Bytes.of(new byte[32]));

            assertThat(verify(SUITE, receipt(EVENT, token), 0)).isEqualTo(reject(new TokenEvent(transfer)));
        }

        @Test
        void areOfTheContractTheRoleAndTheLane() {
            var copied = new EvmLog(OTHER, EVENT.topics(), EVENT.data());
            assertThat(verify(SUITE, receipt(copied, EVENT), 0)).isEqualTo(reject(new WrongEmitter()));
            assertThat(verify(SUITE, receipt(copied, EVENT), 1)).isEqualTo(accept(CHECKPOINT));
            var role = new EvmLog(OUTBOX, List.of(LogRole.STATUSES.topic(), LANE.value()), EVENT.data());
            assertThat(verify(SUITE, receipt(role), 0)).isEqualTo(reject(new WrongTopic()));
            var lane = new EvmLog(OUTBOX, List.of(ROLE.topic(), word("other")), EVENT.data());
            assertThat(verify(SUITE, receipt(lane), 0)).isEqualTo(reject(new WrongLane(word("other"))));
        }

        @Test
        void haveAnIndexBelowTheNumberOfLogs() {
            assertThat(verify(SUITE, receipt(EVENT), 1)).isEqualTo(reject(new LogIndexOutOfRange(1, 1)));
            var proof = Fisco2EventProof.of(SUITE, receipt(EVENT), block(SUITE, receipt(EVENT)), PLACE, 0);
            for (long index : new long[] {1L << 32, Long.MIN_VALUE, -1}) {
                var beyond = new Fisco2EventProof(proof.receipt(), PLACE, proof.rows(), index).encode();
                assertThat(verify(beyond, HexadecimalTree.root(SUITE, block(SUITE, receipt(EVENT)))))
                        .isEqualTo(reject(new LogIndexOutOfRange((int) index, 1)));
            }
        }
    }

    @Nested
    class Octets {
        private final List<Bytes32> all = block(SUITE, receipt(EVENT));
        private final Bytes32 root = HexadecimalTree.root(SUITE, all);
        private final Fisco2EventProof proof = Fisco2EventProof.of(SUITE, receipt(EVENT), all, PLACE, 0);
        private final Bytes octets = proof.encode();

        @Test
        void areReadBack() {
            assertThat(Fisco2EventProof.decode(octets)).isEqualTo(accept(proof));
        }

        @Test
        void areRefusedWhicheverOfThemChanges() {
            assertThat(verify(octets, root)).isEqualTo(accept(CHECKPOINT));
            for (int at = 0; at < octets.size(); at++) {
                for (int bit = 0; bit < 8; bit++) {
                    assertThat(verify(octets.with(at, octets.at(at) ^ (1 << bit)), root))
                            .as("octet %d bit %d", at, bit)
                            .isInstanceOf(Verdict.Rejected.class);
                }
            }
        }

        @Test
        void areRefusedWhereverTheyAreCutAndWhateverFollows() {
            for (int at = 0; at < octets.size(); at++) {
                assertThat(verify(octets.slice(0, at), root)).isInstanceOf(Verdict.Rejected.class);
            }
            assertThat(verify(Bytes.concat(octets, Bytes.of(0)), root)).isInstanceOf(Verdict.Rejected.class);
        }

        @Test
        void areRefusedUnderAnotherRoot() {
            assertThat(verify(octets, word("other"))).isEqualTo(reject(new ReceiptsRootMismatch(word("other"), root)));
        }

        private Verdict<Checkpoint> part(int place, Rlp value) {
            var parts = new ArrayList<Rlp>(List.of(
                    proof.receipt().item(),
                    Rlp.of(PLACE),
                    Rlp.list(proof.rows(), row -> Rlp.list(row, hash -> Rlp.of(hash.value()))),
                    Rlp.of(0)));
            parts.set(place, value);
            return verify(Rlp.list(parts).encode(), root);
        }

        @Test
        void nameWhatIsMalformed() {
            assertThat(verify(Rlp.list(Rlp.of(0)).encode(), root))
                    .isEqualTo(reject(new MalformedEventProof("list of 1")));
            assertThat(part(0, Rlp.list(Rlp.of(0)))).isEqualTo(reject(new MalformedReceipt("fields")));
            assertThat(part(0, Rlp.of(0))).isEqualTo(reject(new MalformedEventProof("octets in place of a list")));
            assertThat(part(2, Rlp.list(Collections.nCopies(5, Rlp.list())))).isEqualTo(reject(new TooManyGroups(5)));
            assertThat(part(2, Rlp.list(Rlp.list(Rlp.of(word("x").value().slice(0, 31))))))
                    .isEqualTo(reject(new MalformedGroup(0)));
        }
    }

    @Nested
    class Receipts {
        private Verdict<Fisco2Receipt> read(int field, Rlp value) {
            var fields = new ArrayList<>(((Rlp.Items) receipt(EVENT).item()).values());
            fields.set(field, value);
            return Rlp.parse(Rlp.list(fields).encode(), MalformedReceipt::new, Fisco2Receipt::of);
        }

        private static Rlp octets(int size) {
            return Rlp.of(Bytes.of(new byte[size]));
        }

        private static Verdict<Fisco2Receipt> malformed(String part) {
            return reject(new MalformedReceipt(part));
        }

        @Test
        void haveFieldsOfTheirSizes() {
            assertThat(read(0, octets(31))).isEqualTo(malformed("stateRoot"));
            assertThat(read(1, octets(33))).isEqualTo(malformed("a number of 33 octets"));
            assertThat(read(2, octets(0))).isEqualTo(malformed("contractAddress"));
            assertThat(read(3, octets(255))).isEqualTo(malformed("logsBloom"));
            assertThat(read(4, Rlp.of(Bytes.of(0)))).isEqualTo(malformed("a number with a leading zero"));
            assertThat(read(5, Rlp.list())).isEqualTo(malformed("a list in place of octets"));
            assertThat(read(6, Rlp.list(Rlp.list(octets(20), Rlp.list(), octets(0), octets(0)))))
                    .isEqualTo(malformed("log"));
            assertThat(read(6, Rlp.list(Rlp.list(octets(20), Rlp.list(octets(31)), octets(0)))))
                    .isEqualTo(malformed("topics"));
            assertThat(read(6, Rlp.list(Rlp.list(octets(20), Rlp.list(Collections.nCopies(5, octets(32))), octets(0)))))
                    .isEqualTo(malformed("topics"));
        }

        @Test
        void ofEightFieldsAreOtherReceipts() {
            var seven = receipt(EVENT);
            var eight = receipt(0, BigInteger.ZERO, List.of(EVENT));

            assertThat(eight.hash(SUITE)).isNotEqualTo(seven.hash(SUITE));
            assertThat(Rlp.parse(eight.item().encode(), Fisco2Receipt::of)).isEqualTo(accept(eight));
            assertThat(Rlp.parse(seven.item().encode(), Fisco2Receipt::of)).isEqualTo(accept(seven));
        }
    }
}
