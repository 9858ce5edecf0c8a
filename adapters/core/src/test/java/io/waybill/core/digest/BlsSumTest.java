package io.waybill.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import supranational.blst.P1;
import supranational.blst.P2;
import supranational.blst.SecretKey;

class BlsSumTest {
    private static final Bytes MESSAGE = Bytes.utf8("a message");

    private final List<SecretKey> secrets =
            IntStream.range(0, 5).mapToObj(BlsSumTest::secret).toList();
    private final List<Bls.Key> keys = secrets.stream().map(BlsSumTest::key).toList();

    private static SecretKey secret(int seed) {
        var secret = new SecretKey();
        secret.keygen(Bytes.concat(Bytes.of(new byte[28]), Bytes.u32(seed)).toArray());
        return secret;
    }

    private static Bls.Key key(SecretKey secret) {
        return Bls.key(Bytes.of(new P1(secret).compress())).orElseThrow();
    }

    private static Bytes signed(List<SecretKey> signers) {
        var sum = new P2();
        for (var signer : signers) {
            var tag = Bls.Scheme.ETHEREUM.tag();
            sum.add(new P2().hash_to(MESSAGE.toArray(), tag, new byte[0]).sign_with(signer));
        }
        return Bytes.of(sum.compress());
    }

    private static boolean verifies(Bls.Sum sum, Bytes signature) {
        return Bls.verify(Bls.Scheme.ETHEREUM, sum, MESSAGE, signature);
    }

    @Test
    void aSumIsTheKeyOfAllItsMembers() {
        assertThat(verifies(Bls.Sum.of(keys), signed(secrets))).isTrue();
        assertThat(verifies(Bls.Sum.of(keys), signed(secrets.subList(0, 4)))).isFalse();
    }

    @Test
    void aSumWithoutSomeIsTheSumOfTheOthers() {
        var all = Bls.Sum.of(keys);
        var others = all.without(keys.subList(3, 5));
        assertThat(verifies(others, signed(secrets.subList(0, 3)))).isTrue();
        assertThat(verifies(others, signed(secrets))).isFalse();
        assertThat(verifies(all, signed(secrets))).as("unchanged by it").isTrue();
        assertThat(verifies(all.without(List.of()), signed(secrets))).isTrue();
    }

    @Test
    void aKeyThatIsThereTwiceCountsTwice() {
        var twice = Bls.Sum.of(List.of(keys.get(0), keys.get(0), keys.get(1)));
        assertThat(verifies(twice, signed(List.of(secrets.get(0), secrets.get(0), secrets.get(1)))))
                .isTrue();
        assertThat(verifies(twice, signed(secrets.subList(0, 2)))).isFalse();
        assertThat(verifies(twice.without(List.of(keys.get(0))), signed(secrets.subList(0, 2))))
                .isTrue();
    }

    @Test
    void nothingVerifiesUnderTheIdentity() {
        var identity = Bytes.concat(Bytes.of(0xc0), Bytes.of(new byte[95]));
        assertThat(verifies(Bls.Sum.of(List.of()), identity)).isFalse();
        assertThat(verifies(Bls.Sum.of(keys).without(keys), identity)).isFalse();
        assertThat(verifies(Bls.Sum.of(keys), identity)).isFalse();
    }
}
