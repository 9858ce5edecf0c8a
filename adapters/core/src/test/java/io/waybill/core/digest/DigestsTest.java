package io.waybill.core.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import org.junit.jupiter.api.Test;

class DigestsTest {
    /// FIPS 180-4's examples.
    @Test
    void sha256AgreesWithItsStandard() {
        assertThat(Digests.sha256(Bytes.utf8("abc")).toHex())
                .isEqualTo("0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Digests.sha256(Bytes.EMPTY).toHex())
                .isEqualTo("0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Digests.sha256(Bytes.utf8("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))
                        .toHex())
                .isEqualTo("0x248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }

    @Test
    void keccak256IsNotSha3() {
        assertThat(Digests.keccak256(Bytes.EMPTY).toHex())
                .isEqualTo("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
        assertThat(Digests.keccak256(Bytes.utf8("abc")).toHex())
                .isEqualTo("0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    }

    /// GB/T 32905-2016, A.1 and A.2.
    @Test
    void sm3AgreesWithItsStandard() {
        assertThat(Digests.sm3(Bytes.utf8("abc")).toHex())
                .isEqualTo("0x66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assertThat(Digests.sm3(Bytes.utf8("abcd".repeat(16))).toHex())
                .isEqualTo("0xdebe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    }
}
