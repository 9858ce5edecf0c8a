package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.port.Signer;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;

/// Writes and signs transactions; their value is 0.
final class TxSigner {
    private final long chainId;
    private final Signer signer;

    /// A transaction as the chain takes it.
    record Signed(Bytes octets, Bytes32 hash) {}

    TxSigner(long chainId, Signer signer) {
        this.chainId = chainId;
        this.signer = signer;
    }

    Address address() {
        return signer.address();
    }

    /// @param to   null to create a contract
    /// @param gasPrice wei a unit of gas; the limit of it under EIP-1559
    Signed sign(TxForm form, long nonce, long gasLimit, long gasPrice, @Nullable Address to, Bytes data) {
        var target = to == null ? "" : to.toHex();
        return switch (form) {
            case LEGACY -> {
                var raw = RawTransaction.createTransaction(
                        BigInteger.valueOf(nonce),
                        BigInteger.valueOf(gasPrice),
                        BigInteger.valueOf(gasLimit),
                        target,
                        BigInteger.ZERO,
                        data.toHex());
                var signature = signature(TransactionEncoder.encode(raw, chainId));
                yield signed(raw, TransactionEncoder.createEip155SignatureData(signature, chainId));
            }
            case DYNAMIC_FEE -> {
                var raw = RawTransaction.createTransaction(
                        chainId,
                        BigInteger.valueOf(nonce),
                        BigInteger.valueOf(gasLimit),
                        target,
                        BigInteger.ZERO,
                        data.toHex(),
                        BigInteger.ZERO,
                        BigInteger.valueOf(gasPrice));
                yield signed(raw, signature(TransactionEncoder.encode(raw)));
            }
        };
    }

    private Sign.SignatureData signature(byte[] unsigned) {
        var signature = signer.signHashed(Bytes.of(unsigned));
        return new Sign.SignatureData(
                (byte) (27 + signature.at(64)),
                signature.slice(0, 32).toArray(),
                signature.slice(32, 64).toArray());
    }

    private static Signed signed(RawTransaction raw, Sign.SignatureData signature) {
        var octets = Bytes.of(TransactionEncoder.encode(raw, signature));
        return new Signed(octets, Digests.keccak256(octets));
    }
}
