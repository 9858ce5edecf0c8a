package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.client.fisco.Ledger.CHALLENGE_MS;
import static io.waybill.core.client.fisco.Ledger.CONTRACT;
import static io.waybill.core.client.fisco.Trust.ANCHOR;
import static io.waybill.core.client.fisco.Trust.FOUR;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static io.waybill.core.client.fisco.Trust.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.fisco.ChallengeAction.Confirm;
import io.waybill.core.digest.KeyPair;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeActionTest {
    private static final ChallengedClient CLIENT = LEDGER.challenged(ANCHOR, CONTRACT);
    private static final ClientState ANCHORED = CLIENT.anchored();
    private static final Challenges BY =
            new Challenges(LEDGER, CLIENT.params().base().verifier());
    private static final List<FiscoHeader> CHAIN = Ledger.chain(ANCHOR, 5);

    private static ClientState act(ClientState state, ChallengeAction action) {
        return CLIENT.update(state, action.encode(), NOW).orElseThrow();
    }

    @Nested
    class Parameters {
        private final FiscoParams base = CLIENT.params().base();
        private final Operators operators = CLIENT.params().operators();

        @Test
        void haveAPeriodOfHalfAnHourOrMore() {
            assertThat(new ChallengedParams(base, operators, 1_800_000).periodMs())
                    .isEqualTo(1_800_000);
            assertThatIllegalArgumentException().isThrownBy(() -> new ChallengedParams(base, operators, 1_799_999));
        }

        @Test
        void haveAPeriodThatEndsBeforeTheClientExpires() {
            long trusting = base.trustingPeriodMs();
            assertThat(new ChallengedParams(base, operators, trusting - 1).periodMs())
                    .isEqualTo(trusting - 1);
            assertThatIllegalArgumentException().isThrownBy(() -> new ChallengedParams(base, operators, trusting));
        }

        @Test
        void haveTwoOperatorsOrMoreDistinctAndNotZero() {
            var all = operators.all();
            assertThat(new Operators(all.subList(0, 2)).all()).hasSize(2);
            assertThatIllegalArgumentException().isThrownBy(() -> new Operators(all.subList(0, 1)));
            assertThatIllegalArgumentException().isThrownBy(() -> new Operators(List.of(all.get(0), all.get(0))));
            assertThatIllegalArgumentException().isThrownBy(() -> new Operators(List.of(Address.ZERO, all.get(0))));
            assertThatIllegalArgumentException().isThrownBy(() -> new Operators(all.reversed()));
        }

        @Test
        void haveNoSealersKeyAmongOperators() {
            var sealer = KeyPair.named("sealer/0").address();
            var other = operators.all().getFirst();
            var both = sealer.compareTo(other) < 0 ? List.of(sealer, other) : List.of(other, sealer);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ChallengedParams(base, new Operators(both), CHALLENGE_MS));
        }

        @Test
        void nameTheMode() {
            assertThat(CLIENT.mode()).isEqualTo(FiscoMode.CHALLENGED);
            assertThat(LEDGER.client(ANCHOR).mode()).isEqualTo(FiscoMode.CORROBORATED);
        }
    }

    @Nested
    class WireForms {
        private final List<ChallengeAction> actions = List.of(
                BY.propose(FOUR, CHAIN, 0, 1, 2),
                BY.conflict(Headers.gas(CHAIN.getFirst(), "1"), FOUR, 0, 1, 2),
                BY.hold(CHAIN.get(3), 1, 0),
                BY.release(CHAIN.get(3), 0, 0, 1),
                new Confirm(12));

        @Test
        void areReadBack() {
            for (var action : actions) {
                assertThat(ChallengeAction.decode(action.encode())).isEqualTo(accept(action));
            }
        }

        @Test
        void haveNoEffectWhicheverOctetOfThemChanges() {
            var waiting = act(ANCHORED, BY.propose(FOUR, CHAIN, 0, 1, 2));
            var held = act(waiting, BY.hold(CHAIN.get(4), 2, 0));
            for (var action : actions.subList(0, 4)) {
                var octets = action.encode();
                var state = action instanceof ChallengeAction.Propose
                        ? ANCHORED
                        : action instanceof ChallengeAction.Release ? held : waiting;
                for (int at = 0; at < octets.size(); at++) {
                    assertThat(CLIENT.update(state, octets.with(at, octets.at(at) ^ 1), NOW))
                            .as("octet %d of %s", at, action.getClass().getSimpleName())
                            .isInstanceOf(Verdict.Rejected.class);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4})
        void areJudgedWithoutFailingWhateverIsSplicedIntoThem(long seed) {
            var random = new Random(seed);
            for (int round = 0; round < 400; round++) {
                var octets = actions.get(random.nextInt(4)).encode();
                int at = random.nextInt(octets.size());
                int to = at + random.nextInt(octets.size() - at);
                var noise = new byte[random.nextInt(40)];
                random.nextBytes(noise);
                var spliced = Bytes.concat(octets.slice(0, at), Bytes.of(noise), octets.slice(to, octets.size()));
                if (spliced.equals(octets)) continue;
                assertThat(CLIENT.update(ANCHORED, spliced, NOW)).isInstanceOf(Verdict.Rejected.class);
            }
        }
    }
}
