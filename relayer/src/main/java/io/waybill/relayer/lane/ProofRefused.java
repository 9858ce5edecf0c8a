package io.waybill.relayer.lane;

import io.waybill.core.Rejection;
import io.waybill.core.Verdict;

/// Our own rules refused what a node offered. Nothing was submitted.
final class ProofRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    ProofRefused(Rejection rejection) {
        super(rejection.code() + ": " + rejection.explain());
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }

    /// The accepted value.
    ///
    /// @throws ProofRefused if the verdict is a refusal
    static <T> T accepted(Verdict<T> verdict) {
        return switch (verdict) {
            case Verdict.Accepted<T>(var value) -> value;
            case Verdict.Rejected<T>(var reason) -> throw new ProofRefused(reason);
        };
    }
}
