package io.waybill.core.fuzz;

import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.EncodingRejection.MalformedRlp;
import io.waybill.core.Verdict;
import io.waybill.core.client.committee.CommitteeProofs;
import io.waybill.core.client.fisco2.Fisco2Proofs;
import io.waybill.core.client.qbft.BesuVectors;
import io.waybill.core.client.qbft.Crossing;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.QbftUpdate;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.lane.RangeProof;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaProof;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;

/// Valid proofs of each kind, from captured chains where there are such, else made here.
public final class ValidProofs {
    private static final ChainId CHAIN = new ChainId("eip155:1337");
    private static final long PERIOD_MS = 86_400_000L;
    private static final Crossing CROSSING = Crossing.make();
    private static final int STATUS = 83;

    private ValidProofs() {}

    public static List<ValidProof> all() {
        var all = new ArrayList<ValidProof>();
        all.addAll(qbftUpdates());
        all.add(qbftEvent());
        all.add(receipt("qbft-shanghai", 207, 0));
        all.add(receipt("ibft2-shanghai", 18, 1));
        all.addAll(FiscoProofs.all());
        all.addAll(Fisco2Proofs.all());
        all.addAll(CommitteeProofs.all());
        all.add(range(2, 3));
        all.add(range(0, 5));
        return all;
    }

    /// For each captured network an update to the next header, and one to the first header with another set.
    static List<ValidProof> qbftUpdates() {
        var proofs = new ArrayList<ValidProof>();
        for (var network : List.of(
                "qbft-berlin",
                "qbft-shanghai",
                "qbft-cancun",
                "qbft-prague-votes-rounds",
                "ibft2-london-votes-rounds",
                "ibft2-shanghai")) {
            var headers = BesuVectors.headers(network).stream()
                    .map(BesuVectors.Captured::header)
                    .toList();
            proofs.add(update(network + " next", headers.get(1), headers.get(2)));
            for (int i = 2; i < headers.size(); i++) {
                if (headers.get(i).setHash().equals(headers.get(i - 1).setHash())) continue;
                var change = update(network + " change", headers.get(i - 1), headers.get(i));
                if (!change.judge().apply(change.wire()).isAccepted()) continue;
                proofs.add(change);
                break;
            }
        }
        return proofs;
    }

    private static ValidProof update(String name, QbftHeader trusted, QbftHeader header) {
        var client = QbftClient.of(CHAIN, trusted, PERIOD_MS, 10_000);
        var state = QbftClient.anchor(trusted).orElseThrow();
        return new ValidProof(
                name,
                QbftUpdate.between(trusted, header).encode(),
                wire -> client.update(state, wire, header.timeMs()));
    }

    static ValidProof qbftEvent() {
        var delivery = CROSSING.delivery(0, 3);
        var client = CROSSING.client();
        var state = client.update(CROSSING.anchor(), delivery.update(), CROSSING.nowMs())
                .orElseThrow();
        var terms = CROSSING.terms();
        return new ValidProof(
                "checkpoint event",
                delivery.eventProof(),
                wire -> client.verifyCheckpoint(
                        state, terms.outbox(), LogRole.PACKETS, terms.id(), delivery.height(), wire));
    }

    /// A captured receipt in its block's trie: `RLP [ index, [node...] ]`.
    static ValidProof receipt(String network, int number, int index) {
        var json = BesuVectors.read("/vectors/besu/%s/receipts/%06d.json.gz".formatted(network, number));
        var receipts = json.get("rawReceipts")
                .valueStream()
                .map(raw -> Bytes.hex(raw.asString()))
                .map(raw -> raw.at(0) < 0xc0 ? Rlp.decode(raw).orElseThrow().octets() : raw)
                .toList();
        var trie = MerklePatriciaTrie.of(receipts);
        return new ValidProof(
                "receipt of " + network,
                Rlp.list(Rlp.of(index), Rlp.list(trie.proof(index), Rlp::of)).encode(),
                wire -> Rlp.parse(wire, item -> receipt(trie.root(), item)));
    }

    private static Verdict<EvmReceipt> receipt(Bytes32 root, Rlp item) {
        var parts = item.items();
        if (parts.size() != 2) return reject(new MalformedRlp("parts"));
        var nodes = parts.get(1).items().stream().map(Rlp::octets).toList();
        return MerklePatriciaProof.verify(
                        root, MerklePatriciaProof.key(parts.get(0).number()), nodes)
                .then(EvmReceipt::decode);
    }

    /// Statuses of a lane of nine: `count u8 || status... || hash...`.
    static ValidProof range(int first, int end) {
        var log = LaneLog.of(CROSSING.statuses());
        var checkpoint = log.checkpoint(CROSSING.terms().id(), CROSSING.size());
        var parts = new ArrayList<Bytes>();
        parts.add(Bytes.of(end - first));
        parts.addAll(CROSSING.statuses().subList(first, end));
        log.rangeProof(first, end, CROSSING.size()).forEach(hash -> parts.add(hash.value()));
        return new ValidProof("range %d to %d".formatted(first, end), Bytes.concat(parts), wire -> {
            if (wire.isEmpty()) return reject(new MalformedRlp("nothing"));
            int hashes = wire.size() - 1 - wire.at(0) * STATUS;
            if (hashes < 0 || hashes % 32 != 0) return reject(new MalformedRlp("a part of a hash"));
            var leaves = split(wire.slice(1, 1 + wire.at(0) * STATUS), STATUS);
            var proof = split(wire.slice(1 + wire.at(0) * STATUS, wire.size()), 32).stream()
                    .map(Bytes32::new)
                    .toList();
            return RangeProof.verify(checkpoint, first, leaves, proof);
        });
    }

    private static List<Bytes> split(Bytes whole, int size) {
        var parts = new ArrayList<Bytes>();
        for (int at = 0; at < whole.size(); at += size) parts.add(whole.slice(at, at + size));
        return parts;
    }
}
