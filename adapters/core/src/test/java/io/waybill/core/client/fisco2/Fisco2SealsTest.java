package io.waybill.core.client.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco2.Ledger2.START_MS;
import static io.waybill.core.client.fisco2.Ledger2.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Fisco2Rejection.TooFewSealers;
import io.waybill.core.Fisco2Rejection.TooFewTrustedSealers;
import io.waybill.core.FiscoRejection.NumberNotNext;
import io.waybill.core.FiscoRejection.ParentMismatch;
import io.waybill.core.FiscoRejection.SealIndexOutOfRange;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.SealsNotAscending;
import io.waybill.core.FiscoRejection.SetChangedTwice;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.digest.Sm2;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Fisco2SealsTest {
    private final Trust2 trust = new Trust2(FiscoSuite.STANDARD);
    private final Ledger2 ledger = trust.ledger;

    private static Verdict<ClientState> sealed(Trust2 trust, List<Seal> seals) {
        var headers = trust.ledger.chain(trust.anchor, trust.four);
        return trust.judge(trust.anchored, new Fisco2Update(10, trust.four, headers, seals));
    }

    private static Fisco2Header tip(Trust2 trust) {
        return trust.ledger.next(trust.anchor, trust.four);
    }

    @Nested
    class Seals {
        @ParameterizedTest
        @CsvSource({"1,1", "2,2", "3,3", "4,3", "5,4", "6,5", "7,5", "10,7", "13,9"})
        void makeAQuorumOfAllButAThird(int sealers, int quorum) {
            var chain = new Ledger2(FiscoSuite.STANDARD, sealers);
            var set = chain.set(IntStream.range(0, sealers).toArray());
            var anchor = Ledger2.anchor(set);
            var client = chain.client(anchor);
            var tip = chain.next(anchor, set);
            var enough = LongStream.range(0, quorum).toArray();
            var tooFew = LongStream.range(0, quorum - 1).toArray();

            var update = new Fisco2Update(10, set, List.of(tip), chain.seals(tip, enough));
            assertThat(client.update(client.anchored(), update.encode(), Ledger2.NOW)
                            .isAccepted())
                    .isTrue();
            var lacking = new Fisco2Update(10, set, List.of(tip), chain.seals(tip, tooFew));
            assertThat(client.update(client.anchored(), lacking.encode(), Ledger2.NOW))
                    .isEqualTo(reject(new TooFewSealers(quorum - 1, quorum)));
        }

        @ParameterizedTest
        @EnumSource(FiscoSuite.class)
        void countEachSealerOnce(FiscoSuite suite) {
            var chain = new Trust2(suite);
            var tip = tip(chain);

            assertThat(sealed(chain, chain.ledger.seals(tip, 0, 0, 1))).isEqualTo(reject(new SealsNotAscending(0)));
            assertThat(sealed(chain, chain.ledger.seals(tip, 1, 0, 2))).isEqualTo(reject(new SealsNotAscending(0)));
        }

        @Test
        void areOfSealersInTheList() {
            var seals = new ArrayList<>(ledger.seals(tip(trust), 0, 1, 2));
            seals.add(new Seal(4, ledger.sign(ledger.ids().get(4), tip(trust).hash(ledger.suite))));

            assertThat(sealed(trust, seals)).isEqualTo(reject(new SealIndexOutOfRange(4)));
            assertThat(sealed(trust, List.of(new Seal(Long.MIN_VALUE, Bytes.EMPTY))))
                    .isEqualTo(reject(new SealIndexOutOfRange(Long.MIN_VALUE)));
        }

        @ParameterizedTest
        @EnumSource(FiscoSuite.class)
        void areAllValidEvenBeyondTheQuorum(FiscoSuite suite) {
            var chain = new Trust2(suite);
            var seals = new ArrayList<>(chain.ledger.seals(tip(chain), 0, 1, 2));
            seals.add(new Seal(3, seals.getFirst().signature()));

            assertThat(sealed(chain, seals)).isEqualTo(reject(new SealerSignatureInvalid(3)));
        }

        @ParameterizedTest
        @EnumSource(FiscoSuite.class)
        void haveNoOctetTooManyOrTooFew(FiscoSuite suite) {
            var chain = new Trust2(suite);
            var seals = chain.ledger.seals(tip(chain), 0, 1, 2);
            var last = seals.get(2).signature();
            var others = List.of(
                    last.slice(0, 64), last.slice(0, last.size() - 1), Bytes.concat(last, Bytes.of(0)), Bytes.EMPTY);

            for (var other : others) {
                assertThat(sealed(chain, List.of(seals.get(0), seals.get(1), new Seal(2, other))))
                        .isEqualTo(reject(new SealerSignatureInvalid(2)));
            }
        }

        /// The key that an SM seal carries must be the sealer's, and it is the sealer's key that the seal is held
        /// to.
        @Test
        void ofSmSealersAreHeldToTheListsKey() {
            var sm = new Trust2(FiscoSuite.SM);
            var tip = tip(sm);
            var hash = tip.hash(FiscoSuite.SM);
            var secret = word("stranger");
            var key = Sm2.publicKey(secret);
            var pair = Sm2.sign(secret, hash.value());
            var good = sm.ledger.seals(tip, 0, 1);
            var stranger = new Seal(2, Bytes.concat(pair, key));
            var disguised = new Seal(2, Bytes.concat(pair, tip.sealers().ids().get(2)));
            var exchanged =
                    new Seal(2, Bytes.concat(sm.ledger.seal(tip, 2).signature().slice(0, 64), key));

            for (var seal : List.of(stranger, disguised, exchanged)) {
                assertThat(sealed(sm, List.of(good.get(0), good.get(1), seal)))
                        .isEqualTo(reject(new SealerSignatureInvalid(2)));
            }
        }
    }

    @Nested
    class SetChanges {
        private final SealerSet three = ledger.set(0, 1, 2);
        private final SealerSet five = ledger.set(0, 1, 2, 3, 4);
        private final SealerSet moved = ledger.set(1, 2, 3, 4);

        private List<Fisco2Header> through(SealerSet... sets) {
            return ledger.chain(trust.anchor, sets);
        }

        private Verdict<ClientState> believed(List<Fisco2Header> headers) {
            return accept(trust.believing(trust.anchored, headers));
        }

        @Test
        void areBelievedWhenTheTrustedQuorumVouches() {
            var headers = through(trust.four, three);

            assertThat(trust.judge(headers, 0, 1, 2)).isEqualTo(believed(headers));
        }

        @Test
        void needTheTrustedQuorumAmongTheSigners() {
            var headers = through(moved);

            assertThat(trust.judge(headers, 0, 1, 3)).isEqualTo(reject(new TooFewTrustedSealers(2, 3)));
            assertThat(trust.judge(headers, 0, 1, 2)).isEqualTo(believed(headers));
        }

        @Test
        void needTheirOwnQuorumToo() {
            var headers = through(five);

            assertThat(trust.judge(headers, 0, 1, 2)).isEqualTo(reject(new TooFewSealers(3, 4)));
            assertThat(trust.judge(headers, 0, 1, 2, 4)).isEqualTo(believed(headers));
        }

        @Test
        void mayBeVouchedForByALaterHeaderThatIsLinked() {
            var headers = through(trust.four, moved, moved);

            assertThat(trust.judge(headers.subList(0, 2), 0, 1, 3)).isEqualTo(reject(new TooFewTrustedSealers(2, 3)));
            assertThat(trust.judge(headers, 0, 1, 2)).isEqualTo(believed(headers));
        }

        @Test
        void areNeverBelievedAcrossAGap() {
            var distant = Ledger2.header(12, word("unseen"), moved, START_MS + 2000);
            assertThat(trust.judge(List.of(distant), 0, 1, 2, 3)).isEqualTo(reject(new NumberNotNext(11, 12)));
            var orphan = Ledger2.header(11, word("unseen"), moved, START_MS + 1000);
            var expected = new ParentMismatch(trust.anchor.hash(ledger.suite), word("unseen"));
            assertThat(trust.judge(List.of(orphan), 0, 1, 2, 3)).isEqualTo(reject(expected));
            var later = Ledger2.header(12, word("unseen"), trust.four, START_MS + 2000);
            assertThat(trust.judge(List.of(later, ledger.next(later, moved)), 0, 1, 2, 3))
                    .isEqualTo(reject(new NumberNotNext(11, 12)));
        }

        @Test
        void happenAtMostOnceInAnUpdate() {
            assertThat(trust.judge(through(three, trust.four), 0, 1, 2)).isEqualTo(reject(new SetChangedTwice()));
            assertThat(trust.judge(through(three, five), 0, 1, 2, 3)).isEqualTo(reject(new SetChangedTwice()));
        }

        @Test
        void areNotBelievedForTheSakeOfTheirOwnSealersAlone() {
            var strangers = new Ledger2(FiscoSuite.STANDARD, 12);
            var set = Sealers.of(strangers.ids().stream()
                            .filter(id -> !ledger.ids().contains(id))
                            .toList())
                    .orElseThrow();
            var headers = ledger.chain(trust.anchor, set);
            var seals = strangers.seals(headers.getLast(), 0, 1, 2, 3, 4);

            assertThat(trust.judge(trust.anchored, new Fisco2Update(10, trust.four, headers, seals)))
                    .isEqualTo(reject(new TooFewTrustedSealers(0, 3)));
        }
    }
}
