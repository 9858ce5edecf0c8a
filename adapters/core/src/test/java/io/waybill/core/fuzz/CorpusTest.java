package io.waybill.core.fuzz;

import io.waybill.fuzz.Corpus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The committed corpus of the fuzz tests, and seeded changes of it, without the fuzzer.
class CorpusTest {
    private static final long SEED = 20_261_125;

    @BeforeAll
    static void writeAnewWhenAsked() {
        if (Boolean.getBoolean("waybill.corpus.write")) Seeds.write();
    }

    @ParameterizedTest(name = "{0}, changed from seed " + SEED)
    @EnumSource(value = Target.class, mode = EnumSource.Mode.EXCLUDE, names = "VERIFIERS")
    void aDecoderAnswersToAnyOctets(Target target) {
        corpus(target).run(target::fuzz, SEED, 4000);
    }

    @ParameterizedTest(name = "{0}, changed from seed " + SEED)
    @EnumSource(value = Target.class, mode = EnumSource.Mode.INCLUDE, names = "VERIFIERS")
    void aVerifierAcceptsNothingButItsProof(Target target) {
        corpus(target).run(target::fuzz, SEED, 200);
    }

    private static Corpus corpus(Target target) {
        return Corpus.of(Target.class, "DecodersFuzzTest", target.method());
    }
}
