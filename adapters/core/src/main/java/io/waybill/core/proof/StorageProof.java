package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.MalformedSlot;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.math.BigInteger;
import java.util.List;

/// What a slot of a contract's storage held: one element of the `storageProof` of `eth_getProof`.
///
/// @param slot  the slot's number, before it is hashed to a key
/// @param nodes the storage trie's nodes, root first; none or `80` for an empty storage
/// @see <a href="https://eips.ethereum.org/EIPS/eip-1186">EIP-1186: eth_getProof</a>
public record StorageProof(Bytes32 slot, List<Bytes> nodes) {
    private static final int WORD = 32;
    private static final BigInteger SLOTS = BigInteger.ONE.shiftLeft(8 * WORD);

    public StorageProof {
        nodes = List.copyOf(nodes);
    }

    /// The slot of an element of a dynamic array whose elements take a slot each: `keccak256(array) + index`.
    ///
    /// @param array the slot that holds the array's length
    /// @param index ≥ 0
    /// @see <a href="https://docs.soliditylang.org/en/latest/internals/layout_in_storage.html">Solidity: layout of
    ///     state variables in storage</a>
    public static Bytes32 element(Bytes32 array, int index) {
        var first = new BigInteger(1, Digests.keccak256(array.value()).value().toArray());
        return word(first.add(BigInteger.valueOf(index)).mod(SLOTS));
    }

    /// Judges the proof and answers what the slot holds. Zero is never stored: it is answered where the proof shows
    /// that the slot is absent, and nowhere else.
    ///
    /// @param storageRoot of the contract, from a proven [EvmAccount]
    public Verdict<Bytes32> verify(Bytes32 storageRoot) {
        var key = Digests.keccak256(slot.value()).value();
        return MerklePatriciaProof.lookUp(storageRoot, key, nodes).then(shown -> switch (shown) {
            case Membership.Present(var value) -> read(value);
            case Membership.Absent _ -> accept(Bytes32.ZERO);
        });
    }

    /// A word without its leading zeros, as an RLP string within the node's RLP string.
    private Verdict<Bytes32> read(Bytes value) {
        return Rlp.parse(value, _ -> new MalformedSlot(slot), item -> {
            var octets = item.octets();
            if (octets.isEmpty() || octets.size() > WORD || octets.at(0) == 0) return reject(new MalformedSlot(slot));
            return accept(word(new BigInteger(1, octets.toArray())));
        });
    }

    private static Bytes32 word(BigInteger value) {
        var raw = value.toByteArray();
        var octets = new byte[WORD];
        int size = Math.min(raw.length, WORD);
        System.arraycopy(raw, raw.length - size, octets, WORD - size, size);
        return Bytes32.of(octets);
    }
}
