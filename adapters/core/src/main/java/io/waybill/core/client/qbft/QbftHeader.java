package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.EvmHeader;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;

/// A block header of a QBFT or IBFT 2.0 chain. Fields that are constants of such chains (ommers hash,
/// difficulty 1, mix hash, nonce) are not here: a header with others does not decode.
///
/// Its two hashes differ: the on-chain [#hash()] leaves out round and seals, the [#sealDigest()] keeps the
/// round. Nodes store different seals for one block, so a header is told by its hash, never by its octets.
///
/// @param kind       whose codec: QBFT, also where a contract names the validators, or IBFT2
/// @param bloom      256 octets
/// @param number     block number, `0 ≤ number < 2^48`
/// @param gasLimit   unsigned, may exceed 2^53
/// @param gasUsed    unsigned
/// @param timestamp  seconds since 1970, `0 ≤ timestamp < 2^48`
/// @param forkFields as many as the chain's fork has of: baseFeePerGas (minimal octets), withdrawalsRoot (32),
///     blobGasUsed, excessBlobGas (minimal octets), parentBeaconBlockRoot (32), requestsHash (32); that is 0,
///     1, 2, 5 or 6
public record QbftHeader(
        ClientKind kind,
        Bytes32 parentHash,
        Address proposer,
        Bytes32 stateRoot,
        Bytes32 transactionsRoot,
        Bytes32 receiptsRoot,
        Bytes bloom,
        long number,
        long gasLimit,
        long gasUsed,
        long timestamp,
        BftExtra extra,
        List<Bytes> forkFields) {
    /// Keccak-256 of the RLP of an empty list: BFT blocks have no ommers.
    public static final Bytes32 NO_OMMERS =
            Bytes32.hex("0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347");
    /// The mix hash that marks a BFT block, of either kind.
    public static final Bytes32 MIX_HASH =
            Bytes32.hex("0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365");
    /// One more than the largest block number and than the largest time in seconds.
    public static final long LIMIT = 1L << 48;

    private static final Bytes NONCE = Bytes.of(new byte[8]);
    private static final int BLOOM = 256;

    public QbftHeader {
        if (kind != ClientKind.QBFT && kind != ClientKind.IBFT2) {
            throw new IllegalArgumentException("kind: expected QBFT or IBFT2, got " + kind);
        }
        if (bloom.size() != BLOOM)
            throw new IllegalArgumentException("bloom: expected 256 octets, got " + bloom.size());
        if (number < 0 || number >= LIMIT) throw new IllegalArgumentException("number: expected < 2^48, got " + number);
        if (timestamp < 0 || timestamp >= LIMIT) {
            throw new IllegalArgumentException("timestamp: expected < 2^48, got " + timestamp);
        }
        forkFields = List.copyOf(forkFields);
        var odd = EvmHeader.firstMalformedForkField(forkFields);
        if (!odd.isEmpty()) throw new IllegalArgumentException("fork fields: malformed " + odd);
    }

    /// The hash the chain knows the block by and the child names as its parent. A genesis block is hashed as it
    /// is.
    public Bytes32 hash() {
        return Digests.keccak256(encode(number == 0 ? extra.encode(kind) : extra.onChain(kind)));
    }

    /// What each seal signs.
    public Bytes32 sealDigest() {
        return Digests.keccak256(encode(extra.sealed(kind)));
    }

    /// The header's RLP list with full extraData.
    public Rlp item() {
        return item(extra.encode(kind));
    }

    /// The octets of [#item()].
    public Bytes encode() {
        return item().encode();
    }

    /// The same block with other seals.
    ///
    /// @param seals 65 octets each, over [#sealDigest()]
    public QbftHeader withSeals(List<Bytes> seals) {
        return withExtra(extra.with(seals));
    }

    public QbftHeader withExtra(BftExtra other) {
        return new QbftHeader(
                kind,
                parentHash,
                proposer,
                stateRoot,
                transactionsRoot,
                receiptsRoot,
                bloom,
                number,
                gasLimit,
                gasUsed,
                timestamp,
                other,
                forkFields);
    }

    public List<Address> validators() {
        return extra.validators();
    }

    /// `sha256` over the concatenated 20-octet addresses of the set.
    public Bytes32 setHash() {
        return setHash(validators());
    }

    static Bytes32 setHash(List<Address> validators) {
        return Digests.sha256(
                Bytes.concat(validators.stream().map(Address::value).toList()));
    }

    public long timeMs() {
        return timestamp * 1000;
    }

    /// What a client keeps of this header where it lists its validators.
    ConsensusState consensusState() {
        return SealedHeader.listing(this).consensusState();
    }

    private Bytes encode(Bytes extraData) {
        return item(extraData).encode();
    }

    private Rlp item(Bytes extraData) {
        var items = new ArrayList<>(List.of(
                Rlp.of(parentHash.value()),
                Rlp.of(NO_OMMERS.value()),
                Rlp.of(proposer.value()),
                Rlp.of(stateRoot.value()),
                Rlp.of(transactionsRoot.value()),
                Rlp.of(receiptsRoot.value()),
                Rlp.of(bloom),
                Rlp.of(1),
                Rlp.of(number),
                Rlp.of(gasLimit),
                Rlp.of(gasUsed),
                Rlp.of(timestamp),
                Rlp.of(extraData),
                Rlp.of(MIX_HASH.value()),
                Rlp.of(NONCE)));
        forkFields.forEach(field -> items.add(Rlp.of(field)));
        return Rlp.list(items);
    }

    /// Reads a header's RLP octets; total.
    public static Verdict<QbftHeader> decode(ClientKind kind, Bytes octets) {
        return Rlp.parse(octets, MalformedHeader::new, item -> read(kind, item));
    }

    /// Reads a header out of a decoded item; total.
    static Verdict<QbftHeader> decode(ClientKind kind, Rlp item) {
        return Rlp.read(item, MalformedHeader::new, header -> read(kind, header));
    }

    private static Verdict<QbftHeader> read(ClientKind kind, Rlp item) {
        var items = item.items();
        var odd = HeaderField.firstMalformed(items);
        if (!odd.isEmpty()) return Verdict.reject(new MalformedHeader(odd));
        var forkFields = items.subList(HeaderField.COUNT, items.size()).stream()
                .map(Rlp::octets)
                .toList();
        return BftExtra.decode(kind, items.get(12).octets())
                .map(extra -> new QbftHeader(
                        kind,
                        new Bytes32(items.get(0).octets()),
                        new Address(items.get(2).octets()),
                        new Bytes32(items.get(3).octets()),
                        new Bytes32(items.get(4).octets()),
                        new Bytes32(items.get(5).octets()),
                        items.get(6).octets(),
                        items.get(8).number(),
                        items.get(9).number(),
                        items.get(10).number(),
                        items.get(11).number(),
                        extra,
                        forkFields));
    }
}
