package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Sm2;
import io.waybill.devnet.Anvil;
import io.waybill.rpc.JsonRpc;
import java.math.BigInteger;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a host library computes is what Java's libraries do: hashes of every length around a block, SM2 signatures of
/// random keys, and each way in which one is not a signature.
class PrimitivesIT {
    private static final BigInteger N =
            new BigInteger("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", 16);
    private static final BigInteger P =
            new BigInteger("fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff", 16);

    private static Vertx vertx;
    private static Anvil anvil;
    private static JsonRpc rpc;
    private static TestEvm evm;
    private static Address contract;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        anvil = Anvil.start(Anvil.Options.DEFAULT.withHardfork("paris").withoutMining());
        rpc = new JsonRpc(vertx, anvil.rpc());
        evm = new TestEvm(rpc);
        evm.time(2_000_000_000);
        contract = evm.deploy(Artifacts.read("Primitives").creationCode());
    }

    @AfterAll
    static void stop() {
        rpc.close();
        anvil.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void hashesAreThoseOfTheLibrary() {
        var random = new Random(1);
        for (int size = 0; size <= 200; size += size < 50 || size > 70 ? 7 : 1) {
            var octets = octets(random, size);
            assertThat(hash("sm3(bytes)", octets)).as("SM3 of %d octets", size).isEqualTo(Digests.sm3(octets));
            assertThat(hash("keccak(bytes)", octets))
                    .as("Keccak of %d octets", size)
                    .isEqualTo(Digests.keccak256(octets));
        }
        var longer = octets(random, 5_000);
        assertThat(hash("sm3(bytes)", longer)).isEqualTo(Digests.sm3(longer));
    }

    @Test
    void hashesOfWhatLiesBeyondTheFreeMemoryPointerAreTheSame() {
        var octets = octets(new Random(4), 300);
        var answer = new AbiWords(evm.call(contract, Abi.call("scratched(bytes)", Abi.of(octets))));
        assertThat(answer.word(0)).isEqualTo(Digests.keccak256(octets));
        assertThat(answer.word(1)).isEqualTo(Digests.sm3(octets));
    }

    @Test
    void theExampleOfTheStandardIsHashed() {
        assertThat(hash("sm3(bytes)", Bytes.utf8("abc")).toHex())
                .isEqualTo("0x66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    @Test
    void signaturesOfRandomKeysAreSigned() {
        var random = new Random(2);
        for (int i = 0; i < 12; i++) {
            var signed = new Signed(secret(random), new Bytes32(octets(random, 32)));
            assertThat(signed.judged()).isTrue();
            assertThat(signed.of(new Bytes32(octets(random, 32))).judged()).isFalse();
        }
    }

    /// Keys of the base point's own multiples make sums of a point with itself, and with its opposite.
    @Test
    void keysBesideTheBasePointAreNoExceptions() {
        for (long secret = 1; secret <= 4; secret++) {
            for (var key : new BigInteger[] {BigInteger.valueOf(secret), N.subtract(BigInteger.valueOf(secret + 1))}) {
                assertThat(new Signed(word(key), Digests.sm3(Bytes.u64(secret))).judged())
                        .isTrue();
            }
        }
    }

    @Test
    void aSumAtInfinityIsNoSignature() {
        // With the secret 1, s + t = 0 puts the sum at infinity: s = -r/2.
        var r = BigInteger.valueOf(2_000_003);
        var s = r.multiply(BigInteger.TWO.modInverse(N)).negate().mod(N);
        var key = Sm2.publicKey(word(BigInteger.ONE));
        for (var message : new Bytes32[] {word(r), word(BigInteger.ZERO)}) {
            assertThat(signed(key, message, word(r), word(s))).isFalse();
        }
    }

    @Test
    void whatIsNoSignatureOrNoKeyIsNotSigned() {
        var random = new Random(3);
        var good = new Signed(secret(random), new Bytes32(octets(random, 32)));
        var zero = word(BigInteger.ZERO);
        var n = word(N);
        assertThat(good.with(zero, good.s).judged()).as("r of zero").isFalse();
        assertThat(good.with(good.r, zero).judged()).as("s of zero").isFalse();
        assertThat(good.with(n, good.s).judged()).as("r of n").isFalse();
        assertThat(good.with(good.r, n).judged()).as("s of n").isFalse();
        assertThat(good.with(good.s, good.r).judged()).as("s for r").isFalse();
        var opposite = word(N.subtract(number(good.r)));
        assertThat(good.with(good.r, opposite).judged())
                .as("r and s that add to n")
                .isFalse();
        assertThat(good.by(good.key.with(63, good.key.at(63) ^ 1)).judged())
                .as("a key that is no point")
                .isFalse();
        assertThat(good.by(Bytes.of(new byte[64])).judged())
                .as("a key of zeros")
                .isFalse();
        var beyond = Bytes.concat(word(P).value(), good.key.slice(32, 64));
        assertThat(good.by(beyond).judged()).as("a coordinate of p").isFalse();
    }

    /// A coordinate that is the same modulo p is another key, and not on the curve as it is written.
    @Test
    void aCoordinateHasOneForm() {
        // The point whose x is 0 exists on this curve: y² = b.
        var b = new BigInteger("28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93", 16);
        var y = b.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        var forms = Map.of("0", BigInteger.ZERO, "p", P);
        forms.forEach((name, x) -> assertThat(
                        signed(Bytes.concat(word(x).value(), word(y).value()), word(b), word(b.mod(N)), word(y.mod(N))))
                .as(name)
                .isEqualTo(Sm2.verify(
                        Bytes.concat(word(x).value(), word(y).value()),
                        word(b).value(),
                        Bytes.concat(word(b.mod(N)).value(), word(y.mod(N)).value()))));
    }

    private static final class Signed {
        private final Bytes key;
        private final Bytes32 message;
        private final Bytes32 r;
        private final Bytes32 s;

        private Signed(Bytes key, Bytes32 message, Bytes32 r, Bytes32 s) {
            this.key = key;
            this.message = message;
            this.r = r;
            this.s = s;
        }

        private Signed(Bytes32 secret, Bytes32 message) {
            this(Sm2.publicKey(secret), message, Sm2.sign(secret, message.value()));
        }

        private Signed(Bytes key, Bytes32 message, Bytes signature) {
            this(key, message, new Bytes32(signature.slice(0, 32)), new Bytes32(signature.slice(32, 64)));
        }

        private Signed with(Bytes32 otherR, Bytes32 otherS) {
            return new Signed(key, message, otherR, otherS);
        }

        private Signed by(Bytes other) {
            return new Signed(other, message, r, s);
        }

        private Signed of(Bytes32 other) {
            return new Signed(key, other, r, s);
        }

        /// As the contract judges it, which is as Java does.
        private boolean judged() {
            var judged = signed(key, message, r, s);
            assertThat(judged).isEqualTo(Sm2.verify(key, message.value(), Bytes.concat(r.value(), s.value())));
            return judged;
        }
    }

    private static Bytes32 hash(String function, Bytes octets) {
        return new AbiWords(evm.call(contract, Abi.call(function, Abi.of(octets)))).word(0);
    }

    private static boolean signed(Bytes key, Bytes32 message, Bytes32 r, Bytes32 s) {
        var call = Abi.call("sm2(bytes32,bytes,bytes32,bytes32)", Abi.of(message), Abi.of(key), Abi.of(r), Abi.of(s));
        return new AbiWords(evm.call(contract, call)).number(0) == 1;
    }

    private static Bytes octets(Random random, int size) {
        var octets = new byte[size];
        random.nextBytes(octets);
        return Bytes.of(octets);
    }

    private static Bytes32 secret(Random random) {
        return word(number(new Bytes32(octets(random, 32)))
                .mod(N.subtract(BigInteger.TWO))
                .add(BigInteger.ONE));
    }

    private static BigInteger number(Bytes32 word) {
        return new BigInteger(1, word.value().toArray());
    }

    private static Bytes32 word(BigInteger number) {
        var octets = number.toByteArray();
        var word = new byte[32];
        int size = Math.min(32, octets.length);
        System.arraycopy(octets, octets.length - size, word, 32 - size, size);
        return Bytes32.of(word);
    }
}
