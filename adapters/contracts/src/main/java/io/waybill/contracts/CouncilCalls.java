package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.List;

/// Calldata of a Council and what it answers.
public final class CouncilCalls {
    static final String APPROVE = "approve(address,bytes,bytes32)";
    static final String WITHDRAW = "withdraw(bytes32)";
    static final String EXECUTE = "execute(address,bytes,bytes32)";
    static final String SET_MEMBERS = "setMembers(address[],uint256)";
    static final String SET_DELAY = "setDelay(uint64)";
    static final String MEMBERS = "members()";
    static final String APPROVALS_NEEDED = "approvalsNeeded()";
    static final String DELAY = "delayMs()";
    static final String STATE_OF = "stateOf(bytes32)";
    static final String ID_OF = "idOf(address,bytes,bytes32)";

    private CouncilCalls() {}

    /// What a council may be asked to do.
    ///
    /// @param target a contract
    /// @param call   its calldata; no value goes with it
    /// @param salt   tells apart two calls that are otherwise the same
    public record Proposal(Address target, Bytes call, Bytes32 salt) {
        private Bytes to(String function) {
            return Abi.call(function, Abi.of(target), Abi.of(call), Abi.of(salt));
        }
    }

    /// Where a proposal stands.
    ///
    /// @param approvals how many members approve it now
    /// @param readyMs   when it may be executed, milliseconds since 1970; 0 while approvals are missing
    /// @param done      whether it was executed
    public record State(long approvals, long readyMs, boolean done) {}

    /// The creation code of a council for an EVM; the arguments are those of the other.
    public static Bytes deploy(List<Address> members, int approvals, long delayMs) {
        return deploy(Host.EVM, members, approvals, delayMs);
    }

    /// The creation code of a council.
    ///
    /// @param host      what the contracts of its chain live on
    /// @param members   2 to 32, strictly ascending
    /// @param approvals how many of them must approve, at least 2
    /// @param delayMs   how long an approved call waits, 1 ms to 30 days
    public static Bytes deploy(Host host, List<Address> members, int approvals, long delayMs) {
        return Bytes.concat(
                Artifacts.COUNCIL.on(host).creationCode(),
                Abi.arguments(Abi.items(members.stream().map(Abi::of).toList()), Abi.of(approvals), Abi.of(delayMs)));
    }

    /// Approves a proposal, as a member; the first approval proposes it.
    public static Bytes approve(Proposal proposal) {
        return proposal.to(APPROVE);
    }

    /// Takes an approval back, as a member.
    public static Bytes withdraw(Bytes32 id) {
        return Abi.call(WITHDRAW, Abi.of(id));
    }

    /// Executes a proposal that was approved and has waited, as a member.
    public static Bytes execute(Proposal proposal) {
        return proposal.to(EXECUTE);
    }

    /// What a council calls itself with to seat other members.
    public static Bytes setMembers(List<Address> members, int approvals) {
        return Abi.call(SET_MEMBERS, Abi.items(members.stream().map(Abi::of).toList()), Abi.of(approvals));
    }

    /// What a council calls itself with to wait longer or shorter.
    public static Bytes setDelay(long delayMs) {
        return Abi.call(SET_DELAY, Abi.of(delayMs));
    }

    /// Asks for the members, ascending.
    public static Bytes members() {
        return Abi.call(MEMBERS);
    }

    public static List<Address> decodeMembers(Bytes answer) {
        return new AbiWords(answer)
                .words(0).stream()
                        .map(word -> new Address(word.value().slice(12, 32)))
                        .toList();
    }

    /// Asks how many members must approve.
    public static Bytes approvalsNeeded() {
        return Abi.call(APPROVALS_NEEDED);
    }

    /// Asks how long an approved call waits, milliseconds.
    public static Bytes delay() {
        return Abi.call(DELAY);
    }

    public static long decodeNumber(Bytes answer) {
        return new AbiWords(answer).number(0);
    }

    /// Asks for the name of a proposal in the present term.
    public static Bytes idOf(Proposal proposal) {
        return proposal.to(ID_OF);
    }

    public static Bytes32 decodeId(Bytes answer) {
        return new AbiWords(answer).word(0);
    }

    /// Asks where a proposal stands.
    public static Bytes stateOf(Bytes32 id) {
        return Abi.call(STATE_OF, Abi.of(id));
    }

    public static State decodeState(Bytes answer) {
        var words = new AbiWords(answer);
        return new State(words.number(0), words.number(1), words.number(2) == 1);
    }
}
