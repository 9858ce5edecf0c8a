package io.waybill.core.proof.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.digest.Sm2;
import java.util.Optional;

/// The hash and signature a FISCO BCOS chain was made with, for ever; configured, never detected (rule R4.1).
public enum FiscoSuite {
    /// Keccak-256 and ECDSA over secp256k1, signatures of 65 octets `r || s || v`.
    STANDARD {
        @Override
        public Bytes32 hash(Bytes message) {
            return Digests.keccak256(message);
        }

        @Override
        public boolean signed(Bytes nodeId, Bytes32 hash, Bytes signature) {
            return Secp256k1.recover(hash, signature).filter(nodeId::equals).isPresent();
        }

        @Override
        public Optional<Bytes> signer(Bytes32 hash, Bytes signature) {
            return Secp256k1.recover(hash, signature);
        }
    },
    /// SM3 and SM2, signatures of 64 octets `r || s`.
    SM {
        @Override
        public Bytes32 hash(Bytes message) {
            return Digests.sm3(message);
        }

        @Override
        public boolean signed(Bytes nodeId, Bytes32 hash, Bytes signature) {
            return Sm2.verify(nodeId, hash.value(), signature);
        }

        @Override
        public Optional<Bytes> signer(Bytes32 hash, Bytes signature) {
            if (signature.size() != 128) return Optional.empty();
            return Optional.of(signature.slice(64, 128))
                    .filter(key -> Sm2.verify(key, hash.value(), signature.slice(0, 64)));
        }
    };

    /// The hash of blocks, transactions, receipts and tree nodes.
    public abstract Bytes32 hash(Bytes message);

    /// Whether the node with an id signed a block hash; false for octets that are no signature.
    ///
    /// @param nodeId the node's public key, 64 octets
    public abstract boolean signed(Bytes nodeId, Bytes32 hash, Bytes signature);

    /// The key that made an account's signature, which says whose it is: 65 octets `r || s || v`, on SM chains 128
    /// octets `r || s || key`. None if no key made it.
    public abstract Optional<Bytes> signer(Bytes32 hash, Bytes signature);

    /// The account of a public key of 64 octets: the last 20 octets of its hash.
    public Address address(Bytes publicKey) {
        return new Address(hash(publicKey).value().slice(12, 32));
    }
}
