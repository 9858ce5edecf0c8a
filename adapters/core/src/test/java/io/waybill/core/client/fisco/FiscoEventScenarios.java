package io.waybill.core.client.fisco;

import static io.waybill.core.client.fisco.Ledger.SUITE;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.client.fisco.FiscoScenario.Event;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoReceipt.Log;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.ReceiptTree;
import io.waybill.core.proof.fisco.ReceiptTree.Group;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What event proofs are tried on: blocks whose receipts are each wrong in one way, beside right ones; proofs of a
/// right
/// receipt that are wrong; and the captured receipts that read in two ways.
final class FiscoEventScenarios {
    private static final Address OUTBOX = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
    private static final String CREATED = "e16469be7721563d4d6a703932058d12ca2ca94c";
    private static final LaneId LANE = new LaneId(word("lane"));
    private static final Bytes32 TOPIC = LogRole.PACKETS.topic();
    private static final long HEIGHT = 10;
    private static final Event ASKED = new Event(OUTBOX, LogRole.PACKETS, LANE, HEIGHT);
    private static final Ledger LEDGER = new Ledger(4, 3);

    private FiscoEventScenarios() {}

    static List<FiscoScenario> all() {
        return List.of(receipts(SUITE), shapes(), captured("forged_log"), captured("full_forgery"));
    }

    /// Receipts of every kind on a chain of national crypto, and one whose tree was hashed as on another chain.
    static List<FiscoScenario> national() {
        var preimage = carrier(event(7));
        var leaves = List.of(FiscoSuite.SM.hash(preimage), word("leaf"));
        // Of two leaves, so that the path is the same whatever the hash.
        var proof = new FiscoEventProof(preimage, ReceiptTree.groups(SUITE, leaves, 0)).encode();
        var other = FiscoScenario.sm("a tree of the other hash", LEDGER, anchor(ReceiptTree.root(SUITE, leaves)))
                .checkpoint("hashed as on a chain of standard crypto", ASKED, proof, "ReceiptsRootMismatch");
        var own = FiscoScenario.sm("a tree of its own hash", LEDGER, anchor(ReceiptTree.root(FiscoSuite.SM, leaves)))
                .checkpoint("hashed as the chain does", ASKED, proof, "accepted");
        return List.of(receipts(FiscoSuite.SM), other, own);
    }

    private static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    private static FiscoHeader anchor(Bytes32 root) {
        var plain = Ledger.anchor(LEDGER.set(1L, 1L, 1L, 1L));
        return Headers.roots(plain, plain.txsRoot(), root, plain.stateRoot());
    }

