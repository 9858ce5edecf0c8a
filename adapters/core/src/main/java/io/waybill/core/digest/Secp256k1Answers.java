package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.List;

/// What a library of secp256k1 must answer: recoveries on both sides of every edge, and signatures by RFC 6979.
final class Secp256k1Answers {
    private static final String NONE = "none";
    private static final String ZERO = "00".repeat(32);
    private static final String ONE = "00".repeat(31) + "01";
    private static final String N = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    private static final String N_LESS_1 = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";
    private static final String DIGEST = "ce0677bb30baa8cf067c88db9811f4333d131bf8bcf12fe7065d211dce971008";
    private static final String R = "90f27b8b488db00b00606796d2987f6a5f59ae62ea05effe84fef5b8b0e54998";
    private static final String S = "4a691139ad57a3f0b906637673aa2f63d1f55cb1a69199d4009eea23ceaddc93";
    private static final String HIGH_S = "b596eec652a85c0f46f99c898c55d09ae8b9803508b70667bf337469018864ae";
    private static final String KEY = "0xe32df42865e97135acfb65f3bae71bdc86f4d49150ad6a440b6f15878109880a"
            + "0a2b2667f7e725ceea70c673093bf67663e0312623c8e091b13cf2c0f11ef652";
    private static final String ZERO_DIGEST_KEY = "0xd223a6ac2fedf290df9687b75afe9762cae293cb48b1c8d46a6cb86801e88014"
            + "9ed85453729eb662419760771bbcbaa946c8d0a2e5881b37b304f1b28f9d1a63";
    private static final String LEAST_S_KEY = "0x8cc27bc2c453326fed30e46d53e8bddd4703e533875afeee6914bb2bb2725093"
            + "24a8b18624f6774cc8de6fda5da119cc255aa93bba8b6e60830c1c0fca28cea0";
    private static final String G_X = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private static final String MESSAGE = "a0dc65ffca799873cbea0ac274015b9526505daaaed385155425f7337704883e";

    private static final List<Recovery> RECOVERIES = List.of(
            new Recovery("a signature", DIGEST, R, S, 1, KEY),
            new Recovery(
                    "the other v",
                    DIGEST,
                    R,
                    S,
                    0,
                    "0xf6928faf30a8be548dcef6f86cf290ebe93d1483c0a4becb16fb110c1f9607f1"
                            + "3679dd1b9879e616e13f6a31fb0489800fe7d2bab79bce18c54ebb210b6bb7ee"),
            new Recovery("a high s", DIGEST, R, HIGH_S, 0, KEY),
            new Recovery("the least s", DIGEST, R, ONE, 1, LEAST_S_KEY),
            new Recovery("the greatest s", DIGEST, R, N_LESS_1, 0, LEAST_S_KEY),
            new Recovery("a digest of zero", ZERO, R, S, 1, ZERO_DIGEST_KEY),
            new Recovery("a digest of n", N, R, S, 1, ZERO_DIGEST_KEY),
            new Recovery(
                    "the greatest digest",
                    "ff".repeat(32),
                    R,
                    S,
                    1,
                    "0x34b9b49f8011885cc0f711942a7e613a573455658115bcdfa698a7b11988d26f"
                            + "178e1fd1d08f70a80596778984db9a82c7da04f0558ade80d818996b52ca85a7"),
            new Recovery(
                    "the least r",
                    DIGEST,
                    ONE,
                    S,
                    0,
                    "0x9490cbdae615ac6703a6805020371d3615b1479d43a4c12d9377ecdce842cd8d"
                            + "62c5d12707788f9a609bdfbbacd2c36bdf9bdd4362a9cec29cadd90bfeb2ba0d"),
            new Recovery("r of zero", DIGEST, ZERO, S, 1, NONE),
            new Recovery("s of zero", DIGEST, R, ZERO, 1, NONE),
            new Recovery("r of n", DIGEST, N, S, 1, NONE),
            new Recovery("s of n", DIGEST, R, N, 1, NONE),
            new Recovery("the greatest r, which is no abscissa", DIGEST, N_LESS_1, S, 0, NONE),
            new Recovery("r of five, which is no abscissa", DIGEST, "00".repeat(31) + "05", S, 0, NONE),
            new Recovery("a key at infinity", DIGEST, G_X, DIGEST, 0, NONE));

    private static final List<Signature> SIGNATURES = List.of(
            new Signature(
                    ONE,
                    "0x934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
                            + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
                    "0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                            + "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"),
            new Signature(
                    N_LESS_1,
                    "0xfd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0"
                            + "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5",
                    "0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
                            + "b7c52588d95c3b9aa25b0403f1eef75702e84bb7597aabe663b82f6f04ef2777"));

    private Secp256k1Answers() {}

    private record Recovery(String name, String digest, String r, String s, int v, String key) {}

    /// @param signature of `Satoshi Nakamoto`, hashed by SHA-256
    private record Signature(String secret, String signature, String key) {}

    static List<SelfTest.Disagreement> of(String name, Secp256k1Library library) {
        var test = new SelfTest(name);
        for (var each : RECOVERIES) {
            test.ask(
                    "recovery from " + each.name,
                    each.key,
                    () -> library.recover(Bytes32.hex(each.digest), Bytes.hex(each.r + each.s), each.v)
                            .map(Bytes::toHex)
                            .orElse(NONE));
        }
        for (var each : SIGNATURES) {
            var secret = Bytes32.hex(each.secret);
            test.ask(
                    "signature by " + each.secret,
                    each.signature,
                    () -> library.sign(secret, Bytes32.hex(MESSAGE)).toHex());
            test.ask(
                    "key of " + each.secret,
                    each.key,
                    () -> library.publicKey(secret).toHex());
        }
        return test.found();
    }
}
