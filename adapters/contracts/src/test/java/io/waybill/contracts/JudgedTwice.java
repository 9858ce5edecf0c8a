package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.LightClient;
import io.waybill.core.lane.LogRole;
import io.waybill.rpc.RpcError;
import java.util.Set;

/// One client that exists twice, in Java and as a contract, in the same state: what is shown to it gets one verdict,
/// or the test fails.
final class JudgedTwice {
    private static final Set<String> ENDS_WELL = Set.of("accepted", "frozen");

    private final TestEvm evm;
    private final Address contract;
    private final LightClient client;
    private ClientState state;
    private long nowMs;
    private int judged;
    private int agreed;

    /// What is asked of an event proof.
    record Event(Address emitter, LogRole role, LaneId lane, long height) {}

    /// @param state of both, when they were anchored
    JudgedTwice(TestEvm evm, Address contract, LightClient client, ClientState state) {
        this.evm = evm;
        this.contract = contract;
        this.client = client;
        this.state = state;
    }

    /// Moves both clocks.
    ///
    /// @param ms a multiple of 1,000, not before the last
    void time(long ms) {
        nowMs = ms;
        evm.time(ms / 1000);
    }

    /// Shows an update to both; neither keeps it.
    ///
    /// @return the verdict of both: "accepted", "frozen" or a reason
    String weigh(String what, Bytes update) {
        var verdict = client.update(state, update, nowMs);
        var java = outcome(verdict);
        var solidity = refusal(ClientCalls.update(update));
        if (solidity.equals("accepted") && verdict instanceof Verdict.Accepted<ClientState>(var after)) {
            solidity = onceApplied(update, after);
        }
        return same("%s: %s".formatted(what, update), java, solidity);
    }

    /// Shows an update to both and lets them keep it.
    String apply(String what, Bytes update) {
        var verdict = weigh(what, update);
        if (client.update(state, update, nowMs) instanceof Verdict.Accepted<ClientState>(var after)) {
            evm.transact(contract, ClientCalls.update(update));
            state = after;
        }
        return verdict;
    }

    /// Shows an event proof to both.
    String weigh(String what, Event asked, Bytes proof) {
        var judged = client.verifyCheckpoint(state, asked.emitter(), asked.role(), asked.lane(), asked.height(), proof);
        var status = client.status(state, nowMs);
        var java = status == ClientStatus.ACTIVE ? reason(judged) : "ClientNotActive";
        var calldata = ClientCalls.verifyCheckpoint(asked.emitter(), asked.role(), asked.lane(), asked.height(), proof);
        return same("%s: %s".formatted(what, proof), java, refusal(calldata));
    }

    /// One verdict. The reason is counted: of a proof with two faults either may be met first, for Java reads a proof
    /// whole before it judges, and a contract reads as far as it must.
    private String same(String what, String java, String solidity) {
        boolean refused = !ENDS_WELL.contains(java) && !ENDS_WELL.contains(solidity);
        if (!refused) assertThat(solidity).as(what).isEqualTo(java);
        ++judged;
        if (solidity.equals(java)) ++agreed;
        return java;
    }

    /// How many proofs were weighed.
    int judged() {
        return judged;
    }

    /// For how many of them both gave the same reason too.
    int agreed() {
        return agreed;
    }

    /// What the contract's state says once it took an update; then the update is taken back.
    private String onceApplied(Bytes update, ClientState after) {
        var before = evm.snapshot();
        evm.transact(contract, ClientCalls.update(update));
        var status = ClientCalls.decodeStatus(evm.call(contract, ClientCalls.status()));
        assertThat(ClientCalls.decodeHeight(evm.call(contract, ClientCalls.latestHeight())))
                .isEqualTo(after.latest().height());
        evm.revert(before);
        return status == ClientStatus.FROZEN ? "frozen" : "accepted";
    }

    private String refusal(Bytes calldata) {
        try {
            evm.call(contract, calldata);
            return "accepted";
        } catch (RpcError e) {
            return ContractErrors.decode(e.data().bytes()).name();
        }
    }

    private static String outcome(Verdict<ClientState> verdict) {
        return switch (verdict) {
            case Verdict.Accepted<ClientState>(var after) -> after.frozen() ? "frozen" : "accepted";
            case Verdict.Rejected<ClientState>(var reason) -> reason.code();
        };
    }

    private static String reason(Verdict<?> verdict) {
        return verdict instanceof Verdict.Rejected<?>(var reason) ? reason.code() : "accepted";
    }
}
