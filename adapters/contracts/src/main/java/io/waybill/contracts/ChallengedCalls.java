package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import java.util.List;

/// What a light-client contract of mode CHALLENGED takes beside the calls of [ClientCalls]. Its `update` takes a
/// [io.waybill.core.client.fisco.ChallengeAction].
public final class ChallengedCalls {
    static final String PENDING = "pending()";

    private ChallengedCalls() {}

    /// Those who can act upon a client of mode CHALLENGED, rule R4.7.
    ///
    /// @param watchers  each may hold what waits: strictly ascending, at least 3, at most 255
    /// @param operators two of them release and agree to new lists of sealers: strictly ascending, 2 to 255
    /// @param periodMs  how long a header can be challenged, 30 minutes or more, below the trusting period
    public record Challengers(List<Address> watchers, List<Address> operators, long periodMs) {
        public Challengers {
            watchers = List.copyOf(watchers);
            operators = List.copyOf(operators);
        }
    }

    /// The contract that follows FISCO BCOS 3.x chains in mode CHALLENGED, as it lives on an EVM.
    ///
    /// @param kind FISCO or FISCO_SM
    public static Artifact fisco(ClientKind kind) {
        return switch (kind) {
            case FISCO -> Artifacts.CHALLENGED_FISCO_CLIENT;
            case FISCO_SM -> Artifacts.CHALLENGED_FISCO_SM_CLIENT;
            default -> throw new IllegalArgumentException("kind: expected FISCO or FISCO_SM, got " + kind);
        };
    }

    /// The creation code; the parameters are those of the other mode but for the challengers.
    public static Bytes deploy(
            Host host,
            ClientKind kind,
            ChainId followed,
            ChainId verifying,
            ClientCalls.Trust trust,
            int versionFloor,
            Challengers challengers,
            Bytes anchor) {
        return Bytes.concat(
                fisco(kind).on(host).creationCode(),
                Abi.arguments(
                        Abi.of(followed.hash()),
                        Abi.of(verifying.hash()),
                        Abi.of(trust.trustingPeriodMs()),
                        Abi.of(trust.maxClockDriftMs()),
                        Abi.of(Integer.toUnsignedLong(versionFloor)),
                        Abi.items(challengers.watchers().stream().map(Abi::of).toList()),
                        Abi.items(challengers.operators().stream().map(Abi::of).toList()),
                        Abi.of(challengers.periodMs()),
                        Abi.of(trust.council()),
                        Abi.of(anchor)));
    }

    /// Asks what waits; [#decodePending] reads the answer.
    public static Bytes pending() {
        return Abi.call(PENDING);
    }

    /// What waits.
    ///
    /// @param height the highest that waits, 0 if nothing does
    /// @param held   whether a watcher holds it
    /// @param round  how often operators released it
    public record PendingHeaders(long height, boolean held, long round) {}

    public static PendingHeaders decodePending(Bytes answer) {
        var words = new AbiWords(answer);
        return new PendingHeaders(words.number(0), words.number(1) == 1, words.number(2));
    }
}
