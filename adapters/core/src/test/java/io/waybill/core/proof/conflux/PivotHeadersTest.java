package io.waybill.core.proof.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.BlamedRootsCount;
import io.waybill.core.ConfluxRejection.BlamedRootsMismatch;
import io.waybill.core.ConfluxRejection.MalformedPowHeader;
import io.waybill.core.ConfluxRejection.PowHeaderHashMismatch;
import io.waybill.core.ConfluxRejection.PowHeaderHeightMismatch;
import io.waybill.core.ConfluxRejection.RootsBlamed;
import io.waybill.core.ConfluxRejection.TooFewBlameVotes;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.conflux.ConfluxVectors;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PivotHeadersTest {
    private static final long H = 100;
    private static final int VOTES = 30;

    private static PowChain blaming(Map<Long, Long> blames) {
        return PowChain.between(H - 3, H + 40, Map.of(), blames);
    }

    private static Verdict<PowHeader> vouched(PowChain chain, long pivot, long lowest) {
        return PivotHeaders.from(pivot, chain.hash(pivot), chain.down(pivot, lowest))
                .then(headers -> headers.vouched(VOTES));
    }

    private static Verdict<PowHeader> refused(Rejection reason) {
        return Verdict.reject(reason);
    }

    @Nested
    class Header {
        static Stream<Arguments> changes() {
            return Stream.of(
                    Arguments.of("parentHash", 0, Rlp.of(Bytes.of(1))),
                    Arguments.of("height", 1, Rlp.of(Bytes.of(0))),
                    Arguments.of("height", 1, Rlp.of(-1)),
                    Arguments.of("timestamp", 2, Rlp.of(Bytes.of(new byte[9]).with(0, 1))),
                    Arguments.of("author", 3, Rlp.of(Bytes.of(new byte[21]))),
                    Arguments.of("transactionsRoot", 4, Rlp.of(Bytes.EMPTY)),
                    Arguments.of("deferredStateRoot", 5, Rlp.of(Bytes.EMPTY)),
                    Arguments.of("deferredReceiptsRoot", 6, Rlp.of(Bytes.EMPTY)),
                    Arguments.of("deferredLogsBloomHash", 7, Rlp.of(Bytes.EMPTY)),
                    Arguments.of("blame", 8, Rlp.of(1L << 32)),
                    Arguments.of("difficulty", 9, Rlp.of(Bytes.of(0))),
                    Arguments.of("adaptive", 10, Rlp.of(Bytes.of(0))),
                    Arguments.of("gasLimit", 11, Rlp.of(Bytes.of(0))),
                    Arguments.of("refereeHashes", 12, Rlp.list(Rlp.of(Bytes.of(1)))),
                    Arguments.of("nonce", 13, Rlp.of(Bytes.of(new byte[33]).with(0, 1))));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("changes")
        void isRefusedWithAFieldThatIsNotAsItMustBe(String field, int index, Rlp item) {
            var items = PowChain.items(Bytes32.ZERO, 7, Bytes32.ZERO, 0);
            items.set(index, item);

            assertThat(PowHeader.decode(Rlp.list(items).encode())).isEqualTo(refused(new MalformedPowHeader(field)));
        }

        @Test
        void mayEndWithItsFourteenFieldsAndNoFewer() {
            var items = PowChain.items(Bytes32.ZERO, 7, Bytes32.ZERO, 0);

            assertThat(PowHeader.decode(Rlp.list(items.subList(0, 14)).encode()).isAccepted())
                    .isTrue();
            assertThat(PowHeader.decode(Rlp.list(items.subList(0, 13)).encode()))
                    .isEqualTo(refused(new MalformedPowHeader("fields")));
        }

        @Test
        void isBounded() {
            assertThat(PowHeader.decode(Bytes.of(new byte[PowHeader.SIZE_LIMIT + 1])))
                    .isEqualTo(refused(new MalformedPowHeader("size")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"eas-4validators.json", "eas-single.json", "forged-receipts-root.json"})
        void hashesAsTheNodeSays(String file) {
            for (var json : ConfluxVectors.read(file).get("headers")) {
                var header = PowHeader.decode(Bytes.hex(json.get("rlp").stringValue()))
                        .orElseThrow();

                assertThat(header.hash()).isEqualTo(ConfluxVectors.hash(json.get("hash")));
                assertThat(header.height()).isEqualTo(json.get("height").longValue());
            }
        }
    }

    @Nested
    class Links {
        @Test
        void beginAtTheSignedPivot() {
            var chain = blaming(Map.of());
            var other = Digests.sha256(Bytes.utf8("other"));

            assertThat(PivotHeaders.from(H, other, chain.down(H, H)))
                    .isEqualTo(Verdict.reject(new PowHeaderHashMismatch(H, other, chain.hash(H))));
            assertThat(PivotHeaders.from(H + 1, chain.hash(H), chain.down(H, H)))
                    .isEqualTo(Verdict.reject(new PowHeaderHeightMismatch(H + 1, H)));
        }

        @Test
        void leaveNoHeaderOut() {
            var chain = blaming(Map.of());
            var headers = new ArrayList<>(chain.down(H + 2, H));
            headers.remove(1);

            assertThat(PivotHeaders.from(H + 2, chain.hash(H + 2), headers))
                    .isEqualTo(Verdict.reject(new PowHeaderHashMismatch(H + 1, chain.hash(H + 1), chain.hash(H))));
        }

        @Test
        void goDownOneHeightEach() {
            var chain = blaming(Map.of());
            var skipping = PowHeader.decode(PowChain.encoded(chain.hash(H), H + 2, Bytes32.ZERO, 0))
                    .orElseThrow();
            var headers = List.of(skipping.encode(), chain.at(H).encode());

            assertThat(PivotHeaders.from(H + 2, skipping.hash(), headers))
                    .isEqualTo(Verdict.reject(new PowHeaderHeightMismatch(H + 1, H)));
        }

        @Test
        void areAtLeastOneAndBounded() {
            var header = blaming(Map.of()).at(H);

            assertThat(PivotHeaders.from(H, header.hash(), List.of()))
                    .isEqualTo(Verdict.reject(new MalformedEventProof("headers")));
            assertThat(PivotHeaders.from(H, header.hash(), Collections.nCopies(PivotHeaders.MOST + 1, header.encode())))
                    .isEqualTo(Verdict.reject(new MalformedEventProof("headers")));
        }
    }

    @Nested
    class Votes {
        @Test
        void mustBeThirtyAndNotOneFewer() {
            var chain = blaming(Map.of());

            assertThat(vouched(chain, H + 30, H)).isEqualTo(Verdict.accept(chain.at(H)));
            assertThat(vouched(chain, H + 29, H)).isEqualTo(refused(new TooFewBlameVotes(29, 30)));
        }

        @Test
        void mayNotBeAgainstNotEvenOne() {
            var chain = blaming(Map.of(H + 40, 40L));
            var passing = blaming(Map.of(H + 40, 39L));

            assertThat(vouched(chain, H + 40, H)).isEqualTo(refused(new RootsBlamed(H, 1)));
            assertThat(vouched(passing, H + 40, H)).isEqualTo(Verdict.accept(passing.at(H)));
        }

        @Test
        void followWhatTheHeaderTheyHoldRightSays() {
            var chain = blaming(Map.of(H + 1, 1L, H + 2, 0L));

            assertThat(vouched(chain, H + 40, H)).isEqualTo(refused(new RootsBlamed(H, 40)));
            assertThat(vouched(chain, H + 40, H - 1)).isEqualTo(Verdict.accept(chain.at(H - 1)));
            assertThat(vouched(chain, H + 40, H + 1)).isEqualTo(Verdict.accept(chain.at(H + 1)));
        }

        @Test
        void mayBlameSeveralHeadersDeep() {
            var chain = blaming(Map.of(H + 3, 2L));

            assertThat(vouched(chain, H + 40, H)).isEqualTo(Verdict.accept(chain.at(H)));
            assertThat(vouched(chain, H + 40, H + 1)).isEqualTo(refused(new RootsBlamed(H + 1, 38)));
            assertThat(vouched(chain, H + 40, H - 1)).isEqualTo(Verdict.accept(chain.at(H - 1)));
        }

        @Test
        void areNotMisledByABlameBeyondTheChain() {
            var chain = blaming(Map.of(H + 5, (1L << 32) - 1));

            assertThat(vouched(chain, H + 40, H)).isEqualTo(refused(new RootsBlamed(H, 36)));
        }
    }

    @Nested
    class Roots {
        private static final List<Bytes32> THREE =
                List.of(Digests.sha256(Bytes.of(0)), Digests.sha256(Bytes.of(1)), Digests.sha256(Bytes.of(2)));

        private static PowHeader stating(Bytes32 root, long blame) {
            return PowHeader.decode(PowChain.encoded(Bytes32.ZERO, H, root, blame))
                    .orElseThrow();
        }

        @Test
        void areStatedByAHeaderWithoutBlame() {
            var header = stating(THREE.getFirst(), 0);

            assertThat(DeferredRoots.stated().under(header)).isEqualTo(Verdict.accept(THREE.getFirst()));
            assertThat(new DeferredRoots(0, THREE.subList(0, 1)).under(header))
                    .isEqualTo(Verdict.reject(new BlamedRootsCount(0, 0, 1)));
            assertThat(new DeferredRoots(1, List.of()).under(header))
                    .isEqualTo(Verdict.reject(new BlamedRootsCount(0, 1, 0)));
        }

        @Test
        void areHashedByAHeaderThatBlames() {
            var nested = Digests.keccak256(Bytes.concat(
                    THREE.get(0).value(),
                    Digests.keccak256(Bytes.concat(
                                    THREE.get(1).value(), THREE.get(2).value()))
                            .value()));
            var header = stating(nested, 2);

            for (int i = 0; i < 3; i++) {
                assertThat(new DeferredRoots(i, THREE).under(header)).isEqualTo(Verdict.accept(THREE.get(i)));
            }
            assertThat(new DeferredRoots(3, THREE).under(header))
                    .isEqualTo(Verdict.reject(new BlamedRootsCount(2, 3, 3)));
            assertThat(new DeferredRoots(1, THREE.subList(0, 2)).under(header))
                    .isEqualTo(Verdict.reject(new BlamedRootsCount(2, 1, 2)));
            assertThat(DeferredRoots.stated().under(header)).isEqualTo(Verdict.reject(new BlamedRootsCount(2, 0, 0)));
        }

        @Test
        void areRefusedWhereOneIsAnother() {
            var header = stating(DeferredRoots.hash(THREE), 2);
            var other = List.of(THREE.get(0), THREE.get(2), THREE.get(1));

            assertThat(new DeferredRoots(0, other).under(header))
                    .isEqualTo(Verdict.reject(
                            new BlamedRootsMismatch(DeferredRoots.hash(THREE), DeferredRoots.hash(other))));
        }
    }
}
