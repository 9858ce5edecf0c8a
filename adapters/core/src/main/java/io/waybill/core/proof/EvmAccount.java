package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.MalformedAccount;
import io.waybill.core.Verdict;
import java.math.BigInteger;
import java.util.List;

/// An account as the state trie holds it, `RLP [ nonce, balance, storageRoot, codeHash ]`.
///
/// @param nonce       unsigned
/// @param balance     in wei, `0 ≤ balance < 2^256`
/// @param storageRoot the root of the account's storage trie
/// @param codeHash    Keccak-256 of its code
public record EvmAccount(long nonce, BigInteger balance, Bytes32 storageRoot, Bytes32 codeHash) {
    private static final int WORD = 32;

    public EvmAccount {
        if (balance.signum() < 0 || balance.bitLength() > 8 * WORD) {
            throw new IllegalArgumentException("balance: expected 0 ≤ balance < 2^256, got " + balance);
        }
    }

    /// The value under the account's key in the trie.
    public Bytes encode() {
        var octets = Bytes.of(balance.toByteArray());
        return Rlp.list(
                        Rlp.of(nonce),
                        Rlp.of(octets.at(0) == 0 ? octets.slice(1, octets.size()) : octets),
                        Rlp.of(storageRoot.value()),
                        Rlp.of(codeHash.value()))
                .encode();
    }

    /// Reads a value of the state trie; total.
    public static Verdict<EvmAccount> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedAccount::new, item -> read(item.items()));
    }

    private static Verdict<EvmAccount> read(List<Rlp> items) {
        if (items.size() != 4) return malformed("fields");
        long nonce = items.get(0).number();
        var balance = items.get(1).octets();
        if (balance.size() > WORD || (!balance.isEmpty() && balance.at(0) == 0)) return malformed("balance");
        var storageRoot = items.get(2).octets();
        if (storageRoot.size() != WORD) return malformed("storageRoot");
        var codeHash = items.get(3).octets();
        if (codeHash.size() != WORD) return malformed("codeHash");
        return Verdict.accept(new EvmAccount(
                nonce, new BigInteger(1, balance.toArray()), new Bytes32(storageRoot), new Bytes32(codeHash)));
    }

    private static Verdict<EvmAccount> malformed(String part) {
        return Verdict.reject(new MalformedAccount(part));
    }
}
