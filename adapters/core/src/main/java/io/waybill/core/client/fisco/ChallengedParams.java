package io.waybill.core.client.fisco;

import io.waybill.core.digest.Secp256k1;

/// What a client of a FISCO BCOS 3.x chain is made with when mode CHALLENGED is chosen for it; nothing of it
/// changes afterwards.
///
/// @param base      what both modes are made with; each of its watchers may hold what waits
/// @param operators their keys are none of the anchor's sealers' (rule R1.6)
/// @param periodMs  how long a header can be challenged before it is believed, milliseconds; at least
///     [#SHORTEST_MS], and below the trusting period, or no header would ever be believed in time
public record ChallengedParams(FiscoParams base, Operators operators, long periodMs) {
    /// 30 minutes, rule R4.7.
    public static final long SHORTEST_MS = 30 * 60_000L;

    public ChallengedParams {
        if (periodMs < SHORTEST_MS)
            throw new IllegalArgumentException(
                    "challenge period: expected ≥ %d ms, got %d".formatted(SHORTEST_MS, periodMs));
        if (periodMs >= base.trustingPeriodMs())
            throw new IllegalArgumentException("challenge period: expected < trusting period of %d ms, got %d"
                    .formatted(base.trustingPeriodMs(), periodMs));
        for (var sealer : base.anchor().header().sealers().ids()) {
            if (operators.all().contains(Secp256k1.address(sealer)))
                throw new IllegalArgumentException("operators: expected no key of a sealer, got " + sealer);
        }
    }
}
