package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.qbft.SealedChain.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.TrustingPeriodExpired;
import io.waybill.core.QbftRejection.TooFewTrustedSeals;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.Quorum;
import io.waybill.core.client.qbft.QbftOptions.DistantChange;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rule R6.4 for headers that are not the next one, by either choice of the operator.
class DistantChangeTest {
    private static final ChainId CHAIN = new ChainId("eip155:1337");
    private static final long PERIOD_MS = 1_000_000;

    private static QbftClient client(QbftHeader anchor, QbftOptions options) {
        return QbftClient.of(CHAIN, anchor, PERIOD_MS, 10_000, options);
    }

    /// An update from `n` validators to as many, of whom some stayed, sealed by all of the new set.
    private static QbftUpdate to(QbftHeader anchor, int n, int stayed) {
        var keys = SealedChain.named(n - stayed, 2 * n - stayed);
        var after = new SealedChain(ClientKind.QBFT, keys);
        return new QbftUpdate(anchor.number(), anchor.validators(), after.sealed(30, n));
    }

    private static Verdict<ClientState> judge(QbftHeader anchor, QbftOptions options, QbftUpdate update) {
        var state = QbftClient.anchor(anchor).orElseThrow();
        return client(anchor, options).update(state, update.encode(), ms(30));
    }

    private static Verdict<ClientState> accepted(QbftHeader anchor, QbftUpdate update) {
        return accept(
                QbftClient.anchor(anchor).orElseThrow().with(update.header().consensusState()));
    }

    @Test
    void needsAQuorumOfTheTrustedSetForEverySizeOfSet() {
        for (int n = 2; n <= 21; n++) {
            var anchor = SealedChain.of(n).sealed(10);
            int needed = Quorum.bft(n);
            if (needed < n) {
                var enough = to(anchor, n, needed);
                assertThat(judge(anchor, QbftOptions.DEFAULT, enough)).isEqualTo(accepted(anchor, enough));
            }
            assertThat(judge(anchor, QbftOptions.DEFAULT, to(anchor, n, needed - 1)))
                    .isEqualTo(reject(new TooFewTrustedSeals(needed - 1, needed)));
        }
    }

    @Test
    void needsMoreThanAThirdWhereThatIsChosen() {
        var options = QbftOptions.DEFAULT.with(DistantChange.MORE_THAN_A_THIRD);
        for (int n = 2; n <= 21; n++) {
            var anchor = SealedChain.of(n).sealed(10);
            int needed = n / 3 + 1;
            var enough = to(anchor, n, needed);
            assertThat(judge(anchor, options, enough)).as(n + " validators").isEqualTo(accepted(anchor, enough));
            assertThat(judge(anchor, options, to(anchor, n, needed - 1)))
                    .isEqualTo(reject(new TooFewTrustedSeals(needed - 1, needed)));
        }
    }

    @Test
    void isNeverVouchedForByOneTrustedValidatorAndASetThatNamesItself() {
        for (var choice : DistantChange.values()) {
            var anchor = SealedChain.of(4).sealed(10);
            int needed = choice == DistantChange.QUORUM ? 3 : 2;
            assertThat(judge(anchor, QbftOptions.DEFAULT.with(choice), to(anchor, 4, 1)))
                    .isEqualTo(reject(new TooFewTrustedSeals(1, needed)));
        }
    }

    @Test
    void isVouchedForWithinTheTrustingPeriodOnly() {
        var options = QbftOptions.DEFAULT.with(DistantChange.MORE_THAN_A_THIRD);
        var anchor = SealedChain.of(4).sealed(10);
        var client = client(anchor, options);
        var state = QbftClient.anchor(anchor)
                .orElseThrow()
                .with(SealedChain.of(4).sealed(20).consensusState());
        var update = to(anchor, 4, 2);
        long end = anchor.timeMs() + PERIOD_MS;
        assertThat(client.update(state, update.encode(), end - 1))
                .isEqualTo(accept(state.with(update.header().consensusState())));
        assertThat(client.update(state, update.encode(), end))
                .isEqualTo(reject(new TrustingPeriodExpired(anchor.timeMs(), end)));
        assertThat(client.update(state, update.encode(), end + 10_000))
                .isEqualTo(reject(new ClientNotActive(ClientStatus.EXPIRED)));
    }

    @Test
    void byMoreThanAThirdIsOffUnlessChosenAndShown() {
        assertThat(QbftOptions.DEFAULT.distantChange()).isEqualTo(DistantChange.QUORUM);
        assertThat(QbftOptions.DEFAULT.weaknesses()).isEmpty();
        assertThat(QbftOptions.DEFAULT.with(DistantChange.MORE_THAN_A_THIRD).weaknesses())
                .isEqualTo(List.of("a distant change of validators is believed when more than a third of the"
                        + " trusted set signed"));
    }
}
