package io.waybill.core.client.committee;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One client of a committee and what is shown to it, step by step: run here, and written down for every other
/// implementation. The client's address is the first that its deployer's account creates, for verifiers sign for an
/// address.
final class CommitteeScenario {
    static final ChainId CHAIN = new ChainId("eip155:1030");
    static final ChainId VERIFYING = new ChainId("fisco:chain0-group0");
    static final long PERIOD_MS = 1_000_000;
    static final long DRIFT_MS = 5_000;
    static final CommitteeAnchor ANCHOR = new CommitteeAnchor(10, word("block 10"), 1_800_000_000_000L);

    private final String name;
    private final List<KeyPair> keys;
    private final Address deployer;
    private final CommitteeClient client;
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private ClientState state;
    private long nowMs = ANCHOR.timeMs() + 10_000;

    /// @param verifiers how many there are
    /// @param needed    how many must sign
    CommitteeScenario(String name, int verifiers, int needed) {
        this.name = name;
        this.keys = keys(verifiers);
        this.deployer = KeyPair.named("deployer/" + name).address();
        this.client = new CommitteeClient(new CommitteeParams(
                CHAIN, VERIFYING, created(deployer), committee(verifiers, needed), PERIOD_MS, DRIFT_MS, ANCHOR));
        this.state = client.anchored();
    }

    /// Keys anyone can derive, ascending by their accounts.
    static List<KeyPair> keys(int verifiers) {
        return IntStream.range(0, verifiers)
                .mapToObj(i -> KeyPair.named("verifier/" + i))
                .sorted(Comparator.comparing(KeyPair::address))
                .toList();
    }

    static Committee committee(int verifiers, int needed) {
        return new Committee(keys(verifiers).stream().map(KeyPair::address).toList(), needed);
    }

    static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    private static Address created(Address account) {
        var named =
                Digests.keccak256(Rlp.list(Rlp.of(account.value()), Rlp.of(0)).encode());
        return new Address(named.value().slice(12, 32));
    }

    CommitteeScenario at(long ms) {
        nowMs = ms;
        return this;
    }

    ClientRef verifier() {
        return client.params().verifier();
    }

    List<KeyPair> keys() {
        return keys;
    }

    /// What these verifiers sign of a block for this client.
    List<Bytes> signed(AttestedBlock block, int... places) {
        var digest = block.digest(verifier());
        return IntStream.of(places).mapToObj(i -> keys.get(i).sign(digest)).toList();
    }

    CommitteeUpdate of(AttestedBlock block, int... places) {
        return new CommitteeUpdate(block, signed(block, places));
    }

    CommitteeScenario update(String what, CommitteeUpdate update, String expect) {
        return update(what, update.encode(), expect);
    }

    CommitteeScenario update(String what, Bytes input, String expect) {
        judged(what, client.update(state, input, nowMs), expect);
        var step = step("update", what, input, expect);
        step.put("latestHeight", state.latest().height());
        step.put("latestHash", state.latest().hash().toHex());
        steps.add(step);
        return this;
    }

    CommitteeScenario misbehaviour(String what, CommitteeUpdate one, CommitteeUpdate other, String expect) {
        judged(what, client.submitMisbehaviour(state, one.encode(), other.encode(), nowMs), expect);
        var step = step("misbehaviour", what, one.encode(), expect);
        step.put("other", other.encode().toHex());
        steps.add(step);
        return this;
    }

    private void judged(String what, Verdict<ClientState> verdict, String expect) {
        var found = switch (verdict) {
            case Verdict.Accepted<ClientState>(var after) -> after.frozen() ? "frozen" : "accepted";
            case Verdict.Rejected<ClientState>(var reason) -> reason.code();
        };
        assertThat(found).as(name + ": " + what).isEqualTo(expect);
        if (verdict instanceof Verdict.Accepted<ClientState>(var after)) state = after;
    }

    /// What is asked of an event.
    record Event(Address emitter, LogRole role, LaneId lane, long height) {}

    CommitteeScenario checkpoint(String what, Event event, Bytes input, String expect) {
        var verdict = client.verifyCheckpoint(state, event.emitter, event.role, event.lane, event.height, input);
        var found = verdict instanceof Verdict.Rejected<Checkpoint>(var reason) ? reason.code() : "accepted";
        assertThat(found).as(name + ": " + what).isEqualTo(expect);
        var step = step("verifyCheckpoint", what, input, expect);
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
        var given = client.params();
        var params = new LinkedHashMap<String, Object>();
        params.put("chain", given.chain().name());
        params.put("verifyingChain", given.verifyingChain().name());
        params.put("deployer", deployer.toHex());
        params.put("contract", given.contract().toHex());
        params.put("trustingPeriodMs", given.trustingPeriodMs());
        params.put("maxClockDriftMs", given.maxClockDriftMs());
        params.put(
                "verifiers",
                given.committee().verifiers().stream().map(Address::toHex).toList());
        params.put("verifiersNeeded", given.committee().needed());
        var json = new LinkedHashMap<String, Object>();
        json.put("name", name);
        json.put("kind", client.kind().name());
        json.put("params", params);
        json.put("anchor", given.anchor().encode().toHex());
        json.put("clientId", client.id().value().toHex());
        json.put("steps", steps);
        return json;
    }
}
