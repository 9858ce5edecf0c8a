package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.proof.fisco.Carriers.CHECKPOINT;
import static io.waybill.core.proof.fisco.Carriers.HEIGHT;
import static io.waybill.core.proof.fisco.Carriers.LANE;
import static io.waybill.core.proof.fisco.Carriers.OUTBOX;
import static io.waybill.core.proof.fisco.Carriers.ROLE;
import static io.waybill.core.proof.fisco.Carriers.carrier;
import static io.waybill.core.proof.fisco.Carriers.data;
import static io.waybill.core.proof.fisco.Carriers.read;
import static io.waybill.core.proof.fisco.Carriers.size;
import static io.waybill.core.proof.fisco.Carriers.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.CheckpointRootZero;
import io.waybill.core.EventRejection.CheckpointSizeOutOfRange;
import io.waybill.core.EventRejection.ReceiptBlock;
import io.waybill.core.EventRejection.ReceiptContract;
import io.waybill.core.EventRejection.ReceiptGasUsed;
import io.waybill.core.EventRejection.ReceiptLength;
import io.waybill.core.EventRejection.ReceiptStatus;
import io.waybill.core.EventRejection.ReceiptVersion;
import io.waybill.core.EventRejection.WrongEmitter;
import io.waybill.core.EventRejection.WrongLane;
import io.waybill.core.EventRejection.WrongTopic;
import io.waybill.core.LaneId;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierReceiptTest {
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
