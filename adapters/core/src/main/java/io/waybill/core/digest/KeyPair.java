package io.waybill.core.digest;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;

/// A secp256k1 key held in memory: for devnets, watchers and tests.
public final class KeyPair implements SigningKey {
    private final Bytes32 secret;
    private final Bytes publicKey;

    private KeyPair(Bytes32 secret) {
        this.secret = secret;
        this.publicKey = Secp256k1.publicKey(secret);
    }

    public static KeyPair of(Bytes32 secret) {
        return new KeyPair(secret);
    }

    /// A key anyone can derive from its name: for devnets and tests only.
    public static KeyPair named(String name) {
        return new KeyPair(Digests.sha256(Bytes.utf8("waybill/devnet-key/" + name)));
    }

    @Override
    public Bytes publicKey() {
        return publicKey;
    }

    @Override
    public Address address() {
        return Secp256k1.address(publicKey);
    }

    @Override
    public Bytes sign(Bytes32 digest) {
        return Secp256k1.sign(secret, digest);
    }

    @Override
    public String toString() {
        return "KeyPair[" + address() + "]";
    }
}
