package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEvmHeader;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.List;

/// A block header of an Ethereum execution layer, of any fork from Berlin to Osaka: the list that the block's hash is
/// over. What its numbers must be under the chain's consensus is not judged here; whoever names the hash vouches for
/// them.
///
/// @param fields the header's 15, 16, 17, 20 or 21 fields in their order; numbers minimal, `number` and `timestamp`
///     below 2^48
/// @see <a href="https://ethereum.github.io/execution-specs/src/ethereum/prague/blocks.py.html">execution-specs,
///     Header</a>
public record EvmHeader(List<Bytes> fields) {
    public EvmHeader {
        fields = List.copyOf(fields);
        var odd = EvmField.firstMalformed(fields);
        if (!odd.isEmpty()) throw new IllegalArgumentException("header: malformed " + odd);
    }

    /// Reads a header's RLP octets; total.
    public static Verdict<EvmHeader> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedEvmHeader::new, EvmHeader::read);
    }

    private static Verdict<EvmHeader> read(Rlp item) {
        var fields = item.items().stream().map(Rlp::octets).toList();
        var odd = EvmField.firstMalformed(fields);
        return odd.isEmpty() ? Verdict.accept(new EvmHeader(fields)) : Verdict.reject(new MalformedEvmHeader(odd));
    }

    /// The first of a header's fields after the fifteenth that is not as its fork wants it, or an empty text.
    ///
    /// @param fields baseFeePerGas (minimal octets), withdrawalsRoot (32), blobGasUsed, excessBlobGas (minimal
    ///     octets), parentBeaconBlockRoot (32), requestsHash (32): the first 0, 1, 2, 5 or 6 of them
    public static String firstMalformedForkField(List<Bytes> fields) {
        return EvmField.firstMalformedFork(fields);
    }

    public Bytes encode() {
        return Rlp.list(fields, Rlp::of).encode();
    }

    /// Keccak-256 of the header's RLP. A BFT chain knows its blocks by another hash.
    public Bytes32 hash() {
        return Digests.keccak256(encode());
    }

    public Bytes32 parentHash() {
        return new Bytes32(EvmField.PARENT_HASH.of(fields));
    }

    public Bytes32 stateRoot() {
        return new Bytes32(EvmField.STATE_ROOT.of(fields));
    }

    public Bytes32 receiptsRoot() {
        return new Bytes32(EvmField.RECEIPTS_ROOT.of(fields));
    }

    public long number() {
        return number(EvmField.NUMBER);
    }

    /// Seconds since 1970.
    public long timestamp() {
        return number(EvmField.TIMESTAMP);
    }

    private long number(EvmField field) {
        var octets = field.of(fields);
        return octets.number(0, octets.size());
    }
}
