package io.waybill.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Secp256r1Test {
    /// RFC 6979, A.2.5: curve P-256, SHA-256, message "sample".
    private static final Bytes KEY = Bytes.hex("60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
            + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    private static final Bytes R = Bytes.hex("efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716");
    private static final Bytes S = Bytes.hex("f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    private static final Bytes32 DIGEST = Digests.sha256(Bytes.utf8("sample"));
    private static final Bytes ORDER = Bytes.hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    private static Optional<Bytes> recover(Bytes r, Bytes s, int v) {
        return Secp256r1.recover(DIGEST, Bytes.concat(r, s, Bytes.of(v)));
    }

    @Test
    void recoversTheKeyOfAKnownSignature() {
        assertThat(recover(R, S, 0).equals(Optional.of(KEY)) ^ recover(R, S, 1).equals(Optional.of(KEY)))
                .isTrue();
    }

    @Test
    void recoversTheSameKeyFromEitherFormOfASignature() {
        var other = new BigInteger(1, ORDER.toArray())
                .subtract(new BigInteger(1, S.toArray()))
                .toByteArray();
        var low = Bytes.of(new byte[32 - other.length]);
        var flipped = Bytes.concat(low, Bytes.of(other));
        for (int v = 0; v < 2; v++) assertThat(recover(R, flipped, 1 - v)).isEqualTo(recover(R, S, v));
    }

    @Test
    void findsNoKeyWhereNoneSigned() {
        var zero = Bytes.of(new byte[32]);
        assertThat(recover(zero, S, 0)).isEmpty();
        assertThat(recover(R, zero, 0)).isEmpty();
        assertThat(recover(ORDER, S, 0)).isEmpty();
        assertThat(recover(R, ORDER, 0)).isEmpty();
        assertThat(recover(R, S, 2)).isEmpty();
        assertThat(recover(R, S, 27)).isEmpty();
        assertThat(Secp256r1.recover(DIGEST, Bytes.concat(R, S))).isEmpty();
        assertThat(Secp256r1.recover(DIGEST, Bytes.EMPTY)).isEmpty();
    }

    @Test
    void findsNoKeyWhereTheCurveHasNoPoint() {
        int none = 0;
        for (int i = 1; i < 20; i++) {
            if (recover(Bytes.concat(Bytes.of(new byte[31]), Bytes.of(i)), S, 0).isEmpty()) none++;
        }
        assertThat(none).isBetween(1, 18);
    }
}
