package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.digest.Bls.Scheme;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What a library of BLS12-381 must answer. Few questions need a pairing, which is slow in Java.
///
/// @see <a href="https://github.com/ethereum/bls12-381-tests">Ethereum's tests, whose keys and message these are</a>
final class BlsAnswers {
    static final String KEY_1 =
            "a491d1b0ecd9bb917989f0e74f0dea0422eac4a873e5e2644f368dffb9a6e20fd6e10c1b77654d067c0618f6e5a7f79a";
    static final String KEY_2 =
            "b301803f8b5ac4a1133581fc676dfedc60d891dd5fa99028805e5ea5b08d3491af75d0707adab3b70c6a6a580217bf81";
    static final Bytes MESSAGE = Bytes.hex("56".repeat(32));

    /// By both keys, as Ethereum signs.
    static final Bytes AGGREGATE = Bytes.hex(
            "912c3615f69575407db9392eb21fee18fff797eeb2fbe1816366ca2a08ae574d8824dbfafb4c9eaa1cf61b63c6f9b699"
                    + "11f269b664c42947dd1b53ef1081926c1e82bb2a465f927124b08391a5249036146d6f3f1e17ff5f162f779746d830d1");

    /// By the first key, as Conflux signs, uncompressed.
    static final Bytes UNCOMPRESSED = Bytes.hex(
            "085ec37c3ad44795958e94399a04079a51bdb070bbbf06586fb126310a4726e85dd29a2e56180af97b26d60900f8827c"
                    + "0dc79c4676ce3ad633ecad86e354f029a22fb0a107715e2a4cf9bfff66c3644914c3f3c64dfc468e15b0d83be3e92c87"
                    + "14873dcfa4c1c3bf8f15b9550bd19a9a1ecc2bde85984cbd71a48ed8193439b881a0d0d81f30f6773b7f4e8eaa929908"
                    + "0e0e30fa348246f3b7b7d3445fb203592145e5061fe94b8529e04dc782bbc7d363cecea8c0344cf18a9d6e52d071ef18");

    private static final String TOO_GREAT =
            "9a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab";
    private static final List<Case> NO_KEYS = List.of(
            new Case("the identity", "c0" + "00".repeat(47)),
            new Case("no point", "80" + "00".repeat(46) + "01"),
            new Case("a point outside the subgroup", "80" + "00".repeat(46) + "04"),
            new Case("an abscissa of p", TOO_GREAT));
    private static final List<Case> NO_SIGNATURES = List.of(
            new Case("the identity", "c0" + "00".repeat(95)),
            new Case("no point", "80" + "00".repeat(94) + "01"),
            new Case("a point outside the subgroup", "80" + "00".repeat(94) + "02"),
            new Case("an abscissa of p", TOO_GREAT + "00".repeat(48)),
            new Case("the identity, uncompressed", "40" + "00".repeat(191)),
            new Case("no point, uncompressed", "00".repeat(192)));

    private final SelfTest test;
    private final BlsLibrary library;

    private BlsAnswers(SelfTest test, BlsLibrary library) {
        this.test = test;
        this.library = library;
    }

    private record Case(String name, String octets) {}

    static List<SelfTest.Disagreement> of(String name, BlsLibrary library) {
        var test = new SelfTest(name);
        var answers = new BlsAnswers(test, library);
        answers.ofKeys();
        answers.ofSignatures();
        return test.found();
    }

    private void ofKeys() {
        ask("a key", true, () -> library.key(Bytes.hex(KEY_1)).isPresent());
        for (var each : NO_KEYS) {
            ask(
                    "a key of " + each.name,
                    false,
                    () -> Bls.point(library, Bytes.hex(each.octets)).isPresent());
        }
    }

    private void ofSignatures() {
        ask("a signature by two keys", true, () -> Bls.verify(library, Scheme.ETHEREUM, both(), MESSAGE, AGGREGATE));
        ask(
                "a signature by one of two keys",
                true,
                () -> Bls.verify(
                        library, Scheme.CONFLUX, library.difference(both(), key(KEY_2)), MESSAGE, UNCOMPRESSED));
        ask("another's signature", false, () -> Bls.verify(library, Scheme.ETHEREUM, key(KEY_1), MESSAGE, AGGREGATE));
        ask(
                "a signature by no keys",
                false,
                () -> Bls.verify(library, Scheme.ETHEREUM, library.sum(List.of()), MESSAGE, AGGREGATE));
        for (var each : NO_SIGNATURES) {
            ask(
                    "a signature of " + each.name,
                    false,
                    () -> Bls.verify(library, Scheme.ETHEREUM, key(KEY_1), MESSAGE, Bytes.hex(each.octets)));
        }
    }

    private BlsLibrary.Point both() {
        return library.sum(List.of(key(KEY_1), key(KEY_2)));
    }

    private BlsLibrary.Point key(String octets) {
        return library.key(Bytes.hex(octets)).orElseThrow();
    }

    private void ask(String question, boolean expected, BooleanSupplier answer) {
        test.ask(question, String.valueOf(expected), () -> String.valueOf(answer.getAsBoolean()));
    }
}
