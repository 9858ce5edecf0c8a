package io.waybill.core.digest;

import io.waybill.core.Bytes;
import java.util.List;

/// What a verifier of SM2 must answer: the example of the standard, and what differs from it in one thing.
///
/// @see <a href="https://www.oscca.gov.cn">GB/T 32918.5-2017, A.2</a>
final class Sm2Answers {
    static final Bytes KEY = Bytes.hex("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
            + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
    static final Bytes MESSAGE = Bytes.utf8("message digest");
    static final Bytes SIGNATURE = Bytes.hex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
            + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");

    private static final String N = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
    private static final Bytes R = SIGNATURE.slice(0, 32);
    private static final Bytes S = SIGNATURE.slice(32, 64);

    private static final List<Question> QUESTIONS = List.of(
            new Question("the signature of the standard", KEY, MESSAGE, SIGNATURE, true),
            new Question("another message", KEY, Bytes.utf8("message digess"), SIGNATURE, false),
            new Question("a key that is no point", KEY.with(63, 0x12), MESSAGE, SIGNATURE, false),
            new Question("r of zero", KEY, MESSAGE, Bytes.concat(Bytes.of(new byte[32]), S), false),
            new Question("s of zero", KEY, MESSAGE, Bytes.concat(R, Bytes.of(new byte[32])), false),
            new Question("r of n", KEY, MESSAGE, Bytes.concat(Bytes.hex(N), S), false),
            new Question("s of n", KEY, MESSAGE, Bytes.concat(R, Bytes.hex(N)), false),
            new Question("r and s that add to n", KEY, MESSAGE, Bytes.concat(R, toN()), false),
            new Question("s for r", KEY, MESSAGE, Bytes.concat(S, R), false));

    private Sm2Answers() {}

    private record Question(String name, Bytes key, Bytes message, Bytes signature, boolean answer) {}

    /// As [Sm2#verify] judges.
    interface Verifier {
        boolean verify(Bytes publicKey, Bytes message, Bytes signature);
    }

    private static Bytes toN() {
        return Octets.word(Octets.unsigned(Bytes.hex(N)).subtract(Octets.unsigned(R)));
    }

    static List<SelfTest.Disagreement> of(String name, Verifier verifier) {
        var test = new SelfTest(name);
        for (var each : QUESTIONS) {
            test.ask(
                    each.name,
                    String.valueOf(each.answer),
                    () -> String.valueOf(verifier.verify(each.key, each.message, each.signature)));
        }
        return test.found();
    }
}
