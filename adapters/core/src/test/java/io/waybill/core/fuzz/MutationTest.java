package io.waybill.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.fuzz.Mutations;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every octet of every kind of proof, changed in every simple way; and every part of it doubled, left out, put in
/// another place or written otherwise. Nothing but the proof itself is accepted.
class MutationTest {
    static List<ValidProof> proofs() {
        return ValidProofs.all();
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void theProofItselfIsAccepted(ValidProof proof) {
        assertThat(proof.shown(proof.wire().toArray()).isAccepted()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void anOctetChangedIsRefused(ValidProof proof) {
        var octets = proof.wire().toArray();
        var sampled = Mutations.sampled(octets, Math.floorMod(proof.name().hashCode(), stride(proof)), stride(proof));
        var accepted = Stream.concat(Mutations.flipped(octets), sampled)
                .parallel()
                .filter(mutation -> proof.shown(mutation.octets()).isAccepted())
                .map(Mutations.Mutation::what);
        assertThat(accepted).isEmpty();
    }

    /// Signatures in another order, or without those that a quorum does not need, prove the same.
    @ParameterizedTest
    @MethodSource("proofs")
    void aPartDoubledMovedOrWrittenOtherwiseProvesNothingElse(ValidProof proof) {
        var proven = proof.judge().apply(proof.wire());
        var others = RlpMutations.of(proof.wire())
                .parallel()
                .filter(mutation -> provesAnother(proof.judge().apply(mutation.octets()), proven))
                .map(RlpMutations.Mutation::what);
        assertThat(others).isEmpty();
    }

    private static boolean provesAnother(Verdict<?> verdict, Verdict<?> proven) {
        return verdict.isAccepted() && !verdict.equals(proven);
    }

    /// Every octet in every way where hashes alone judge; where each change costs a signature, every octet in one way
    /// and some in all.
    private static int stride(ValidProof proof) {
        if (proof.name().contains("sm headers")) return 29;
        boolean signed = proof.name().contains("next") || proof.name().contains("headers");
        return signed || proof.name().contains("change") ? 11 : 1;
    }
}
