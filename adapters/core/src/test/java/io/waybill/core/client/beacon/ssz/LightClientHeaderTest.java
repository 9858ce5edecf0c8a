package io.waybill.core.client.beacon.ssz;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LightClientHeaderTest {
    private static final List<Bytes32> BRANCH = hashes(4);

    private static List<Bytes32> hashes(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Ssz::u64).toList();
    }

    private static ExecutionPayloadHeader execution(Bytes blobGasUsed, Bytes excessBlobGas) {
        var fields = new ArrayList<Bytes>();
        for (var field : ExecutionField.values()) {
            fields.add(
                    switch (field.form()) {
                        case HASH -> Bytes.of(new byte[32]);
                        case ADDRESS -> Bytes.of(new byte[20]);
                        case BLOOM -> Bytes.of(new byte[256]);
                        case SHORT_LIST -> Bytes.EMPTY;
                        case NUMBER, WIDE_NUMBER -> Bytes.of(9);
                    });
        }
        fields.set(15, blobGasUsed);
        fields.set(16, excessBlobGas);
        return new ExecutionPayloadHeader(fields);
    }

    /// A header whose body holds an execution header with a root, at generalized index 25.
    private static LightClientHeader holding(ExecutionPayloadHeader execution, Bytes32 root) {
        var h0 = Ssz.node(BRANCH.get(0), root);
        var h1 = Ssz.node(h0, BRANCH.get(1));
        var h2 = Ssz.node(h1, BRANCH.get(2));
        var body = Ssz.node(BRANCH.get(3), h2);
        var beacon = new BeaconBlockHeader(100, 1, Bytes32.ZERO, Bytes32.ZERO, body);
        return new LightClientHeader(beacon, execution, BRANCH);
    }

    private static LightClientHeader with(LightClientHeader header, List<Bytes32> branch) {
        return new LightClientHeader(header.beacon(), header.execution(), branch);
    }

    @Nested
    class BeforeCapella {
        private final LightClientHeader bare = new LightClientHeader(
                new BeaconBlockHeader(100, 1, Bytes32.ZERO, Bytes32.ZERO, Bytes32.ZERO), null, List.of());

        @Test
        void namesNoExecutionBlock() {
            assertThat(bare.check(Fork.ALTAIR)).isEqualTo(accept(bare));
            assertThat(bare.check(Fork.BELLATRIX)).isEqualTo(accept(bare));
            assertThat(bare.check(Fork.CAPELLA)).isEqualTo(reject(new BeaconRejection.ExecutionHeaderMissing(100)));
            assertThat(bare.check(Fork.FULU)).isEqualTo(reject(new BeaconRejection.ExecutionHeaderMissing(100)));
        }

        @Test
        void anExecutionHeaderIsRefusedEvenIfItIsInTheBody() {
            var execution = execution(Bytes.EMPTY, Bytes.EMPTY);
            var header = holding(execution, execution.root(Fork.CAPELLA));
            assertThat(header.check(Fork.CAPELLA)).isEqualTo(accept(header));
            assertThat(header.check(Fork.BELLATRIX))
                    .isEqualTo(reject(new BeaconRejection.ExecutionHeaderUnexpected(100)));
            assertThat(with(bare, BRANCH).check(Fork.BELLATRIX))
                    .isEqualTo(reject(new BeaconRejection.ExecutionHeaderUnexpected(100)));
        }
    }

    @Nested
    class FromCapellaOn {
        @Test
        void hasTheFieldsOfItsOwnFork() {
            var execution = execution(Bytes.EMPTY, Bytes.EMPTY);
            var capella = holding(execution, execution.root(Fork.CAPELLA));
            var deneb = holding(execution, execution.root(Fork.DENEB));
            assertThat(capella.check(Fork.CAPELLA)).isEqualTo(accept(capella));
            assertThat(capella.check(Fork.DENEB)).isEqualTo(reject(new BeaconRejection.ExecutionBranchInvalid(100)));
            for (var fork : List.of(Fork.DENEB, Fork.ELECTRA, Fork.FULU)) {
                assertThat(deneb.check(fork)).isEqualTo(accept(deneb));
            }
            assertThat(deneb.check(Fork.CAPELLA)).isEqualTo(reject(new BeaconRejection.ExecutionBranchInvalid(100)));
        }

        @Test
        void capellaKnowsNoBlobGas() {
            for (var execution : List.of(execution(Bytes.of(1), Bytes.EMPTY), execution(Bytes.EMPTY, Bytes.of(1)))) {
                assertThat(holding(execution, execution.root(Fork.CAPELLA)).check(Fork.CAPELLA))
                        .isEqualTo(reject(new BeaconRejection.BlobGasBeforeDeneb(100)));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 3, 5, 11})
        void theBranchHasFourElements(int size) {
            var execution = execution(Bytes.of(1), Bytes.of(2));
            var header = holding(execution, execution.root(Fork.DENEB));
            assertThat(header.check(Fork.DENEB)).isEqualTo(accept(header));
            assertThat(with(header, hashes(size)).check(Fork.DENEB))
                    .isEqualTo(reject(new BeaconRejection.ExecutionBranchInvalid(100)));
        }

        @Test
        void aZeroElementTooManyIsRefusedHere() {
            var execution = execution(Bytes.of(1), Bytes.of(2));
            var header = holding(execution, execution.root(Fork.DENEB));
            var longer = new ArrayList<>(BRANCH);
            longer.addFirst(Bytes32.ZERO);
            assertThat(with(header, longer).check(Fork.DENEB))
                    .isEqualTo(reject(new BeaconRejection.ExecutionBranchInvalid(100)));
        }
    }

    @Nested
    class Fields {
        @Test
        void areOfTheirSizesAndNumbersMinimal() {
            var fields = execution(Bytes.of(1), Bytes.of(2)).fields();
            assertThat(ExecutionPayloadHeader.wellFormed(fields)).isTrue();
            assertThat(ExecutionPayloadHeader.wellFormed(fields.subList(0, 16))).isFalse();
            for (var field : ExecutionField.values()) {
                boolean list = field == ExecutionField.EXTRA_DATA;
                for (var odd : List.of(Bytes.of(new byte[33]), Bytes.of(0, 1))) {
                    var other = new ArrayList<>(fields);
                    other.set(List.of(ExecutionField.values()).indexOf(field), odd);
                    assertThat(ExecutionPayloadHeader.wellFormed(other))
                            .as("%s of %d octets", field, odd.size())
                            .isEqualTo(list && odd.size() == 2);
                }
            }
            assertThatThrownBy(() -> new ExecutionPayloadHeader(List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
