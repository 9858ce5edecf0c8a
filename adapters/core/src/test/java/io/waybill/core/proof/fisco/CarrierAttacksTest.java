package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.proof.fisco.Carriers.CHECKPOINT;
import static io.waybill.core.proof.fisco.Carriers.HEIGHT;
import static io.waybill.core.proof.fisco.Carriers.LANE;
import static io.waybill.core.proof.fisco.Carriers.OUTBOX;
import static io.waybill.core.proof.fisco.Carriers.ROLE;
import static io.waybill.core.proof.fisco.Carriers.SUITE;
import static io.waybill.core.proof.fisco.Carriers.carrier;
import static io.waybill.core.proof.fisco.Carriers.data;
import static io.waybill.core.proof.fisco.Carriers.read;
import static io.waybill.core.proof.fisco.Carriers.size;
import static io.waybill.core.proof.fisco.Carriers.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.GroupPrefix;
import io.waybill.core.EventRejection.ReceiptContract;
import io.waybill.core.EventRejection.ReceiptGasUsed;
import io.waybill.core.EventRejection.ReceiptLength;
import io.waybill.core.EventRejection.ReceiptStatus;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.EventRejection.WrongEmitter;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.proof.fisco.FiscoReceipt.Log;
import io.waybill.core.proof.fisco.ReceiptTree.Group;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Receipts that an attacker can bring about on the source, each shown as if it were a carrier's.
class CarrierAttacksTest {
    private static final String CREATED = "e16469be7721563d4d6a703932058d12ca2ca94c";
    private static final String ATTACKER = "00000000000000000000000000000000000bad00";
    private static final String EMITTER = OUTBOX.toHex().substring(2);

    private final Bytes data = data(size(7), word("root"));
    private final Bytes event = Bytes.concat(ROLE.topic().value(), LANE.value().value(), data);

    private static FiscoReceipt creation(int status, Bytes output, Log... logs) {
        return FiscoReceipt.plain("18746", CREATED, status, output, List.of(logs), HEIGHT);
    }

    /// NT-41 and NT-42: what a leaf hashes is computed; a receipt that is not in the block is not, whatever is
    /// stated.
    @Test
    void aReceiptThatTheBlockDoesNotHoldIsRefused() {
        var root = word("a block's root");
        var proof = new FiscoEventProof(carrier().preimage(), List.of());
        assertThat(proof.verify(SUITE, OUTBOX, ROLE, LANE, HEIGHT, root))
                .isEqualTo(reject(new ReceiptsRootMismatch(root, carrier().hash(SUITE))));
        assertThat(proof.verify(SUITE, OUTBOX, ROLE, LANE, HEIGHT, carrier().hash(SUITE)))
                .isEqualTo(accept(CHECKPOINT));
    }

    /// NT-43 and NT-51: a log's data that reads as a log of the Outbox is the data of the log's own emitter.
    @Test
    void aLogWithinTheDataOfAnotherIsNotOfTheOutbox() {
        var whole = creation(0, Bytes.EMPTY, new Log(ATTACKER, List.of(), event));
        assertThat(whole.preimage().size()).isEqualTo(carrier().preimage().size());
        assertThat(read(whole.preimage())).isEqualTo(reject(new WrongEmitter()));
        var hidden = creation(0, Bytes.EMPTY, new Log(ATTACKER, List.of(), Bytes.concat(Bytes.utf8(EMITTER), event)));
        assertThat(read(hidden.preimage()))
                .isEqualTo(reject(new ReceiptLength(hidden.preimage().size())));
    }

    /// NT-51: whether the lane is a topic or data makes no difference, and changes nothing that is read.
    @Test
    void aLogSplitElsewhereBetweenTopicsAndDataSaysTheSame() {
        var split = creation(
                0,
                Bytes.EMPTY,
                new Log(
                        EMITTER,
                        List.of(ROLE.topic()),
                        Bytes.concat(LANE.value().value(), data)));
        assertThat(read(split.preimage())).isEqualTo(accept(CHECKPOINT));
    }

    /// NT-52 and NT-85: the output of a call is the caller's to choose, and never fills the place of an address.
    @Test
    void anOutputOfAnyLengthIsNoLog() {
        for (int padding = 0; padding <= 60; padding++) {
            var address = Bytes.utf8(CREATED + "00000000000000000000");
            var fitting = address.slice(0, Math.min(padding, 44));
            var output = Bytes.concat(fitting, Bytes.of(new byte[4]), Bytes.utf8(EMITTER), event);
            var call = FiscoReceipt.plain("18746", "", 0, output, List.of(), HEIGHT);
            assertThat(read(call.preimage())).as("padding %d", padding).isIn(refusals(call));
        }
    }

    private static List<Verdict<Checkpoint>> refusals(FiscoReceipt call) {
        return List.of(
                reject(new ReceiptLength(call.preimage().size())),
                reject(new ReceiptGasUsed()),
                reject(new ReceiptContract()));
    }

    /// NT-81: before a fix of theirs, nodes kept the logs of what failed.
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 16, 1 << 24})
    void aTransactionThatFailedEmittedNothing(int status) {
        var log = new Log(EMITTER, List.of(ROLE.topic(), LANE.value()), data);
        assertThat(read(creation(status, Bytes.EMPTY, log).preimage())).isEqualTo(reject(new ReceiptStatus()));
        assertThat(read(creation(0, Bytes.EMPTY, log).preimage())).isEqualTo(accept(CHECKPOINT));
    }

    /// NT-82: code that is run for another contract logs that contract's address.
    @Test
    void aCheckpointThatAProxyOfTheOutboxEmitsIsTheProxys() {
        var log = new Log(ATTACKER, List.of(ROLE.topic(), LANE.value()), data);
        assertThat(read(creation(0, Bytes.EMPTY, log).preimage())).isEqualTo(reject(new WrongEmitter()));
    }

    /// NT-84: leaves and nodes are hashed alike; a node that begins as a receipt does is refused in every place.
    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void aNodeThatReadsAsAReceiptIsRefusedOnEitherSide(long position) {
        var leaf = carrier().hash(SUITE);
        var led = new Bytes32(
                Bytes.concat(Bytes.of(new byte[4]), word("s").value().slice(4, 32)));
        var groups = position == 1
                ? List.of(new Group(1, led))
                : List.of(new Group(0, null), new Group(1, word("s")), new Group(1, led));
        int at = position == 1 ? 0 : 2;
        assertThat(ReceiptTree.verify(SUITE, leaf, groups, word("root"))).isEqualTo(reject(new GroupPrefix(at)));
    }
}
