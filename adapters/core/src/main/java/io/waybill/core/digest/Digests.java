package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.digests.SM3Digest;

/// The three hash functions that lanes and their chains use.
public final class Digests {
    /// Never fed: a copy of it is made at a fraction of the cost of asking the platform for another.
    private static final MessageDigest SHA256 = platform();

    private Digests() {}

    private static MessageDigest platform() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every Java platform must have it", e);
        }
    }

    /// SHA-256 (FIPS 180-4): lane logs, identities and everything signed for us, on every chain.
    public static Bytes32 sha256(Bytes message) {
        try {
            return Bytes32.of(((MessageDigest) SHA256.clone()).digest(message.toArray()));
        } catch (CloneNotSupportedException e) {
            return Bytes32.of(platform().digest(message.toArray()));
        }
    }

    /// Keccak-256 as Ethereum uses it, which pads otherwise than SHA3-256.
    public static Bytes32 keccak256(Bytes message) {
        var digest = new KeccakDigest(256);
        var octets = message.toArray();
        digest.update(octets, 0, octets.length);
        var hash = new byte[32];
        digest.doFinal(hash, 0);
        return Bytes32.of(hash);
    }

    /// SM3 (GB/T 32905-2016).
    public static Bytes32 sm3(Bytes message) {
        var digest = new SM3Digest();
        var octets = message.toArray();
        digest.update(octets, 0, octets.length);
        var hash = new byte[32];
        digest.doFinal(hash, 0);
        return Bytes32.of(hash);
    }
}
