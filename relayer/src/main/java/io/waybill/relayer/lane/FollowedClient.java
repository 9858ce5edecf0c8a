package io.waybill.relayer.lane;

import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.port.ClientRef;
import java.time.Duration;

/// A light-client contract together with what it takes to judge as it does, here, without believing it.
///
/// @param ref            the contract, on the chain something is proven *to*
/// @param rules          the same rules in Java
/// @param anchor         the first trusted header, pinned by an operator, from which our own state is grown
/// @param trustingPeriod the period of the contract; the client is refreshed once its latest header is a third as
///     old
public record FollowedClient(ClientRef ref, LightClient rules, ConsensusState anchor, Duration trustingPeriod) {
    public FollowedClient {
        if (!rules.id().equals(ref.id())) {
            throw new IllegalArgumentException(
                    "client rules: expected those of %s, got %s".formatted(ref.id(), rules.id()));
        }
        if (!trustingPeriod.isPositive()) {
            throw new IllegalArgumentException("trusting period: expected > 0, got " + trustingPeriod);
        }
    }
}
