package io.waybill.core;

/// Why a verifier refuses. Each reason is a record whose name is also the name of the contracts' custom error, so
/// that a verdict reads alike in Java, in Solidity, in a metric's tag and in a vector file.
public sealed interface Rejection
        permits EncodingRejection,
                ClientRejection,
                QbftRejection,
                FiscoRejection,
                Fisco2Rejection,
                ConfluxRejection,
                BeaconRejection,
                CommitteeRejection,
                EasRejection,
                EventRejection,
                LaneRejection,
                PolicyRejection {
    /// The name of the reason, as in the contracts and the vectors.
    default String code() {
        return getClass().getSimpleName();
    }

    /// What was expected and what was found, in words.
    String explain();
}