    private static Bytes data(long size, Bytes32 root) {
        return Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(size), root.value());
    }

    private static Log log(Address emitter, Bytes32 topic, Bytes32 lane, Bytes data) {
        return new Log(emitter.toHex().substring(2), List.of(topic, lane), data);
    }

    private static Log event(long size) {
        return log(OUTBOX, TOPIC, LANE.value(), data(size, word("root")));
    }

    private static Bytes receipt(String gasUsed, String contract, int status, Bytes output, long block, Log... logs) {
        return FiscoReceipt.plain(gasUsed, contract, status, output, List.of(logs), block)
                .preimage();
    }

    private static Bytes carrier(Log... logs) {
        return receipt("18746", CREATED, 0, Bytes.EMPTY, HEIGHT, logs);
    }

    private record Case(Bytes preimage, String expect) {}

    private static Map<String, Case> cases() {
        var cases = new LinkedHashMap<String, Case>();
        cases.put("a carrier", new Case(carrier(event(7)), "accepted"));
        cases.put("no gas", gas("0", "accepted"));
        cases.put("gas of ten digits", gas("9999999999", "accepted"));
        cases.put("gas of eleven digits", gas("12345678901", "ReceiptLength"));
        cases.put("gas of no digit", gas("", "ReceiptLength"));
        cases.put("gas with a leading zero", gas("018746", "ReceiptGasUsed"));
        cases.put("gas that is no number", gas("1874a", "ReceiptGasUsed"));
        cases.put("version 1", new Case(carrier(event(7)).with(3, 1), "ReceiptVersion"));
        cases.put(
                "an upper-case digit of the address", new Case(carrier(event(7)).with(9, 'E'), "ReceiptContract"));
        cases.put("a call", new Case(receipt("18746", "", 0, Bytes.EMPTY, HEIGHT, event(7)), "ReceiptLength"));
        cases.put(
                "a call as long as a carrier",
                new Case(receipt("18746", "", 0, Bytes.of(new byte[40]), HEIGHT, event(7)), "ReceiptContract"));
        cases.put("status 16", new Case(receipt("18746", CREATED, 16, Bytes.EMPTY, HEIGHT, event(7)), "ReceiptStatus"));
        cases.put("an output", new Case(receipt("18746", CREATED, 0, Bytes.of(0), HEIGHT, event(7)), "ReceiptGasUsed"));
        cases.put("another block", new Case(receipt("18746", CREATED, 0, Bytes.EMPTY, 11, event(7)), "ReceiptBlock"));
        var digits = new Bytes32(Bytes.utf8("1".repeat(32)));
        cases.put(
                "every field of digits that may be",
                new Case(
                        receipt(
                                "1",
                                "1".repeat(40),
                                0,
                                Bytes.EMPTY,
                                HEIGHT,
                                log(OUTBOX, TOPIC, LANE.value(), data(0x3131_3131_3131L, digits))),
                        "accepted"));
        cases.put("no log", new Case(carrier(), "ReceiptLength"));
        cases.put("two logs", new Case(carrier(event(7), event(8)), "ReceiptLength"));
        cases.putAll(logs());
        return cases;
    }

    private static Case gas(String gasUsed, String expect) {
        return new Case(receipt(gasUsed, CREATED, 0, Bytes.EMPTY, HEIGHT, event(7)), expect);
    }

    private static Map<String, Case> logs() {
        var cases = new LinkedHashMap<String, Case>();
        var root = word("root");
        cases.put(
                "another emitter",
                new Case(carrier(log(Address.ZERO, TOPIC, LANE.value(), data(7, root))), "WrongEmitter"));
        cases.put(
                "the other role's event",
                new Case(carrier(log(OUTBOX, LogRole.STATUSES.topic(), LANE.value(), data(7, root))), "WrongTopic"));
        cases.put("another lane", new Case(carrier(log(OUTBOX, TOPIC, word("other"), data(7, root))), "WrongLane"));
        cases.put("the largest size", new Case(carrier(event((1L << 48) - 1)), "accepted"));
        cases.put("a size of 2^48", new Case(carrier(event(1L << 48)), "CheckpointSizeOutOfRange"));
        cases.put("a size of zero", new Case(carrier(event(0)), "CheckpointSizeOutOfRange"));
        cases.put(
                "a size of 2^255",
                new Case(
                        carrier(log(OUTBOX, TOPIC, LANE.value(), data(7, root).with(0, 0x80))),
                        "CheckpointSizeOutOfRange"));
        cases.put(
                "a root of zero",
                new Case(carrier(log(OUTBOX, TOPIC, LANE.value(), data(7, Bytes32.ZERO))), "CheckpointRootZero"));
        return cases;
    }

    private static FiscoScenario receipts(FiscoSuite suite) {
        var cases = cases();
        var leaves =
                cases.values().stream().map(each -> suite.hash(each.preimage)).toList();
        var first = anchor(ReceiptTree.root(suite, leaves));
        var s = suite == FiscoSuite.SM
                ? FiscoScenario.sm("receipts of every kind, national crypto", LEDGER, first)
                : new FiscoScenario("receipts of every kind", LEDGER, first);
        int index = 0;
        for (var entry : cases.entrySet()) {
            var groups = ReceiptTree.groups(suite, leaves, index++);
            s.checkpoint(
                    entry.getKey(),
                    ASKED,
                    new FiscoEventProof(entry.getValue().preimage, groups).encode(),
                    entry.getValue().expect);
        }
        return s;
    }

    private static FiscoScenario shapes() {
        var preimage = carrier(event(7));
        var leaves = new ArrayList<Bytes32>();
        for (int i = 0; i < 11; i++) leaves.add(word("leaf/" + i));
        leaves.set(10, SUITE.hash(preimage));
        var s = new FiscoScenario("shapes of event proofs", LEDGER, anchor(ReceiptTree.root(SUITE, leaves)));
        var groups = ReceiptTree.groups(SUITE, leaves, 10);
        var good = new FiscoEventProof(preimage, groups).encode();
        var p = Rlp.of(preimage);
        s.checkpoint("a lone leaf at the end of its level", ASKED, good, "accepted")
                .checkpoint(
                        "a height it never held", new Event(OUTBOX, LogRole.PACKETS, LANE, 11), good, "UnknownHeight")
                .checkpoint("no group", ASKED, proof(preimage), "ReceiptsRootMismatch")
                .checkpoint("one group left out", ASKED, proof(preimage, groups.subList(1, 4)), "ReceiptsRootMismatch")
                .checkpoint("the last left out", ASKED, proof(preimage, groups.subList(0, 3)), "GroupPosition")
                .checkpoint("a lone node at the top", ASKED, proof(preimage, new Group(0, null)), "GroupPosition")
                .checkpoint(
                        "a lone node at position 1",
                        ASKED,
                        proof(preimage, new Group(1, null), groups.get(1)),
                        "GroupPosition")
                .checkpoint(
                        "a left node after a lone one",
                        ASKED,
                        proof(preimage, new Group(0, null), new Group(0, word("s"))),
                        "GroupPosition")
                .checkpoint("position 2", ASKED, proof(preimage, new Group(2, word("s"))), "GroupPosition")
                .checkpoint(
                        "17 groups",
                        ASKED,
                        proof(preimage, Collections.nCopies(17, new Group(0, word("s")))),
                        "TooManyGroups")
                .checkpoint(
                        "16 groups",
                        ASKED,
                        proof(preimage, Collections.nCopies(16, new Group(0, word("s")))),
                        "ReceiptsRootMismatch")
                .checkpoint(
                        "a sibling that begins as a receipt does",
                        ASKED,
                        proof(preimage, new Group(1, zeroLed(3))),
                        "GroupPrefix")
                .checkpoint(
                        "a sibling that begins with two zero octets",
                        ASKED,
                        proof(preimage, new Group(1, zeroLed(2))),
                        "ReceiptsRootMismatch")
                .checkpoint(
                        "a sibling of 31 octets",
                        ASKED,
                        Rlp.list(p, Rlp.list(Rlp.list(Rlp.of(0), Rlp.of(Bytes.of(new byte[31])))))
                                .encode(),
                        "MalformedGroup")
                .checkpoint(
                        "a group of one field",
                        ASKED,
                        Rlp.list(p, Rlp.list(Rlp.list(Rlp.of(0)))).encode(),
                        "MalformedGroup")
                .checkpoint("a preimage alone", ASKED, Rlp.list(p).encode(), "MalformedEventProof")
                .checkpoint("nothing", ASKED, Bytes.EMPTY, "MalformedRlp")
                .checkpoint("the last octet cut off", ASKED, good.slice(0, good.size() - 1), "MalformedRlp")
                .checkpoint("an octet after it", ASKED, Bytes.concat(good, Bytes.of(0)), "MalformedRlp");
        return s;
    }

    private static Bytes32 zeroLed(int octets) {
        var octets32 = word("zero led").value();
        for (int i = 0; i < octets; i++) octets32 = octets32.with(i, 0);
        return new Bytes32(octets32);
    }

    private static Bytes proof(Bytes preimage, Group... groups) {
        return proof(preimage, List.of(groups));
    }

    private static Bytes proof(Bytes preimage, List<Group> groups) {
        return new FiscoEventProof(preimage, groups).encode();
    }

    /// Receipts of real nodes that also read as if a contract had emitted what it never did.
    private static FiscoScenario captured(String name) {
        boolean whole = name.equals("full_forgery");
        var file = whole ? FiscoVectors.read("std/full_forgery.json.gz") : null;
        var header = FiscoVectors.header(
                file == null ? FiscoVectors.read("std/" + name + "_header.json") : file.get("header"));
        var forged = FiscoVectors.receipt(
                file == null ? FiscoVectors.read("std/" + name + "_forged_receipt.json") : file.get("shown_receipt"));
        var log = forged.logs().getFirst();
        var lane = new LaneId(log.topics().get(1));
        var event = new Event(Address.hex(log.address()), LogRole.PACKETS, lane, header.number());
        return new FiscoScenario("captured: " + name, LEDGER, header)
                .checkpoint("a log read out of an output", event, proof(forged.preimage()), "ReceiptLength");
    }
}
