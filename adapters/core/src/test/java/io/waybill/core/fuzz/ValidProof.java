package io.waybill.core.fuzz;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import java.util.Set;
import java.util.function.Function;

/// A proof that a verifier accepts, with that verifier.
///
/// @param name  of the proof, for messages
/// @param wire  the octets shown
/// @param judge the whole judgement of such octets, everything else fixed
public record ValidProof(String name, Bytes wire, Function<Bytes, Verdict<?>> judge) {
    /// What the verifier says of octets.
    public Verdict<?> shown(byte[] octets) {
        return judge.apply(Bytes.of(octets));
    }

    /// Shows octets and holds that none prove anything but what the known proofs do.
    ///
    /// @param outcomes what this verifier says of each proof that it accepts
    /// @throws AssertionError if they are
    public void fuzz(byte[] octets, Set<Verdict<?>> outcomes) {
        var verdict = shown(octets);
        switch (verdict) {
            case Verdict.Rejected<?>(var reason) -> Target.explained(reason);
            case Verdict.Accepted<?>(var value) -> {
                if (!outcomes.contains(verdict)) throw new AssertionError(name + ": accepted as " + value);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
