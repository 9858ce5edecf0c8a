package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco.Ledger.SUITE;
import static io.waybill.core.client.fisco.Trust.ANCHOR;
import static io.waybill.core.client.fisco.Trust.ANCHORED;
import static io.waybill.core.client.fisco.Trust.CLIENT;
import static io.waybill.core.client.fisco.Trust.FOUR;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static io.waybill.core.client.fisco.Trust.NOW;
import static io.waybill.core.client.fisco.Trust.believing;
import static io.waybill.core.client.fisco.Trust.judge;
import static io.waybill.core.client.fisco.Trust.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.NewSetUnused;
import io.waybill.core.FiscoRejection.SealIndexOutOfRange;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.SealsNotAscending;
import io.waybill.core.FiscoRejection.SetChangedTwice;
import io.waybill.core.FiscoRejection.TooLittleTrustedWeight;
import io.waybill.core.FiscoRejection.TooLittleWeight;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.digest.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SealsTest {
    @Nested
    class Seals {
        private final List<FiscoHeader> headers = Ledger.chain(ANCHOR, 1);
        private final FiscoHeader tip = headers.getLast();

        private Verdict<ClientState> sealed(List<Seal> seals) {
            return judge(FiscoUpdate.of(FOUR, headers, seals, LEDGER.corroborate(CLIENT, tip, 0, 1, 2)));
        }

        @Test
        void makeAQuorum() {
            assertThat(judge(headers, 0, 1, 2).isAccepted()).isTrue();
            assertThat(judge(headers, 0, 3)).isEqualTo(reject(new TooLittleWeight(2, 3)));
            assertThat(judge(headers)).isEqualTo(reject(new TooLittleWeight(0, 3)));
        }

        @Test
        void countByWeight() {
            var weighed = LEDGER.set(1L, 1L, 1L, 10L);
            var heavy = Ledger.anchor(weighed);
            var other = LEDGER.client(heavy);
            var next = Ledger.next(heavy, weighed);
            var watched = LEDGER.corroborate(other, next, 0, 1, 2);
            var light = FiscoUpdate.of(weighed, List.of(next), LEDGER.seals(next, 0, 1, 2), watched);
            assertThat(other.update(other.anchored(), light.encode(), NOW))
                    .isEqualTo(reject(new TooLittleWeight(3, 9)));
            var one = FiscoUpdate.of(weighed, List.of(next), LEDGER.seals(next, 3), watched);
            assertThat(other.update(other.anchored(), one.encode(), NOW).isAccepted())
                    .isTrue();
        }

        @Test
        void countEachSealerOnce() {
            assertThat(sealed(LEDGER.seals(tip, 0, 0, 1))).isEqualTo(reject(new SealsNotAscending(0)));
            assertThat(sealed(LEDGER.seals(tip, 1, 0, 2))).isEqualTo(reject(new SealsNotAscending(0)));
        }

        @Test
        void areOfSealersInTheList() {
            var stranger = new Seal(4, KeyPair.named("sealer/4").sign(tip.hash(SUITE)));
            var seals = new ArrayList<>(LEDGER.seals(tip, 0, 1, 2));
            seals.add(stranger);
            assertThat(sealed(seals)).isEqualTo(reject(new SealIndexOutOfRange(4)));
        }

        @Test
        void areAllValidEvenBeyondTheQuorum() {
            var seals = new ArrayList<>(LEDGER.seals(tip, 0, 1, 2));
            seals.add(new Seal(3, seals.getFirst().signature()));
            assertThat(sealed(seals)).isEqualTo(reject(new SealerSignatureInvalid(3)));
        }

        @Test
        void haveNoOctetTooManyOrTooFew() {
            var seals = LEDGER.seals(tip, 0, 1, 2);
            var last = seals.get(2).signature();
            for (var other : List.of(last.slice(0, 64), Bytes.concat(last, Bytes.of(0)), Bytes.EMPTY)) {
                assertThat(sealed(List.of(seals.get(0), seals.get(1), new Seal(2, other))))
                        .isEqualTo(reject(new SealerSignatureInvalid(2)));
            }
        }
    }

    @Nested
    class SetChanges {
        private final SealerSet three = LEDGER.set(List.of(0, 1, 2), List.of(1L, 1L, 1L));
        private final SealerSet five = LEDGER.set(List.of(0, 1, 2, 3, 4), List.of(1L, 1L, 1L, 1L, 3L));

        private List<FiscoHeader> through(SealerSet... sets) {
            var headers = new ArrayList<FiscoHeader>();
            var last = ANCHOR;
            for (var set : sets) {
                last = Ledger.next(last, set);
                headers.add(last);
            }
            return headers;
        }

        @Test
        void areBelievedWhenTheOldQuorumVouches() {
            var headers = through(FOUR, three);
            assertThat(judge(headers, 0, 1, 2)).isEqualTo(accept(believing(ANCHORED, headers)));
        }

        @Test
        void needTheOldQuorumAmongTheSigners() {
            var headers = through(five);
            assertThat(judge(headers, 0, 1, 4)).isEqualTo(reject(new TooLittleTrustedWeight(2, 3)));
            assertThat(judge(headers, 0, 1, 2, 4)).isEqualTo(accept(believing(ANCHORED, headers)));
        }

        @Test
        void needTheirOwnQuorumToo() {
            var headers = through(five);
            assertThat(five.quorum()).isEqualTo(5);
            assertThat(judge(headers, 0, 1, 2, 3)).isEqualTo(reject(new TooLittleWeight(4, 5)));
        }

        @Test
        void mayBeVouchedForByALaterHeader() {
            var headers = through(FOUR, five, five);
            assertThat(judge(headers.subList(0, 2), 0, 1, 4)).isEqualTo(reject(new TooLittleTrustedWeight(2, 3)));
            assertThat(judge(headers, 0, 1, 2, 4)).isEqualTo(accept(believing(ANCHORED, headers)));
        }

        @Test
        void countTheOldMembersByTheirOldWeights() {
            var weighed = LEDGER.set(1L, 1L, 1L, 10L);
            var heavy = Ledger.anchor(weighed);
            var other = LEDGER.client(heavy);
            var next = Ledger.next(heavy, FOUR);
            var watched = LEDGER.corroborate(other, next, 0, 1, 2);
            var light = FiscoUpdate.of(weighed, List.of(next), LEDGER.seals(next, 0, 1, 2), watched);
            assertThat(other.update(other.anchored(), light.encode(), NOW))
                    .isEqualTo(reject(new TooLittleTrustedWeight(3, 9)));
            var all = FiscoUpdate.of(weighed, List.of(next), LEDGER.seals(next, 0, 1, 3), watched);
            assertThat(other.update(other.anchored(), all.encode(), NOW).isAccepted())
                    .isTrue();
        }

        @Test
        void happenAtMostOnceInAnUpdate() {
            var back = through(three, FOUR);
            assertThat(judge(back, 0, 1, 2)).isEqualTo(reject(new SetChangedTwice()));
        }

        @Test
        void areNotAnnouncedInVain() {
            var plain = update(Ledger.chain(ANCHOR, 2), 0, 1, 2);
            var idle = new FiscoUpdate(10, FOUR, three, plain.headers(), plain.seals(), plain.signatures());
            assertThat(judge(idle)).isEqualTo(reject(new NewSetUnused()));
            var same = new FiscoUpdate(10, FOUR, FOUR, plain.headers(), plain.seals(), plain.signatures());
            assertThat(judge(same)).isEqualTo(reject(new MalformedUpdate("newSet")));
        }

        @Test
        void areNotNamedWithoutTheList() {
            var headers = update(through(three), 0, 1, 2);
            var absent = new FiscoUpdate(10, FOUR, null, headers.headers(), headers.seals(), headers.signatures());
            assertThat(judge(absent)).isEqualTo(reject(new MalformedUpdate("which")));
        }
    }
}
