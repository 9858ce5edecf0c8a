package io.waybill.core.digest;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;

/// An SM2 key held in memory, as accounts and nodes of chains of national crypto have.
public final class Sm2KeyPair implements SigningKey {
    private final Bytes32 secret;
    private final Bytes publicKey;

    private Sm2KeyPair(Bytes32 secret) {
        this.secret = secret;
        this.publicKey = Sm2.publicKey(secret);
    }

    /// The key of a secret.
    ///
    /// @param secret 1 to n - 2
    public static Sm2KeyPair of(Bytes32 secret) {
        return new Sm2KeyPair(secret);
    }

    /// A key anyone can derive from its name: for devnets and tests only.
    public static Sm2KeyPair named(String name) {
        return new Sm2KeyPair(Digests.sha256(Bytes.utf8("waybill/devnet-key/" + name)));
    }

    @Override
    public Bytes publicKey() {
        return publicKey;
    }

    /// The last 20 octets of SM3 of the public key.
    @Override
    public Address address() {
        return new Address(Digests.sm3(publicKey).value().slice(12, 32));
    }

    /// @return 128 octets `r || s || public key`
    @Override
    public Bytes sign(Bytes32 digest) {
        return Bytes.concat(Sm2.sign(secret, digest.value()), publicKey);
    }

    @Override
    public String toString() {
        return "Sm2KeyPair[" + address() + "]";
    }
}
