package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Delivery;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.ProofBundle;
import java.util.ArrayList;
import java.util.List;

/// A lane with nine packets and their statuses, and one block of a chain made here that holds both checkpoints: all
/// that a delivery, an acknowledgement and a bundle are made of.
public final class Crossing {
    public static final long PERIOD_MS = 86_400_000L;

    private static final int SIZE = 9;
    private static final Address OUTBOX = Address.hex("0x00000000000000000000000000000000000000aa");
    private static final Address INBOX = Address.hex("0x00000000000000000000000000000000000000bb");

    private final SealedChain chain = SealedChain.of(4);
    private final QbftHeader anchor = chain.sealed(10);
    private final QbftClient client = QbftClient.of(new ChainId("eip155:1337"), anchor, PERIOD_MS, 10_000);
    private final LaneTerms terms = new LaneTerms(
            new ChainId("eip155:1337"),
            client.id(),
            OUTBOX,
            new ChainId("eip155:1338"),
            ClientId.of(new ChainId("eip155:1337"), ClientKind.QBFT, 1, SealedChain.word("other anchor")),
            INBOX,
            SealedChain.word("salt"),
            new LaneTerms.Terms(8192, 100, 3_600_000, SealedChain.word("senders"), TokenPolicy.HASH));
    private final List<Bytes> packets = new ArrayList<>();
    private final List<Bytes> statuses = new ArrayList<>();
    private final List<EvmReceipt> receipts;
    private final QbftHeader header;

    private Crossing() {
        for (int i = 0; i < SIZE; i++) {
            packets.add(packet(i));
            statuses.add(new PacketStatus(
                            terms.id(), i, LaneLog.leaf(packets.get(i)), FinalStatus.DELIVERED, 1_800_000_000_000L + i)
                    .encode());
        }
        receipts = List.of(
                EvmReceipt.of(0, true, 21_000, List.of()),
                receipt(OUTBOX, LogRole.PACKETS, LaneLog.of(packets)),
                receipt(INBOX, LogRole.STATUSES, LaneLog.of(statuses)),
                receipt(INBOX, LogRole.STATUSES, LaneLog.of(statuses.reversed())));
        var trie =
                MerklePatriciaTrie.of(receipts.stream().map(EvmReceipt::encode).toList());
        header = chain.header(20, SealedChain.word("parent"), trie.root());
    }

    public static Crossing make() {
        return new Crossing();
    }

    private Bytes packet(int index) {
        var claims = Bytes.utf8("{\"lot\":" + index + "}");
        var attestation = new Attestation(
                Attestation.Kind.ATTEST,
                SealedChain.word("schema"),
                SealedChain.word("did:example:issuer"),
                SealedChain.word("lot " + index),
                Bytes32.ZERO,
                Digests.sha256(claims),
                0,
                0,
                claims);
        return new Packet(terms.id(), index, OUTBOX, 1_900_000_000_000L, attestation.encode()).encode();
    }

    private EvmReceipt receipt(Address emitter, LogRole role, LaneLog log) {
        var data = Bytes.concat(
                Bytes.of(new byte[24]), Bytes.u64(log.size()), log.root().value());
        var topics = List.of(role.topic(), terms.id().value());
        return EvmReceipt.of(2, true, 50_000, List.of(new EvmLog(emitter, topics, data)));
    }

    public QbftClient client() {
        return client;
    }

    public LaneTerms terms() {
        return terms;
    }

    public ClientState anchor() {
        return QbftClient.anchor(anchor).orElseThrow();
    }

    public QbftHeader anchorHeader() {
        return anchor;
    }

    public long nowMs() {
        return header.timeMs();
    }

    public List<Bytes> packets() {
        return packets;
    }

    public List<Bytes> statuses() {
        return statuses;
    }

    public LaneLog log() {
        return LaneLog.of(packets);
    }

    public long size() {
        return SIZE;
    }

    /// The update to the block that holds the events, sealed by as many.
    public Bytes update(int seals) {
        return QbftUpdate.between(anchor, SealedChain.seal(header, chain.keys().subList(0, seals)))
                .encode();
    }

    /// An update to another block of the same height, sealed by a quorum.
    public Bytes conflicting() {
        return QbftUpdate.between(anchor, chain.sealed(20)).encode();
    }

    public Delivery delivery(int first, int end) {
        return delivery(1, packets, first, end);
    }

    public Delivery acknowledgement(int first, int end) {
        return delivery(2, statuses, first, end);
    }

    /// A proven log whose statuses are in the wrong order.
    public Delivery misplaced() {
        return delivery(3, statuses.reversed(), 0, 2);
    }

    private Delivery delivery(int txIndex, List<Bytes> leaves, int first, int end) {
        var log = LaneLog.of(leaves);
        return new Delivery(
                terms.id(),
                update(3),
                20,
                QbftEventProof.of(receipts, txIndex, 0).encode(),
                new Checkpoint(terms.id(), SIZE, log.root()),
                first,
                leaves.subList(first, end),
                log.rangeProof(first, end, SIZE));
    }

    /// The bundle of one packet.
    public ProofBundle bundle(int index) {
        var delivery = delivery(index, index + 1);
        return new ProofBundle(
                ProofBundle.Algorithms.of(ClientKind.QBFT),
                terms,
                packets.get(index),
                new ProofBundle.Anchor(ClientKind.QBFT, 10, anchor.hash()),
                List.of(delivery.update()),
                20,
                delivery.eventProof(),
                delivery.checkpoint(),
                index,
                delivery.rangeProof());
    }
}
