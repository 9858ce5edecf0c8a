package io.waybill.core.client.qbft;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One client and what is shown to it, step by step: run here, and written down for every other implementation.
final class Scenario {
    static final long TRUSTING_PERIOD_MS = 1_000_000;
    static final long DRIFT_MS = 10_000;

    private static final ChainId CHAIN = new ChainId("eip155:1337");

    private final String name;
    private final QbftHeader anchor;
    private final QbftClient client;
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private ClientState state;
    private long nowMs;

    private Scenario(String name, QbftHeader anchor) {
        this.name = name;
        this.anchor = anchor;
        this.client = QbftClient.of(CHAIN, anchor, TRUSTING_PERIOD_MS, DRIFT_MS);
        this.state = QbftClient.anchor(anchor).orElseThrow();
        this.nowMs = anchor.timeMs();
    }

    static Scenario anchoredAt(String name, QbftHeader anchor) {
        return new Scenario(name, anchor);
    }

    /// Later steps happen at this time, or at the newest offered header's if that is later.
    Scenario at(long ms) {
        nowMs = ms;
        return this;
    }

    Scenario update(String what, QbftUpdate update, String expect) {
        return update(what, update.encode(), expect);
    }

    Scenario update(String what, Bytes input, String expect) {
        var verdict = client.update(state, input, nowMs);
        assertThat(outcome(verdict)).as(name + ": " + what).isEqualTo(expect);
        if (verdict instanceof Verdict.Accepted<ClientState>(var after)) state = after;
        steps.add(step("update", what, input, expect));
        return this;
    }

    /// Shows two updates as misbehaviour: the contract takes them apart, Java as a list of both.
    Scenario misbehaviour(String what, QbftUpdate first, QbftUpdate second, String expect) {
        var verdict = client.update(state, new QbftMisbehaviour(first, second).encode(), nowMs);
        assertThat(outcome(verdict)).as(name + ": " + what).isEqualTo(expect);
        if (verdict instanceof Verdict.Accepted<ClientState>(var after)) state = after;
        var step = step("misbehaviour", what, first.encode(), expect);
        step.put("other", second.encode().toHex());
        steps.add(step);
        return this;
    }

    Scenario checkpoint(Event event, Bytes input, String expect) {
        var verdict = client.verifyCheckpoint(state, event.emitter, event.role, event.lane, event.height, input);
        var found = verdict instanceof Verdict.Rejected<Checkpoint>(var reason) ? reason.code() : "accepted";
        assertThat(found).as(name + ": " + event.what).isEqualTo(expect);
        var step = step("verifyCheckpoint", event.what, input, expect);
        step.put("emitter", event.emitter.toHex());
        step.put("role", event.role.name());
        step.put("topic0", event.role.topic().toHex());
        step.put("lane", event.lane.value().toHex());
        step.put("height", event.height);
        if (verdict instanceof Verdict.Accepted<Checkpoint>(var checkpoint)) {
            step.put("size", checkpoint.size());
            step.put("root", checkpoint.root().toHex());
        }
        steps.add(step);
        return this;
    }

    /// What is asked of an event.
    record Event(String what, Address emitter, LogRole role, LaneId lane, long height) {
        Event named(String other) {
            return new Event(other, emitter, role, lane, height);
        }
    }

    private String outcome(Verdict<ClientState> verdict) {
        return switch (verdict) {
            case Verdict.Accepted<ClientState>(var after) -> after.frozen() ? "frozen" : "accepted";
            case Verdict.Rejected<ClientState>(var reason) -> reason.code();
        };
    }

    private Map<String, Object> step(String call, String what, Bytes input, String expect) {
        var step = new LinkedHashMap<String, Object>();
        step.put("call", call);
        step.put("what", what);
        step.put("nowMs", nowMs);
        step.put("input", input.toHex());
        step.put("expect", expect);
        return step;
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", name);
        json.put("kind", anchor.kind().name());
        json.put(
                "params",
                new java.util.TreeMap<>(Map.of(
                        "chain", CHAIN.name(), "trustingPeriodMs", TRUSTING_PERIOD_MS, "maxClockDriftMs", DRIFT_MS)));
        json.put("anchor", anchor.encode().toHex());
        json.put("clientId", client.id().value().toHex());
        json.put("steps", steps);
        return json;
    }
}
