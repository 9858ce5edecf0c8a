package io.waybill.core.proof.fisco2;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A transaction of FISCO BCOS 2.0 and later; release candidates before it had fewer fields. All numbers are below
/// 2^256.
///
/// @param blockLimit the last block that may hold it
/// @param to         null for a creation
/// @see <a href="https://github.com/FISCO-BCOS/FISCO-BCOS">libethcore, Transaction.cpp</a>
public record Fisco2Transaction(
        BigInteger nonce,
        BigInteger gasPrice,
        BigInteger gas,
        BigInteger blockLimit,
        @Nullable Address to,
        BigInteger value,
        Bytes data,
        BigInteger chainId,
        BigInteger groupId,
        Bytes extraData) {
    private static final int V_BASE = 27;

    private List<Rlp> fields() {
        return new ArrayList<>(List.of(
                Rlp.of(nonce),
                Rlp.of(gasPrice),
                Rlp.of(gas),
                Rlp.of(blockLimit),
                Rlp.of(to == null ? Bytes.EMPTY : to.value()),
                Rlp.of(value),
                Rlp.of(data),
                Rlp.of(chainId),
                Rlp.of(groupId),
                Rlp.of(extraData)));
    }

    /// What its sender signs.
    public Bytes32 signingHash(FiscoSuite suite) {
        return suite.hash(Rlp.list(fields()).encode());
    }

    /// Its hash, the leaf of the transactions tree: over all fields and the signature, `v` before `r` and `s`.
    ///
    /// @param signature 65 octets `r || s || v` with `v` 0 or 1, on SM chains 128 octets `r || s || key`
    public Bytes32 hash(FiscoSuite suite, Bytes signature) {
        var all = fields();
        boolean sm = suite == FiscoSuite.SM;
        all.add(Rlp.of(sm ? signature.slice(64, 128) : Rlp.minimal(signature.at(64) + V_BASE)));
        all.add(Rlp.of(new BigInteger(1, signature.slice(0, 32).toArray())));
        all.add(Rlp.of(new BigInteger(1, signature.slice(32, 64).toArray())));
        return suite.hash(Rlp.list(all).encode());
    }

    /// The account that signed it, none if the signature is no one's.
    public Optional<Address> sender(FiscoSuite suite, Bytes signature) {
        return suite.signer(signingHash(suite), signature).map(suite::address);
    }
}
