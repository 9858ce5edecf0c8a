package io.waybill.core.fuzz;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoClient;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.fisco.FiscoUpdate;
import io.waybill.core.client.fisco.FiscoVectors;
import io.waybill.core.client.fisco.HeaderRules;
import io.waybill.core.client.fisco.Ledger;
import io.waybill.core.client.fisco.WatcherDigest;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.ReceiptTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Valid proofs of FISCO BCOS 3.x of both suites: updates over captured headers, watched by keys of ours, and events
/// of carriers.
final class FiscoProofs {
    static final Address OUTBOX = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
    static final LaneId LANE = new LaneId(word("lane"));
    static final long HEIGHT = 26;

    private static final List<KeyPair> WATCHERS = new Ledger(4, 3).watchers();

    private FiscoProofs() {}

    static List<ValidProof> all() {
        return List.of(
                update("std", 1, 2),
                update("std", 16, 17),
                update("std", 2, 6),
                update("sm", 1, 2),
                event(FiscoSuite.STANDARD, 1, 0),
                event(FiscoSuite.STANDARD, 5, 4),
                event(FiscoSuite.SM, 6, 3));
    }

    /// The captured headers after one height up to another, all watchers' signatures with them.
    static ValidProof update(String network, int from, int to) {
        var suite = FiscoVectors.suite(network);
        var blocks = FiscoVectors.chain(network);
        var trusted = blocks.get(from - 1).header();
        var tip = blocks.get(to - 1);
        var client = client(suite, trusted);
        var digest = WatcherDigest.of(
                client.params().verifier(), tip.header().number(), tip.header().hash(suite));
        var headers = blocks.subList(from, to).stream()
                .map(FiscoVectors.Block::header)
                .toList();
        var watched = WATCHERS.stream().map(watcher -> watcher.sign(digest)).toList();
        var update = FiscoUpdate.of(trusted.sealers(), headers, tip.seals(), watched);
        return new ValidProof(
                "%s headers %d to %d".formatted(network, from, to),
                update.encode(),
                wire -> client.update(client.anchored(), wire, tip.header().timeMs()));
    }

    private static FiscoClient client(FiscoSuite suite, io.waybill.core.client.fisco.FiscoHeader trusted) {
        var addresses = WATCHERS.stream().map(KeyPair::address).toList();
        return new FiscoClient(new FiscoParams(
                Ledger.CHAIN,
                suite == FiscoSuite.SM ? ClientKind.FISCO_SM : ClientKind.FISCO,
                Ledger.VERIFYING,
                Ledger.CONTRACT,
                new Watchers(addresses, Set.of(addresses.getFirst())),
                HeaderRules.LOWEST_FLOOR,
                Ledger.PERIOD_MS,
                Ledger.DRIFT_MS,
                new FiscoAnchor(trusted)));
    }

    /// The carrier at an index of a block with so many receipts.
    static ValidProof event(FiscoSuite suite, int receipts, int index) {
        var leaves = new ArrayList<Bytes32>();
        for (int i = 0; i < receipts; i++) leaves.add(word("receipt " + i));
        leaves.set(index, carrier().hash(suite));
        var root = ReceiptTree.root(suite, leaves);
        return new ValidProof(
                "%s carrier %d of %d".formatted(suite, index, receipts),
                FiscoEventProof.of(suite, carrier(), leaves, index).encode(),
                wire -> FiscoEventProof.decode(wire)
                        .then(proof -> proof.verify(suite, OUTBOX, LogRole.PACKETS, LANE, HEIGHT, root)));
    }

    static FiscoReceipt carrier() {
        var data =
                Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(7), word("root").value());
        var log =
                new FiscoReceipt.Log(OUTBOX.toHex().substring(2), List.of(LogRole.PACKETS.topic(), LANE.value()), data);
        return FiscoReceipt.plain(
                "18746", "e16469be7721563d4d6a703932058d12ca2ca94c", 0, Bytes.EMPTY, List.of(log), HEIGHT);
    }

    private static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }
}
