package io.waybill.core.proof;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import java.util.List;
import java.util.stream.IntStream;

/// A lane of nine packets out of a chain that a client follows: what is left to say of a bundle is how that chain
/// proves one event.
public final class BundleDraft {
    public static final Address OUTBOX = Address.hex("0x00000000000000000000000000000000000000aa");

    private static final int SIZE = 9;
    private static final int INDEX = 4;

    private final LightClient client;
    private final LaneTerms terms;
    private final List<Bytes> packets;

    public BundleDraft(ChainId source, LightClient client) {
        this.client = client;
        this.terms = new LaneTerms(
                source,
                client.id(),
                OUTBOX,
                new ChainId("eip155:1338"),
                ClientId.of(new ChainId("eip155:1338"), ClientKind.QBFT, 1, word("other anchor")),
                Address.hex("0x00000000000000000000000000000000000000bb"),
                word("salt"),
                new LaneTerms.Terms(8192, 100, 3_600_000, word("senders"), TokenPolicy.HASH));
        this.packets = IntStream.range(0, SIZE).mapToObj(this::packet).toList();
    }

    public static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    private Bytes packet(int index) {
        var claims = Bytes.utf8("{\"lot\":" + index + "}");
        var attestation = new Attestation(
                Attestation.Kind.ATTEST,
                word("schema"),
                word("did:example:issuer"),
                word("lot " + index),
                Bytes32.ZERO,
                Digests.sha256(claims),
                0,
                0,
                claims);
        return new Packet(terms.id(), index, OUTBOX, 1_900_000_000_000L, attestation.encode()).encode();
    }

    /// The topics of the event.
    public List<Bytes32> topics() {
        return List.of(LogRole.PACKETS.topic(), terms.id().value());
    }

    /// The data of the event.
    public Bytes data() {
        var log = LaneLog.of(packets);
        return Bytes.concat(
                Bytes.of(new byte[24]), Bytes.u64(log.size()), log.root().value());
    }

    /// The event as an EVM logs it.
    public EvmLog event() {
        return new EvmLog(OUTBOX, topics(), data());
    }

    /// Receipts of a block whose second holds the event.
    public List<EvmReceipt> receipts() {
        return List.of(EvmReceipt.of(0, true, 21_000, List.of()), EvmReceipt.of(2, true, 71_000, List.of(event())));
    }

    /// The root of the trie over [#receipts()].
    public Bytes32 receiptsRoot() {
        return MerklePatriciaTrie.of(receipts().stream().map(EvmReceipt::encode).toList())
                .root();
    }

    /// The bundle of the packet 4.
    ///
    /// @param anchor the state of the trusted header
    public ProofBundle bundle(ConsensusState anchor, List<Bytes> updates, long height, Bytes eventProof) {
        var log = LaneLog.of(packets);
        return new ProofBundle(
                ProofBundle.Algorithms.of(client.kind()),
                terms,
                packets.get(INDEX),
                new ProofBundle.Anchor(client.kind(), anchor.height(), anchor.hash()),
                updates,
                height,
                eventProof,
                new Checkpoint(terms.id(), SIZE, log.root()),
                INDEX,
                log.rangeProof(INDEX, INDEX + 1, SIZE));
    }
}
