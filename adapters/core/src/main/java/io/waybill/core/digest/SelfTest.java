package io.waybill.core.digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts questions of known answer to every library that may do a sum here, native and Java alike. Whoever starts a
/// process asks first, and starts nothing on an answer that differs: native code that was swapped, or was built
/// wrongly, is found before anything is trusted to it.
public final class SelfTest {
    private final String library;
    private final List<Disagreement> found = new ArrayList<>();

    SelfTest(String library) {
        this.library = library;
    }

    /// An answer that is not the known one.
    ///
    /// @param library  whose answer, as `secp256k1 native`
    /// @param expected the known answer, octets in hexadecimal
    /// @param answered what the library said, or how it failed
    public record Disagreement(String library, String question, String expected, String answered) {
        @Override
        public String toString() {
            return "%s, %s: expected %s, got %s".formatted(library, question, expected, answered);
        }
    }

    /// Asks all libraries everything.
    ///
    /// @return where their answers differ from the known ones; empty if all may be trusted
    public static List<Disagreement> run() {
        var found = new ArrayList<>(chosen(System.getProperty(NativeCode.PROPERTY)));
        Secp256k1.NATIVE.ifPresent(library -> found.addAll(Secp256k1Answers.of("secp256k1 native", library)));
        found.addAll(Secp256k1Answers.of("secp256k1 java", Secp256k1.JAVA));
        Bls.NATIVE.ifPresent(library -> found.addAll(BlsAnswers.of("bls native", library)));
        found.addAll(BlsAnswers.of("bls java", Bls.JAVA));
        found.addAll(Sm2Answers.of("sm2 java", Sm2::verify));
        return List.copyOf(found);
    }

    /// Which libraries do the sums, for a person to read: `secp256k1=native bls=native sm2=java`.
    public static String libraries() {
        return "secp256k1=%s bls=%s sm2=java".formatted(kind(Secp256k1.NATIVE), kind(Bls.NATIVE));
    }

    private static String kind(Optional<?> nativeCode) {
        return nativeCode.isPresent() ? "native" : "java";
    }

    /// Where answers differed so far.
    List<Disagreement> found() {
        return List.copyOf(found);
    }

    /// Asks one question. A library that throws has answered wrongly.
    void ask(String question, String expected, Supplier<String> answer) {
        var answered = answered(answer);
        if (!answered.equals(expected)) found.add(new Disagreement(library, question, expected, answered));
    }

    private static String answered(Supplier<String> answer) {
        try {
            return answer.get();
        } catch (RuntimeException | LinkageError e) {
            return e.toString();
        }
    }

    /// A word that is neither `java` nor `native` may have been meant as either.
    static List<Disagreement> chosen(@Nullable String word) {
        return Optional.ofNullable(word)
                .filter(chosen -> !List.of("java", "native").contains(chosen))
                .map(chosen -> List.of(new Disagreement("property", NativeCode.PROPERTY, "java or native", chosen)))
                .orElse(List.of());
    }
}
