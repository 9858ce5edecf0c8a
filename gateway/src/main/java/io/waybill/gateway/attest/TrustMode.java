package io.waybill.gateway.attest;

/// Which promise a light client makes of the headers it accepts. Shown wherever a lane is shown.
public sealed interface TrustMode {
    /// Consensus seals over the header are all it takes.
    record HeaderProof() implements TrustMode {}

    /// Consensus seals, and at least `needed` of `watchers` that run their own nodes.
    record Corroborated(int needed, int watchers) implements TrustMode {}

    /// A committee's signature over the chain's blocks, and for what the blocks claim of receipts the votes of at
    /// least `needed` miners after them.
    record MinerVotes(int needed) implements TrustMode {}

    /// No proof of the chain itself: at least `needed` of `verifiers`, each of whom judged its blocks, say so.
    record Committee(int needed, int verifiers) implements TrustMode {}

    /// The word of the API.
    default String word() {
        return switch (this) {
            case HeaderProof() -> "header-proof";
            case Corroborated(int _, int _) -> "corroborated";
            case MinerVotes(int _) -> "miner-votes";
            case Committee(int _, int _) -> "committee";
        };
    }
}
