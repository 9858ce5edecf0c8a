package io.waybill.core.client.fisco;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.LightClient;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One client and what is shown to it, step by step: run here, and written down for every other implementation. The
/// client's address is the first that its deployer's account creates, for watchers sign for an address.
final class FiscoScenario {
    private final String name;
    private final Address deployer;
    private final FiscoClient corroborated;
    private final @Nullable ChallengedClient challenged;
    private final LightClient client;
    private final Ledger ledger;
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private ClientState state;
    private long nowMs;

    FiscoScenario(String name, Ledger ledger, FiscoHeader anchor) {
        this(name, ledger, anchor, ClientKind.FISCO, false);
    }

    private FiscoScenario(String name, Ledger ledger, FiscoHeader anchor, ClientKind kind, boolean challenge) {
        this.name = name;
        this.ledger = ledger;
        this.deployer = KeyPair.named("deployer/" + name).address();
        this.corroborated = ledger.client(anchor, created(deployer), kind);
        this.challenged = challenge ? ledger.challenged(anchor, created(deployer), kind) : null;
        this.client = challenged == null ? corroborated : challenged;
        this.state = corroborated.anchored();
        this.nowMs = (anchor.timeMs() / 1000 + 100) * 1000;
    }

    /// A scenario of a client of mode CHALLENGED.
    static FiscoScenario challenged(String name, Ledger ledger, FiscoHeader anchor) {
        return new FiscoScenario(name, ledger, anchor, ClientKind.FISCO, true);
    }

    /// A scenario of a client of mode CHALLENGED of a chain of national crypto.
    static FiscoScenario challengedSm(String name, Ledger ledger, FiscoHeader anchor) {
        return new FiscoScenario(name, ledger, anchor, ClientKind.FISCO_SM, true);
    }

    /// A scenario of a client of a chain of national crypto.
    static FiscoScenario sm(String name, Ledger ledger, FiscoHeader anchor) {
        return new FiscoScenario(name, ledger, anchor, ClientKind.FISCO_SM, false);
    }

    /// The address of an account's first creation: the last 20 octets of `keccak256(RLP [ account, 0 ])`.
    private static Address created(Address account) {
        var named =
                Digests.keccak256(Rlp.list(Rlp.of(account.value()), Rlp.of(0)).encode());
        return new Address(named.value().slice(12, 32));
    }

    FiscoScenario at(long ms) {
        nowMs = ms;
        return this;
    }

    long nowMs() {
        return nowMs;
    }

    ClientRef verifier() {
        return corroborated.params().verifier();
    }

    /// What these watchers sign of a header for this client.
    List<Bytes> watched(FiscoHeader tip, int... places) {
        return ledger.corroborate(corroborated, tip, places);
    }

    /// An update sealed by these indices and corroborated by the first three watchers.
    FiscoUpdate of(SealerSet trusted, List<FiscoHeader> headers, long... sealing) {
        var tip = headers.getLast();
        return FiscoUpdate.of(trusted, headers, ledger.seals(tip, sealing), watched(tip, 0, 1, 2));
    }

    FiscoScenario update(String what, FiscoUpdate update, String expect) {
        return update(what, update.encode(), expect);
    }

    /// Shows two updates as misbehaviour.
    FiscoScenario misbehaviour(String what, FiscoUpdate one, FiscoUpdate other, String expect) {
        var verdict = corroborated.submitMisbehaviour(state, one.encode(), other.encode(), nowMs);
        return misbehaviour(what, one.encode(), other.encode(), verdict, expect);
    }

    /// Shows two actions as misbehaviour to a client of mode CHALLENGED.
    FiscoScenario misbehaviour(String what, ChallengeAction one, ChallengeAction other, String expect) {
        var verdict = Objects.requireNonNull(challenged).submitMisbehaviour(state, one.encode(), other.encode(), nowMs);
        return misbehaviour(what, one.encode(), other.encode(), verdict, expect);
    }

    private FiscoScenario misbehaviour(
            String what, Bytes one, Bytes other, Verdict<ClientState> verdict, String expect) {
        assertThat(outcome(verdict)).as(name + ": " + what).isEqualTo(expect);
        if (verdict instanceof Verdict.Accepted<ClientState>(var after)) state = after;
        var step = step("misbehaviour", what, one, expect);
        step.put("other", other.toHex());
        if (challenged != null) step.putAll(pending());
        steps.add(step);
        return this;
    }

    FiscoScenario act(String what, ChallengeAction action, String expect) {
        return update(what, action.encode(), expect);
    }

    FiscoScenario update(String what, Bytes input, String expect) {
        var verdict = client.update(state, input, nowMs);
        assertThat(outcome(verdict)).as(name + ": " + what).isEqualTo(expect);
        if (verdict instanceof Verdict.Accepted<ClientState>(var after)) state = after;
        var step = step("update", what, input, expect);
        step.put("latestHeight", state.latest().height());
        step.put("latestHash", state.latest().hash().toHex());
        if (challenged != null) step.putAll(pending());
        steps.add(step);
        return this;
    }

    private Map<String, Object> pending() {
        var step = new LinkedHashMap<String, Object>();
        var pending = state.pending();
        step.put("pendingHeight", pending == null ? 0 : pending.headers().lastKey());
        step.put("held", pending != null && pending.held());
        step.put("round", pending == null ? 0 : pending.round());
        return step;
    }

    /// What is asked of an event.
    record Event(Address emitter, LogRole role, LaneId lane, long height) {}

    FiscoScenario checkpoint(String what, Event event, Bytes input, String expect) {
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

    private static String outcome(Verdict<ClientState> verdict) {
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
        json.put("kind", client.kind().name());
        if (challenged != null) json.put("mode", challenged.mode().name());
        json.put("params", params());
        json.put("anchor", corroborated.params().anchor().encode().toHex());
        json.put("clientId", client.id().value().toHex());
        json.put("steps", steps);
        return json;
    }

    private Map<String, Object> params() {
        var given = corroborated.params();
        var all = given.watchers().all();
        long destination = 0;
        for (int i = 0; i < all.size(); i++) {
            if (given.watchers().destination().contains(all.get(i))) destination |= 1L << i;
        }
        var params = new LinkedHashMap<String, Object>();
        params.put("chain", given.chain().name());
        params.put("verifyingChain", given.verifyingChain().name());
        params.put("deployer", deployer.toHex());
        params.put("contract", given.contract().toHex());
        params.put("trustingPeriodMs", given.trustingPeriodMs());
        params.put("maxClockDriftMs", given.maxClockDriftMs());
        params.put("versionFloor", given.versionFloor());
        params.put("watchers", all.stream().map(Address::toHex).toList());
        params.put("destinationWatchers", destination);
        if (challenged != null) {
            var operators = challenged.params().operators().all();
            params.put("operators", operators.stream().map(Address::toHex).toList());
            params.put("challengePeriodMs", challenged.params().periodMs());
        }
        return params;
    }
}
