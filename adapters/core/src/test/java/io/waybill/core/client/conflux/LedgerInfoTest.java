package io.waybill.core.client.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.MalformedLedgerInfo;
import io.waybill.core.Verdict;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LedgerInfoTest {
    private static final int NEXT_COMMITTEE = 8 + 8 + 33 + 33 + 8 + 8;

    private static Committee committee() {
        return Committee.of(7, 1, 1, 1);
    }

    private static Bytes encoded() {
        return committee().info(120, Committee.of(8, 1, 2)).encode();
    }

    private static Verdict<LedgerInfo> malformed(String part) {
        return Verdict.reject(new MalformedLedgerInfo(part));
    }

    @Nested
    class Encode {
        @Test
        void opensWithTheSeedOfTheTypesName() throws NoSuchAlgorithmException {
            var name = Bytes.utf8("DIEM::LedgerInfo").toArray();
            var seed = Bytes.of(MessageDigest.getInstance("SHA3-256").digest(name));

            assertThat(committee().info(60, null).signedMessage().slice(0, 32)).isEqualTo(seed);
        }

        @Test
        void writesNumbersLittleEndianAndThePivotsHashAsText() {
            var encoded = committee().info(120, null).encode();

            assertThat(encoded.slice(0, 8)).isEqualTo(Bytes.hex("0700000000000000"));
            assertThat(encoded.slice(encoded.size() - 33 - 66 - 1, encoded.size() - 33 - 64))
                    .isEqualTo(Bytes.concat(Bytes.of(66), Bytes.utf8("0x")));
        }
    }

    @Nested
    class Decode {
        static Stream<LedgerInfo> infos() {
            return Stream.of(
                    committee().info(120, Committee.of(8, 1, 2)),
                    committee().info(120, null),
                    committee().info((Pivot) null, null),
                    committee().info(60L << 33, null));
        }

        @ParameterizedTest
        @MethodSource("infos")
        void readsWhatItWrote(LedgerInfo info) {
            assertThat(LedgerInfo.decode(info.encode())).isEqualTo(Verdict.accept(info));
        }

        @Test
        void refusesEveryPrefix() {
            var whole = encoded();
            for (int size = 0; size < whole.size(); size++) {
                assertThat(LedgerInfo.decode(whole.slice(0, size))).isInstanceOf(Verdict.Rejected.class);
            }
        }

        @Test
        void refusesAnOctetAfterTheEnd() {
            assertThat(LedgerInfo.decode(Bytes.concat(encoded(), Bytes.of(0)))).isEqualTo(malformed("end"));
        }

        @Test
        void refusesANumberThatNoLongHolds() {
            assertThat(LedgerInfo.decode(encoded().with(7, 0x80))).isEqualTo(malformed("epoch"));
        }

        @Test
        void refusesAHashOfAnotherLength() {
            assertThat(LedgerInfo.decode(encoded().with(16, 31))).isEqualTo(malformed("id"));
        }

        @Test
        void refusesAnOptionOtherThanZeroAndOne() {
            assertThat(LedgerInfo.decode(encoded().with(NEXT_COMMITTEE, 2))).isEqualTo(malformed("nextEpochState"));
        }

        @Test
        void refusesALengthThatCouldBeShorter() {
            var whole = encoded();
            int count = NEXT_COMMITTEE + 1 + 8;
            var padded = Bytes.concat(whole.slice(0, count), Bytes.of(0x82, 0), whole.slice(count + 1, whole.size()));

            assertThat(LedgerInfo.decode(padded)).isEqualTo(malformed("validators"));
        }

        @Test
        void refusesUpperCaseInThePivotsHash() {
            var whole = encoded();
            int text = whole.size() - 33 - 66;
            int letter = text + 2;
            while (whole.at(letter) < 'a') letter++;

            assertThat(LedgerInfo.decode(whole.with(letter, whole.at(letter) - 'a' + 'A')))
                    .isEqualTo(malformed("pivot.blockHash"));
        }
    }

    @Nested
    class Committees {
        @Test
        void areReadWithoutAVrfKey() {
            var first = committee().state().validators().getFirst();
            var state =
                    EpochState.of(3, List.of(new Validator(first.account(), first.publicKey(), null, 5)), Bytes.EMPTY);

            assertThat(EpochState.decode(state.encode())).isEqualTo(Verdict.accept(state));
        }

        @Test
        void areRefusedWithAccountsOutOfOrderOrTwice() {
            var state = committee().state();
            int size = 32 + 49 + 35 + 8;
            var octets = state.encode();
            var first = octets.slice(9, 9 + size);
            var second = octets.slice(9 + size, 9 + 2 * size);
            var rest = octets.slice(9 + 2 * size, octets.size());
            var head = octets.slice(0, 9);

            assertThat(EpochState.decode(Bytes.concat(head, second, first, rest)))
                    .isEqualTo(Verdict.reject(new MalformedLedgerInfo("validators")));
            assertThat(EpochState.decode(Bytes.concat(head, first, first, rest)))
                    .isEqualTo(Verdict.reject(new MalformedLedgerInfo("validators")));
        }

        @Test
        void haveAtMostAThousandMembers() {
            var first = committee().state().validators().getFirst();
            var validators = new ArrayList<Validator>();
            for (int i = 0; i < EpochState.MOST_VALIDATORS; i++) {
                var account = new Bytes32(Bytes.concat(Bytes.u32(i), Bytes.of(new byte[28])));
                validators.add(new Validator(account, first.publicKey(), null, 1));
            }
            var most = EpochState.of(1, validators, Bytes.EMPTY);
            var octets = most.encode();

            assertThat(EpochState.decode(octets)).isEqualTo(Verdict.accept(most));
            var more = Bytes.concat(octets.slice(0, 8), Bytes.of(0xe9, 0x07), octets.slice(10, octets.size()));
            assertThat(EpochState.decode(more)).isEqualTo(Verdict.reject(new MalformedLedgerInfo("validators")));
        }

        @Test
        void areRefusedWithAKeyOrASeedOfAnotherLength() {
            var octets = committee().state().encode();

            assertThat(EpochState.decode(octets.with(9 + 32, 47)))
                    .isEqualTo(Verdict.reject(new MalformedLedgerInfo("publicKey")));
            var seed = Bytes.of(
                    Collections.nCopies(129, 0).stream().mapToInt(i -> i).toArray());
            var long_ = Bytes.concat(octets.slice(0, octets.size() - 5), Bytes.of(0x81, 1), seed);
            assertThat(EpochState.decode(long_)).isEqualTo(Verdict.reject(new MalformedLedgerInfo("vrfSeed")));
        }
    }
}
