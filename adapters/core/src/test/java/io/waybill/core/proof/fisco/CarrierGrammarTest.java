package io.waybill.core.proof.fisco;

import static io.waybill.core.proof.fisco.Carriers.HEIGHT;
import static io.waybill.core.proof.fisco.Carriers.OUTBOX;
import static io.waybill.core.proof.fisco.Carriers.ROLE;
import static io.waybill.core.proof.fisco.Carriers.size;
import static io.waybill.core.proof.fisco.Carriers.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.fisco.FiscoReceipt.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Why a carrier's receipt can be read in one way only: of everything that a node could have written to give these
/// octets, one receipt is left. [#readings] lists them all, by brute force over every place where a field may end.
///
/// What a node writes: gasUsed, at most ten digits, for no block has more gas; a contract address exactly when
/// the transaction creates; no output when that succeeded, else any; a status below 2^24; each log with an
/// address of 40 digits, and topics and data of any length.
class CarrierGrammarTest {
    private static final int MOST_DIGITS = 10;
    private static final int ADDRESS = 40;
    private static final int STATUS_LIMIT = 1 << 24;
    private static final int BLOCK = 8;

    /// Every receipt that a node could have written with this preimage. Logs that differ only in where their topics
    /// end are one: they say the same, octet for octet.
    private static List<FiscoReceipt> readings(Bytes preimage) {
        var found = new ArrayList<FiscoReceipt>();
        if (preimage.size() < 4 + 1 + 4 + BLOCK || !preimage.slice(0, 4).isZero()) return found;
        for (int digits = 1; digits <= MOST_DIGITS && 4 + digits + 4 + BLOCK <= preimage.size(); digits++) {
            if (!isGas(preimage.slice(4, 4 + digits))) continue;
            afterContract(preimage, digits, 0, found);
            afterContract(preimage, digits, ADDRESS, found);
        }
        return found;
    }

    private static void afterContract(Bytes preimage, int digits, int contract, List<FiscoReceipt> found) {
        int at = 4 + digits + contract;
        int end = preimage.size() - BLOCK;
        if (at + 4 > end || !isAddress(preimage.slice(4 + digits, at))) return;
        long status = preimage.number(at, at + 4);
        if (status >= STATUS_LIMIT) return;
        boolean silent = contract > 0 && status == 0;
        for (int output = at + 4; output <= (silent ? at + 4 : end); output++) {
            for (var logs : logs(preimage.slice(output, end))) {
                found.add(FiscoReceipt.plain(
                        text(preimage.slice(4, 4 + digits)),
                        text(preimage.slice(4 + digits, at)),
                        (int) status,
                        preimage.slice(at + 4, output),
                        logs,
                        preimage.number(end, preimage.size())));
            }
        }
    }

    /// Every way to read octets as logs, to the last of them.
    private static List<List<Log>> logs(Bytes octets) {
        if (octets.isEmpty()) return List.of(List.of());
        var found = new ArrayList<List<Log>>();
        if (octets.size() < ADDRESS || !isAddress(octets.slice(0, ADDRESS))) return found;
        for (int end = ADDRESS; end <= octets.size(); end++) {
            var said = octets.slice(ADDRESS, end);
            for (var rest : logs(octets.slice(end, octets.size()))) {
                var first = new Log(text(octets.slice(0, ADDRESS)), List.of(), said);
                found.add(Stream.concat(Stream.of(first), rest.stream()).toList());
            }
        }
        return found;
    }

    private static boolean isGas(Bytes digits) {
        var text = text(digits);
        return text.matches("0|[1-9][0-9]*");
    }

    private static boolean isAddress(Bytes digits) {
        return text(digits).matches("[0-9a-f]*");
    }

    private static String text(Bytes octets) {
        return IntStream.range(0, octets.size())
                .mapToObj(i -> String.valueOf((char) octets.at(i)))
                .collect(Collectors.joining());
    }

    /// A carrier of which an attacker chose all he may: the lane and the root whose digits he would like to be read
    /// otherwise, the address he is given, gas, and size.
    record Chosen(String gasUsed, String contract, Bytes32 lane, long leaves, Bytes32 root) {
        Bytes preimage() {
            var log = new Log(
                    OUTBOX.toHex().substring(2),
                    List.of(ROLE.topic(), lane),
                    Bytes.concat(size(leaves).value(), root.value()));
            return FiscoReceipt.plain(gasUsed, contract, 0, Bytes.EMPTY, List.of(log), HEIGHT)
                    .preimage();
        }

        Verdict<Checkpoint> read() {
            return CarrierReceipt.read(preimage(), OUTBOX, ROLE.topic(), new LaneId(lane), HEIGHT);
        }
    }

