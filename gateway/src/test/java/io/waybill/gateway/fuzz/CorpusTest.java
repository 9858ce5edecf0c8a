package io.waybill.gateway.fuzz;

import io.waybill.fuzz.Corpus;
import io.waybill.gateway.bundle.BundleCbor;
import io.waybill.gateway.bundle.BundleJson;
import io.waybill.gateway.bundle.BundleSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The committed corpus of the readers' fuzz tests, and seeded changes of it, without the fuzzer.
class CorpusTest {
    private static final long SEED = 20_261_125;
    private static final Path FOLDER = Path.of("src/test/resources/io/waybill/gateway/fuzz/ReadersFuzzTestInputs");

    /// With `-Dwaybill.corpus.write=true` the seeds of bundles and anchors are written anew from the shared ones.
    @BeforeAll
    static void writeAnewWhenAsked() throws Exception {
        if (!Boolean.getBoolean("waybill.corpus.write")) return;
        for (var sample : BundleSamples.all().toList()) {
            var name = "seed-" + sample.name().replaceAll("[^A-Za-z0-9]+", "-");
            Files.createDirectories(FOLDER.resolve("bundle"));
            Files.createDirectories(FOLDER.resolve("anchor"));
            var bundle = BundleJson.read(sample.file());
            Files.write(
                    FOLDER.resolve("bundle").resolve(name + ".json"),
                    sample.file().toArray());
            Files.write(
                    FOLDER.resolve("bundle").resolve(name + ".cbor"),
                    BundleCbor.write(bundle).toArray());
            Files.write(
                    FOLDER.resolve("anchor").resolve(name + ".json"),
                    sample.anchorFile().toArray());
        }
    }

    @ParameterizedTest(name = "{0}, changed from seed " + SEED)
    @EnumSource
    void aReaderAnswersToAnyOctets(Target target) {
        Corpus.of(Target.class, "ReadersFuzzTest", target.method()).run(target::fuzz, SEED, 1500);
    }
}
