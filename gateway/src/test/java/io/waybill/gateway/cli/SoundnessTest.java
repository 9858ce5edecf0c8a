package io.waybill.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.digest.SelfTest.Disagreement;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// NT-78: native code that somebody swapped.
class SoundnessTest {
    private static final List<Disagreement> LIE =
            List.of(new Disagreement("secp256k1 native", "recovery from a signature", "0x01", "0x02"));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify missing.json --anchor missing.json",
                "run --config missing.yaml",
                "demo --once",
                "client replay --kind qbft missing.json",
                ""
            })
    void startsNothingOnCryptographyThatAnswersWrongly(String line) {
        assertThat(run(LIE, line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(WaybillCommand.UNSOUND);
        assertThat(err.toString().lines())
                .containsExactly(
                        "waybill: cryptography on this machine answers wrongly; nothing is started",
                        "  secp256k1 native, recovery from a signature: expected 0x01, got 0x02");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void judgesByCryptographyThatAnswersRightly() throws Exception {
        var headers = Files.writeString(folder.resolve("headers.json"), "[]");
        assertThat(run(List.of(), "client", "replay", "--kind", "qbft", headers.toString()))
                .isEqualTo(WaybillCommand.WRONG);
    }

    @Test
    void helpsWhateverTheCryptographyAnswers() {
        assertThat(run(LIE, "verify", "--help")).isEqualTo(WaybillCommand.OK);
        assertThat(out.toString()).contains("Checks a proof bundle offline");
    }

    private int run(List<Disagreement> answers, String... args) {
        return WaybillCommand.run(() -> answers, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