    private static Bytes32 digits(String text) {
        return new Bytes32(Bytes.utf8(text.repeat(32).substring(0, 32)));
    }

    static Stream<Chosen> chosen() {
        long everyDigit = 0x3030_3030_3030L;
        var address = OUTBOX.toHex().substring(2);
        return Stream.of(
                new Chosen("18746", "e16469be7721563d4d6a703932058d12ca2ca94c", word("lane"), 7, word("root")),
                new Chosen("1", "1".repeat(ADDRESS), digits("1"), everyDigit, digits("1")),
                new Chosen("9999999999", "0".repeat(ADDRESS), digits("0"), everyDigit, digits("0")),
                new Chosen("0", "0".repeat(ADDRESS), digits("0"), 1, digits("f")),
                new Chosen("10", address, digits(address), everyDigit, digits(address.substring(8))),
                new Chosen("123456", "9".repeat(39) + "f", digits("a"), (1L << 48) - 1, digits("a")));
    }

    @ParameterizedTest
    @MethodSource("chosen")
    void hasOneReadingWhateverItsFieldsAre(Chosen carrier) {
        var preimage = carrier.preimage();
        assertThat(carrier.read()).isEqualTo(Verdict.accept(checkpoint(carrier)));
        assertThat(readings(preimage)).singleElement().satisfies(only -> says(only, carrier));
    }

    @Test
    void hasOneReadingWhateverASeedMakesOfIt() {
        var random = new SplittableRandom(20_261_125);
        for (int i = 0; i < 300; i++) {
            var carrier = new Chosen(
                    Long.toString(random.nextLong(9_999_999_999L)),
                    hex(random, ADDRESS),
                    new Bytes32(Bytes.utf8(hex(random, 32))),
                    1 + random.nextLong((1L << 48) - 1),
                    new Bytes32(Bytes.utf8(hex(random, 32))));
            assertThat(carrier.read()).isEqualTo(Verdict.accept(checkpoint(carrier)));
            assertThat(readings(carrier.preimage())).singleElement().satisfies(only -> says(only, carrier));
        }
    }

    /// Digits, mostly decimal ones: what a field would have to be made of to be read as another.
    private static String hex(SplittableRandom random, int length) {
        return random.ints(length, 0, 40)
                .mapToObj(i -> String.valueOf("0123456789abcdef".charAt(i < 16 ? i : i % 10)))
                .collect(Collectors.joining());
    }

    private static Checkpoint checkpoint(Chosen carrier) {
        return new Checkpoint(new LaneId(carrier.lane), carrier.leaves, carrier.root);
    }

    private static void says(FiscoReceipt receipt, Chosen carrier) {
        assertThat(receipt.contractAddress()).isEqualTo(carrier.contract);
        assertThat(receipt.gasUsed()).isEqualTo(carrier.gasUsed);
        assertThat(receipt.output()).isEqualTo(Bytes.EMPTY);
        assertThat(receipt.logs()).singleElement().satisfies(log -> {
            assertThat(log.address()).isEqualTo(OUTBOX.toHex().substring(2));
            assertThat(log.data().slice(0, 64))
                    .isEqualTo(Bytes.concat(ROLE.topic().value(), carrier.lane.value()));
        });
        assertThat(receipt.preimage()).isEqualTo(carrier.preimage());
    }

    /// The search itself finds second readings where there are some: of a call's output, which its sender chooses.
    @Test
    void theSearchFindsTheSecondReadingOfAnOutput() {
        var log = Bytes.concat(
                Bytes.utf8(OUTBOX.toHex().substring(2)),
                ROLE.topic().value(),
                word("lane").value());
        var call = FiscoReceipt.plain("18746", "", 0, log, List.of(), HEIGHT);
        assertThat(readings(call.preimage()))
                .hasSizeGreaterThan(1)
                .anySatisfy(reading -> assertThat(reading).isEqualTo(call))
                .anySatisfy(reading -> assertThat(reading.logs())
                        .singleElement()
                        .satisfies(forged -> assertThat(forged.address())
                                .isEqualTo(OUTBOX.toHex().substring(2))));
        assertThat(Carriers.read(call.preimage()).isAccepted()).isFalse();
    }

    /// The constant that no attacker chooses: the end of the topic is no address, so no log begins within the
    /// event.
    @Test
    void noTopicOfACheckpointEndsInTheDigitsOfAnAddress() {
        for (var role : LogRole.values()) {
            assertThat(isAddress(role.topic().value().slice(24, 32)))
                    .as(role.name())
                    .isFalse();
        }
    }
}
