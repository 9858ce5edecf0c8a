package io.waybill.core.client.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitteeTest {
    private static List<Address> verifiers(int count) {
        return CommitteeScenario.keys(count).stream().map(KeyPair::address).toList();
    }

    @Nested
    class Committees {
        @ParameterizedTest
        @CsvSource({"3, 2", "3, 3", "4, 3", "10, 6", "32, 17", "32, 32"})
        void haveThreeTo32VerifiersAndAMajority(int verifiers, int needed) {
            assertThatNoException().isThrownBy(() -> new Committee(verifiers(verifiers), needed));
        }

        @ParameterizedTest
        @CsvSource({"0, 0", "2, 2", "33, 17", "3, 1", "3, 4", "4, 2", "10, 5", "32, 16", "3, -1"})
        void haveNoOtherSizes(int verifiers, int needed) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Committee(verifiers(verifiers), needed));
        }

        @Test
        void ascendWithoutRepetitionOrZero() {
            var descending = new ArrayList<>(verifiers(3));
            Collections.reverse(descending);
            var twice = List.of(
                    verifiers(3).get(0), verifiers(3).get(1), verifiers(3).get(1));
            var zero = List.of(Address.ZERO, verifiers(3).get(0), verifiers(3).get(1));
            for (var wrong : List.of(descending, twice, zero)) {
                assertThatIllegalArgumentException().isThrownBy(() -> new Committee(wrong, 2));
            }
        }

        @Test
        void areToldApartByMembersAndByHowManyAreNeeded() {
            assertThat(List.of(
                            new Committee(verifiers(5), 3).setHash(),
                            new Committee(verifiers(5), 4).setHash(),
                            new Committee(verifiers(4), 3).setHash()))
                    .doesNotHaveDuplicates();
        }
    }

    @Nested
    class Anchors {
        private final Bytes32 hash = CommitteeScenario.word("hash");

        @Test
        void areReadAsTheyAreWritten() {
            var anchor = new CommitteeAnchor((1L << 62) - 1, hash, (1L << 48) - 1);
            assertThat(CommitteeAnchor.decode(anchor.encode()).orElseThrow()).isEqualTo(anchor);
        }

        @ParameterizedTest
        @CsvSource({"0, 1", "-1, 1", "4611686018427387904, 1", "1, 0", "1, -1", "1, 281474976710656"})
        void haveAHeightAndATimeWithinTheirRanges(long height, long timeMs) {
            assertThatIllegalArgumentException().isThrownBy(() -> new CommitteeAnchor(height, hash, timeMs));
        }

        @Test
        void haveAHash() {
            assertThatIllegalArgumentException().isThrownBy(() -> new CommitteeAnchor(1, Bytes32.ZERO, 1));
        }
    }

    @Nested
    class Parameters {
        @ParameterizedTest
        @CsvSource({"0, 0", "-1, 0", "1, -1"})
        void haveAPeriodAndADrift(long period, long drift) {
            assertThatIllegalArgumentException().isThrownBy(() -> params(period, drift));
        }

        @Test
        void mayHaveNoDrift() {
            assertThatNoException().isThrownBy(() -> params(1, 0));
        }

        private CommitteeParams params(long period, long drift) {
            return new CommitteeParams(
                    CommitteeScenario.CHAIN,
                    CommitteeScenario.VERIFYING,
                    KeyPair.named("contract").address(),
                    CommitteeScenario.committee(3, 2),
                    period,
                    drift,
                    CommitteeScenario.ANCHOR);
        }
    }

    @Nested
    class Records {
        @Test
        void areAtMost65536() {
            var record = new CheckpointRecord(Bytes.of(new byte[CheckpointRecord.SIZE]));
            assertThat(new CheckpointRecords(List.of()).root()).isNotEqualTo(Bytes32.ZERO);
            assertThatNoException()
                    .isThrownBy(() -> new CheckpointRecords(Collections.nCopies(CheckpointRecords.MOST, record)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CheckpointRecords(Collections.nCopies(CheckpointRecords.MOST + 1, record)));
        }
    }
}
