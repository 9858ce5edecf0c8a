package io.waybill.core.digest;

import fr.acinq.secp256k1.Secp256k1Exception;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.Optional;

/// libsecp256k1 through JNI.
final class Secp256k1Native implements Secp256k1Library {
    private final fr.acinq.secp256k1.Secp256k1 library;

    /// @throws LinkageError if there is no native code for this machine
    Secp256k1Native() {
        this.library = fr.acinq.secp256k1.Secp256k1.get();
    }

    @Override
    public Optional<Bytes> recover(Bytes32 digest, Bytes signature, int v) {
        try {
            return Optional.of(bare(
                    library.ecdsaRecover(signature.toArray(), digest.value().toArray(), v)));
        } catch (Secp256k1Exception e) {
            // How the library says that no key made the signature.
            return Optional.empty();
        }
    }

    @Override
    public Bytes sign(Bytes32 secret, Bytes32 digest) {
        return Bytes.of(library.sign(digest.value().toArray(), secret.value().toArray(), null));
    }

    @Override
    public Bytes publicKey(Bytes32 secret) {
        return bare(library.pubkeyCreate(secret.value().toArray()));
    }

    private static Bytes bare(byte[] uncompressed) {
        return Bytes.of(uncompressed).slice(1, 65);
    }
}
