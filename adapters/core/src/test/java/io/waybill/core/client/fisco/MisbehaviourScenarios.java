package io.waybill.core.client.fisco;

import java.util.ArrayList;
import java.util.List;

/// Rule R4.8 for two updates, on both sides of its edges, as scenarios.
final class MisbehaviourScenarios {
    private MisbehaviourScenarios() {}

    static List<FiscoScenario> all() {
        return List.of(refused(), neitherHeld(), oneHeld(), SmScenarios.misbehaviour());
    }

    private static FiscoScenario refused() {
        var s = FiscoScenarios.scenario("what is no misbehaviour");
        var four = FiscoScenarios.FOUR;
        var headers = Ledger.chain(FiscoScenarios.ANCHOR, 3);
        var other = Headers.gas(headers.getFirst(), "21001");
        var good = s.of(four, headers, 0, 1, 2);
        var unwatched = FiscoUpdate.of(four, List.of(other), FiscoScenarios.LEDGER.seals(other, 0, 1, 2), List.of());
        return s.misbehaviour("the same twice", good, good, "NoConflict")
                .misbehaviour("a part of the same", good, s.of(four, headers.subList(0, 2), 0, 1, 2), "NoConflict")
                .misbehaviour("one that no watcher saw", good, unwatched, "TooFewWatchers")
                .misbehaviour("the same first", unwatched, good, "TooFewWatchers")
                .misbehaviour("one that one sealed", good, s.of(four, List.of(other), 1), "TooLittleWeight");
    }

    private static FiscoScenario neitherHeld() {
        var s = FiscoScenarios.scenario("two branches of which neither is held");
        var headers = Ledger.chain(FiscoScenarios.ANCHOR, 3);
        var branch = new ArrayList<>(headers.subList(0, 1));
        branch.add(Headers.gas(headers.get(1), "21001"));
        var one = s.of(FiscoScenarios.FOUR, headers, 0, 1, 2);
        var two = s.of(FiscoScenarios.FOUR, branch, 1, 2, 3);
        return s.misbehaviour("they part at the second header", one, two, "frozen")
                .misbehaviour("once more", one, two, "ClientNotActive");
    }

    private static FiscoScenario oneHeld() {
        var s = FiscoScenarios.scenario("two branches of which one is held");
        var headers = Ledger.chain(FiscoScenarios.ANCHOR, 3);
        var held = s.of(FiscoScenarios.FOUR, headers.subList(0, 1), 0, 1, 2);
        var other = s.of(FiscoScenarios.FOUR, List.of(Headers.gas(headers.getFirst(), "21001")), 0, 1, 2);
        return s.update("one of them", held, "accepted").misbehaviour("the other, twice", other, other, "frozen");
    }
}
