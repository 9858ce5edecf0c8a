package io.waybill.core.client.qbft;

import static io.waybill.core.client.qbft.SealedChain.ms;
import static io.waybill.core.client.qbft.SealedChain.word;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.Scenario.Event;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One block whose receipts are each wrong in one way, beside right ones: what event proofs are tried on.
final class EventScenarios {
    static final Address OUTBOX = Address.hex("0x00000000000000000000000000000000000000aa");
    static final LaneId LANE = new LaneId(word("lane"));

    private static final Address OTHER = Address.hex("0x00000000000000000000000000000000000000bb");
    private static final Bytes32 TOPIC = LogRole.PACKETS.topic();
    private static final Bytes32 ROOT = word("root");
    private static final Event ASKED = new Event("", OUTBOX, LogRole.PACKETS, LANE, 10);

    private EventScenarios() {}

    static EvmLog event(long size) {
        return log(OUTBOX, List.of(TOPIC, LANE.value()), data(size(size), ROOT));
    }

    private static EvmLog log(Address emitter, List<Bytes32> topics, Bytes data) {
        return new EvmLog(emitter, topics, data);
    }

    private static Bytes size(long size) {
        return Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(size));
    }

    private static Bytes data(Bytes size, Bytes32 root) {
        return Bytes.concat(size, root.value());
    }

    private static Bytes receipt(int type, EvmLog... logs) {
        return EvmReceipt.of(type, true, 90_000, List.of(logs)).encode();
    }

    /// Receipts by what they are, with the verdict about log 0 of each.
    private static Map<String, Case> cases() {
        var right = List.of(TOPIC, LANE.value());
        var cases = new LinkedHashMap<String, Case>();
        for (int type = 0; type < 5; type++) {
            cases.put("a receipt of type " + type, new Case(receipt(type, event(7 + type)), "accepted"));
        }
        cases.put("the largest size", new Case(receipt(2, event((1L << 48) - 1)), "accepted"));
        cases.put("a size of 2^48", new Case(receipt(2, event(1L << 48)), "CheckpointSizeOutOfRange"));
        cases.put("a size of zero", new Case(receipt(2, event(0)), "CheckpointSizeOutOfRange"));
        var huge = Bytes.concat(Bytes.of(1), Bytes.of(new byte[30]), Bytes.of(7));
        cases.put(
                "a size above 2^64",
                new Case(receipt(2, log(OUTBOX, right, data(huge, ROOT))), "CheckpointSizeOutOfRange"));
        cases.put(
                "a root of zero",
                new Case(receipt(2, log(OUTBOX, right, data(size(7), Bytes32.ZERO))), "CheckpointRootZero"));
        cases.put(
                "data of 63 octets",
                new Case(receipt(2, log(OUTBOX, right, data(size(7), ROOT).slice(0, 63))), "MalformedReceipt"));
        cases.put(
                "data of 65 octets",
                new Case(
                        receipt(2, log(OUTBOX, right, Bytes.concat(data(size(7), ROOT), Bytes.of(0)))),
                        "MalformedReceipt"));
        cases.put("another emitter", new Case(receipt(2, log(OTHER, right, data(size(7), ROOT))), "WrongEmitter"));
        cases.put(
                "the other role's event",
                new Case(
                        receipt(2, log(OUTBOX, List.of(LogRole.STATUSES.topic(), LANE.value()), data(size(7), ROOT))),
                        "WrongTopic"));
        cases.put("no topic", new Case(receipt(2, log(OUTBOX, List.of(), data(size(7), ROOT))), "WrongTopic"));
        cases.put("one topic", new Case(receipt(2, log(OUTBOX, List.of(TOPIC), data(size(7), ROOT))), "WrongTopic"));
        cases.put(
                "three topics",
                new Case(
                        receipt(2, log(OUTBOX, List.of(TOPIC, LANE.value(), ROOT), data(size(7), ROOT))),
                        "WrongTopic"));
        cases.put(
                "another lane",
                new Case(
                        receipt(2, log(OUTBOX, List.of(TOPIC, word("other lane")), data(size(7), ROOT))), "WrongLane"));
        cases.put(
                "a transaction that failed",
                new Case(EvmReceipt.of(2, false, 90_000, List.of(event(7))).encode(), "TransactionFailed"));
        cases.put("no log", new Case(receipt(2), "LogIndexOutOfRange"));
        cases.put("a type of 5", new Case(Bytes.concat(Bytes.of(5), receipt(0, event(7))), "ReceiptTypeUnknown"));
        cases.put(
                "a type of 0, written",
                new Case(Bytes.concat(Bytes.of(0), receipt(0, event(7))), "ReceiptTypeUnknown"));
        cases.putAll(malformed());
        TokenPolicy.forbidden().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(token -> cases.put(
                        "beside the event " + token.getValue(),
                        new Case(
                                receipt(2, event(7), log(OTHER, List.of(token.getKey()), Bytes.EMPTY)), "TokenEvent")));
        return cases;
    }

    private static Map<String, Case> malformed() {
        var items = Rlp.decode(receipt(0, event(7))).orElseThrow().items();
        var cases = new LinkedHashMap<String, Case>();
        cases.put("a status of 2", changed(items, 0, Rlp.of(2)));
        cases.put("a state root in place of a status", changed(items, 0, Rlp.of(ROOT.value())));
        cases.put("a bloom of 255 octets", changed(items, 2, Rlp.of(Bytes.of(new byte[255]))));
        cases.put(
                "five items",
                new Case(
                        Rlp.list(items.get(0), items.get(1), items.get(2), items.get(3), Rlp.list())
                                .encode(),
                        "MalformedReceipt"));
        cases.put("a log of two items", changed(items, 3, Rlp.list(Rlp.list(Rlp.of(OUTBOX.value()), Rlp.list()))));
        cases.put(
                "a topic of 31 octets",
                changed(
                        items,
                        3,
                        Rlp.list(Rlp.list(
                                Rlp.of(OUTBOX.value()),
                                Rlp.list(Rlp.of(Bytes.of(new byte[31]))),
                                Rlp.of(Bytes.EMPTY)))));
        cases.put(
                "an emitter of 21 octets",
                changed(items, 3, Rlp.list(Rlp.list(Rlp.of(Bytes.of(new byte[21])), Rlp.list(), Rlp.of(Bytes.EMPTY)))));
        return cases;
    }

    private static Case changed(List<Rlp> items, int index, Rlp value) {
        var changed = new ArrayList<>(items);
        changed.set(index, value);
        return new Case(Rlp.list(changed).encode(), "MalformedReceipt");
    }

    private record Case(Bytes receipt, String expect) {}

    static List<Scenario> all() {
        return List.of(receipts(ClientKind.QBFT), receipts(ClientKind.IBFT2), shapes());
    }

    private static Scenario receipts(ClientKind kind) {
        var cases = cases();
        var trie =
                MerklePatriciaTrie.of(cases.values().stream().map(Case::receipt).toList());
        var scenario = anchored("receipts of every kind, " + kind, kind, trie);
        int index = 0;
        for (var entry : cases.entrySet()) {
            var proof = new QbftEventProof(index, 0, trie.proof(index)).encode();
            scenario.checkpoint(ASKED.named(entry.getKey()), proof, entry.getValue().expect);
            index++;
        }
        return scenario;
    }

    private static Scenario anchored(String name, ClientKind kind, MerklePatriciaTrie trie) {
        var chain = SealedChain.of(4).as(kind);
        var header = chain.header(10, word("parent"), trie.root());
        return Scenario.anchoredAt(name, SealedChain.seal(header, chain.keys())).at(ms(10));
    }

    /// The proof itself wrong: of one receipt among twenty, with two logs, the second being the event.
    private static Scenario shapes() {
        var values = new ArrayList<Bytes>();
        for (int i = 0; i < 20; i++) {
            values.add(receipt(2, log(OTHER, List.of(word("unrelated")), Bytes.of(i)), event(100 + i)));
        }
        var trie = MerklePatriciaTrie.of(values);
        var nodes = trie.proof(5);
        var more = new ArrayList<>(nodes);
        more.add(nodes.getLast());
        var swapped = new ArrayList<>(nodes);
        swapped.set(0, nodes.getLast());
        swapped.set(nodes.size() - 1, nodes.getFirst());
        var flipped = new ArrayList<>(nodes);
        flipped.set(1, nodes.get(1).with(40, nodes.get(1).at(40) ^ 1));
        var good = new QbftEventProof(5, 1, nodes).encode();
        var items = Rlp.decode(good).orElseThrow().items();
        var scenario = anchored("shapes of event proofs", ClientKind.QBFT, trie);
        return scenario.checkpoint(ASKED.named("the second log"), good, "accepted")
                .checkpoint(ASKED.named("the first log"), proof(5, 0, nodes), "WrongEmitter")
                .checkpoint(ASKED.named("a third log"), proof(5, 2, nodes), "LogIndexOutOfRange")
                .checkpoint(
                        ASKED.named("the largest log index"), proof(5, Integer.MAX_VALUE, nodes), "LogIndexOutOfRange")
                .checkpoint(ASKED.named("a log index of 2^31"), proof(5, 1L << 31, nodes), "MalformedEventProof")
                .checkpoint(
                        ASKED.named("a transaction index of 2^31"), proof(1L << 31, 1, nodes), "MalformedEventProof")
                .checkpoint(ASKED.named("the index of another receipt"), proof(6, 1, nodes), "NodeHashMismatch")
                .checkpoint(ASKED.named("the index of none"), proof(100, 1, nodes.subList(0, 1)), "KeyNotFound")
                .checkpoint(ASKED.named("no nodes"), proof(5, 1, List.of()), "ProofEndsEarly")
                .checkpoint(
                        ASKED.named("the last node left out"),
                        proof(5, 1, nodes.subList(0, nodes.size() - 1)),
                        "ProofEndsEarly")
                .checkpoint(ASKED.named("a node too many"), proof(5, 1, more), "ProofNotConsumed")
                .checkpoint(ASKED.named("nodes in another order"), proof(5, 1, swapped), "NodeHashMismatch")
                .checkpoint(ASKED.named("a bit of a node flipped"), proof(5, 1, flipped), "NodeHashMismatch")
                .checkpoint(ASKED.named("nothing"), Bytes.EMPTY, "MalformedRlp")
                .checkpoint(ASKED.named("the last octet cut off"), good.slice(0, good.size() - 1), "MalformedRlp")
                .checkpoint(ASKED.named("an octet after it"), Bytes.concat(good, Bytes.of(0)), "MalformedRlp")
                .checkpoint(
                        ASKED.named("two items"), Rlp.list(items.subList(0, 2)).encode(), "MalformedEventProof")
                .checkpoint(
                        ASKED.named("octets in place of nodes"),
                        Rlp.list(items.get(0), items.get(1), Rlp.of(1)).encode(),
                        "MalformedEventProof")
                .checkpoint(
                        new Event("a height it never held", OUTBOX, LogRole.PACKETS, LANE, 11), good, "UnknownHeight");
    }

    private static Bytes proof(long txIndex, long logIndex, List<Bytes> nodes) {
        return new QbftEventProof(txIndex, logIndex, nodes).encode();
    }
}
