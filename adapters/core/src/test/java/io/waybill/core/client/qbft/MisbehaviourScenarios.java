package io.waybill.core.client.qbft;

import static io.waybill.core.client.qbft.SealedChain.ms;
import static io.waybill.core.client.qbft.SealedChain.seal;
import static io.waybill.core.client.qbft.SealedChain.word;

import java.util.List;

/// Rule R6.6 for heights of which no header is held, on both sides of its edges, as scenarios.
final class MisbehaviourScenarios {
    private static final SealedChain FOUR = SealedChain.of(4);
    private static final QbftHeader TEN = FOUR.sealed(10);
    private static final QbftUpdate ONE = QbftUpdate.between(TEN, FOUR.sealed(30));

    private MisbehaviourScenarios() {}

    static List<Scenario> all() {
        return List.of(refused(), accepted(), ofAHeightThatIsHeld());
    }

    private static QbftUpdate other(long number, int seals) {
        var header = FOUR.header(number, word("another parent"), SealedChain.EMPTY_TRIE);
        return QbftUpdate.between(TEN, seal(header, FOUR.keys().subList(4 - seals, 4)));
    }

    private static Scenario refused() {
        var otherSeals = QbftUpdate.between(TEN, FOUR.sealedBy(30, FOUR.keys().subList(1, 4)));
        var unknown = new QbftUpdate(7, List.of(), other(30, 3).header());
        return Scenario.anchoredAt("what is no misbehaviour", TEN)
                .at(ms(60))
                .misbehaviour("one block twice", ONE, ONE, "NotMisbehaviour")
                .misbehaviour("one block with other seals", ONE, otherSeals, "NotMisbehaviour")
                .misbehaviour("blocks of two heights", ONE, other(31, 3), "NotMisbehaviour")
                .misbehaviour("the second without a quorum", ONE, other(30, 2), "TooFewSeals")
                .misbehaviour("the first without a quorum", other(30, 2), ONE, "TooFewSeals")
                .misbehaviour("the second from a state that is not held", ONE, unknown, "UnknownTrustedHeight")
                .misbehaviour(
                        "both from the future",
                        QbftUpdate.between(TEN, FOUR.sealed(71)),
                        other(71, 3),
                        "HeaderFromTheFuture")
                .misbehaviour(
                        "both as far ahead as the drift allows",
                        QbftUpdate.between(TEN, FOUR.sealed(70)),
                        other(70, 3),
                        "frozen");
    }

    private static Scenario accepted() {
        return Scenario.anchoredAt("two headers of a height that is not held", TEN)
                .at(ms(60))
                .misbehaviour("each with a quorum", other(30, 3), ONE, "frozen")
                .misbehaviour("once more", other(30, 3), ONE, "ClientNotActive");
    }

    private static Scenario ofAHeightThatIsHeld() {
        return Scenario.anchoredAt("two headers of a height that is held", TEN)
                .at(ms(60))
                .update("one of them", ONE, "accepted")
                .misbehaviour("both", ONE, other(30, 3), "frozen");
    }
}
