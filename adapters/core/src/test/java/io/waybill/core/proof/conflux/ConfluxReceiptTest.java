package io.waybill.core.proof.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.Verdict;
import io.waybill.core.client.conflux.ConfluxVectors;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.conflux.ConfluxReceipt.Outcome;
import io.waybill.core.proof.conflux.ConfluxReceipt.StorageChange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfluxReceiptTest {
    private static final ConfluxReceipt RECEIPT = new ConfluxReceipt(
            BigInteger.ONE,
            BigInteger.ONE.shiftLeft(255),
            true,
            Bytes.of(new byte[256]),
            List.of(
                    new ConfluxLog(Epochs.checkpoint(), LogSpace.CORE),
                    new ConfluxLog(new EvmLog(Address.ZERO, List.of(), Bytes.of(1)), LogSpace.ESPACE)),
            Outcome.SUCCESS,
            false,
            List.of(new StorageChange(Epochs.OUTBOX, 64)),
            List.of(new StorageChange(Epochs.OUTBOX, 128), new StorageChange(Address.ZERO, 0)),
            BigInteger.ZERO);

    static Stream<Bytes> captured() {
        var captures = new ArrayList<Bytes>();
        for (var epoch : ConfluxVectors.read("epochs-special.json")) {
            ConfluxVectors.receipts(epoch.get("receiptRlp")).forEach(captures::addAll);
        }
        for (var file : List.of("eas-4validators.json", "eas-single.json")) {
            ConfluxVectors.receipts(ConfluxVectors.read(file).get("receiptRlp")).forEach(captures::addAll);
        }
        return captures.stream();
    }

    @ParameterizedTest
    @MethodSource("captured")
    void readsEveryCapturedReceiptOctetForOctet(Bytes octets) {
        assertThat(ConfluxReceipt.decode(octets).map(ConfluxReceipt::encode)).isEqualTo(Verdict.accept(octets));
    }

    @Test
    void readsWhatItWrote() {
        assertThat(ConfluxReceipt.decode(RECEIPT.encode())).isEqualTo(Verdict.accept(RECEIPT));
    }

    static Stream<Arguments> changes() {
        var log = items().get(4).items().getFirst().items();
        return Stream.of(
                Arguments.of("accumulatedGasUsed", 0, Rlp.of(Bytes.of(0, 1))),
                Arguments.of(
                        "accumulatedGasUsed", 0, Rlp.of(Bytes.of(new byte[33]).with(0, 1))),
                Arguments.of("gasFee", 1, Rlp.of(Bytes.of(0))),
                Arguments.of("gasSponsored", 2, Rlp.of(Bytes.EMPTY)),
                Arguments.of("gasSponsored", 2, Rlp.of(Bytes.of(2))),
                Arguments.of("bloom", 3, Rlp.of(Bytes.of(new byte[255]))),
                Arguments.of("log", 4, Rlp.list(Rlp.list(log.subList(0, 2)))),
                Arguments.of("log", 4, Rlp.list(Rlp.list(log.get(0), log.get(1), log.get(2), Rlp.of(2), Rlp.of(2)))),
                Arguments.of("log", 4, Rlp.list(Rlp.list(Rlp.of(Bytes.of(1)), log.get(1), log.get(2)))),
                Arguments.of("space", 4, Rlp.list(Rlp.list(log.get(0), log.get(1), log.get(2), Rlp.of(1)))),
                Arguments.of(
                        "topics",
                        4,
                        Rlp.list(Rlp.list(
                                log.get(0),
                                Rlp.list(Collections.nCopies(5, Rlp.of(Bytes.of(new byte[32])))),
                                log.get(2)))),
                Arguments.of("outcome", 5, Rlp.of(3)),
                Arguments.of("outcome", 5, Rlp.of(Bytes.of(0xff, 0, 0, 0, 0, 0, 0, 0))),
                Arguments.of("storageSponsored", 6, Rlp.of(Bytes.EMPTY)),
                Arguments.of("storage", 7, Rlp.list(Rlp.list(Rlp.of(Bytes.of(new byte[20]))))),
                Arguments.of("burntGasFee", 9, Rlp.of(Bytes.of(0))));
    }

    private static List<Rlp> items() {
        return new ArrayList<>(Rlp.decode(RECEIPT.encode()).map(Rlp::items).orElseThrow());
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("changes")
    void refusesAPartThatIsNotAsItMustBe(String part, int index, Rlp item) {
        var items = items();
        items.set(index, item);

        assertThat(ConfluxReceipt.decode(Rlp.list(items).encode()))
                .isEqualTo(Verdict.<ConfluxReceipt>reject(new MalformedReceipt(part)));
    }

    @Test
    void hasNineFieldsOrTen() {
        var items = items();

        assertThat(ConfluxReceipt.decode(Rlp.list(items.subList(0, 9)).encode()).isAccepted())
                .isTrue();
        assertThat(ConfluxReceipt.decode(Rlp.list(items.subList(0, 8)).encode()))
                .isEqualTo(Verdict.<ConfluxReceipt>reject(new MalformedReceipt("fields")));
        items.add(Rlp.of(1));
        assertThat(ConfluxReceipt.decode(Rlp.list(items).encode()))
                .isEqualTo(Verdict.<ConfluxReceipt>reject(new MalformedReceipt("fields")));
    }
}
