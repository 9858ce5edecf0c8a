package io.waybill.core.client.committee;

import static io.waybill.core.client.committee.CommitteeScenario.ANCHOR;
import static io.waybill.core.client.committee.CommitteeScenario.word;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.client.committee.CommitteeScenario.Event;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What proofs of attested records are tried on.
final class CommitteeEventScenarios {
    private static final Address OUTBOX = KeyPair.named("outbox").address();
    private static final LaneId LANE = new LaneId(word("lane"));
    private static final Event ASKED = new Event(OUTBOX, LogRole.PACKETS, LANE, 11);
    private static final String ACCEPTED = "accepted";
    private static final String MALFORMED = "MalformedEventProof";

    private CommitteeEventScenarios() {}

    static List<CommitteeScenario> all() {
        return List.of(records(), silent(), alone(1), alone(2), places(5), places(8), shapes());
    }

    private static CheckpointRecord record(long size) {
        return CheckpointRecord.of(OUTBOX, LogRole.PACKETS, new Checkpoint(LANE, size, word("root")));
    }

    /// A record whose octets are given, whatever they say.
    private static CheckpointRecord record(Address emitter, Bytes32 topic, Bytes32 lane, long size, Bytes32 root) {
        return new CheckpointRecord(
                Bytes.concat(emitter.value(), topic.value(), lane.value(), Bytes.u64(size), root.value()));
    }

    /// A scenario whose client believes block 11 with these records.
    private static CommitteeScenario believing(String name, CheckpointRecords records) {
        var s = new CommitteeScenario(name, 3, 2);
        var block = new AttestedBlock(11, word("block 11"), records.root(), ANCHOR.timeMs());
        return s.update("the block", s.of(block, 0, 1), ACCEPTED);
    }

    private static CommitteeScenario records() {
        var topic = LogRole.PACKETS.topic();
        var lane = LANE.value();
        var root = word("root");
        var records = new CheckpointRecords(List.of(
                record(1),
                record((1L << 48) - 1),
                record(KeyPair.named("another").address(), topic, lane, 1, root),
                record(OUTBOX, LogRole.STATUSES.topic(), lane, 1, root),
                record(OUTBOX, topic, word("another lane"), 1, root),
                record(OUTBOX, topic, lane, 0, root),
                record(OUTBOX, topic, lane, 1L << 48, root),
                record(OUTBOX, topic, lane, -1, root),
                record(OUTBOX, topic, lane, 1, Bytes32.ZERO)));
        var expected = List.of(
                ACCEPTED,
                ACCEPTED,
                "WrongEmitter",
                "WrongTopic",
                "WrongLane",
                "CheckpointSizeOutOfRange",
                "CheckpointSizeOutOfRange",
                "CheckpointSizeOutOfRange",
                "CheckpointRootZero");
        var s = believing("attested records", records);
        for (int i = 0; i < expected.size(); i++) {
            s.checkpoint("record " + i, ASKED, records.proof(i), expected.get(i));
        }
        var statuses = new Event(OUTBOX, LogRole.STATUSES, LANE, 11);
        return s.checkpoint("asked for statuses", statuses, records.proof(0), "WrongTopic")
                .checkpoint("statuses", statuses, records.proof(3), ACCEPTED)
                .checkpoint(
                        "of the anchor",
                        new Event(OUTBOX, LogRole.PACKETS, LANE, 10),
                        records.proof(0),
                        "UnknownHeight")
                .checkpoint(
                        "of no height",
                        new Event(OUTBOX, LogRole.PACKETS, LANE, 12),
                        records.proof(0),
                        "UnknownHeight");
    }

    /// A block that says nothing is believed, and proves nothing.
    private static CommitteeScenario silent() {
        var nothing = new CheckpointRecords(List.of());
        var one = new CheckpointRecords(List.of(record(1)));
        return believing("a block without records", nothing)
                .checkpoint("a record of another block", ASKED, one.proof(0), "RangeRootMismatch")
                .checkpoint(
                        "as if of none",
                        ASKED,
                        list(Rlp.of(record(1).octets()), Rlp.of(0), Rlp.of(0), Rlp.list()),
                        MALFORMED);
    }

    private static CommitteeScenario alone(int records) {
        var all = new CheckpointRecords(
                IntStream.rangeClosed(1, records).mapToObj(i -> record(i)).toList());
        var s = believing("%d record(s) in a block".formatted(records), all);
        for (int i = 0; i < records; i++) s.checkpoint("record " + i, ASKED, all.proof(i), ACCEPTED);
        return s;
    }

    /// Each record at each place: right at its own only.
    private static CommitteeScenario places(int count) {
        var all = new CheckpointRecords(
                IntStream.rangeClosed(1, count).mapToObj(i -> record(i)).toList());
        var s = believing("places of %d records".formatted(count), all);
        for (int i = 0; i < count; i++) {
            s.checkpoint("record " + i, ASKED, all.proof(i), ACCEPTED);
            var proof = CommitteeEventProof.decode(all.proof(i)).orElseThrow();
            int place = (i + 1) % count;
            var moved = new CommitteeEventProof(proof.record(), place, count, proof.path());
            boolean sameLength = CommitteeEventProof.decode(all.proof(place))
                            .orElseThrow()
                            .path()
                            .size()
                    == proof.path().size();
            s.checkpoint(
                    "record %d at place %d".formatted(i, place),
                    ASKED,
                    moved.encode(),
                    sameLength ? "RangeRootMismatch" : "RangeProofLength");
        }
        return s;
    }

    private static CommitteeScenario shapes() {
        var all = new CheckpointRecords(List.of(record(1), record(2), record(3)));
        var s = believing("shapes of a record's proof", all);
        var good = CommitteeEventProof.decode(all.proof(0)).orElseThrow();
        var octets = good.record().octets();
        var record = Rlp.of(octets);
        var path = Rlp.list(good.path(), hash -> Rlp.of(hash.value()));
        var zero = Rlp.of(0);
        var three = Rlp.of(3);
        var shorter = new CommitteeEventProof(good.record(), 0, 3, good.path().subList(0, 1));
        var longer = new ArrayList<>(good.path());
        longer.add(word("one more"));
        var changed = new ArrayList<>(good.path());
        changed.set(1, word("another"));
        var node = Rlp.of(
                Bytes.concat(good.path().get(0).value(), good.path().get(1).value()));
        return s.checkpoint("nothing", ASKED, Bytes.EMPTY, "MalformedRlp")
                .checkpoint("three items", ASKED, list(record, zero, three), MALFORMED)
                .checkpoint("five items", ASKED, list(record, zero, three, path, path), MALFORMED)
                .checkpoint("123 octets", ASKED, list(Rlp.of(octets.slice(0, 123)), zero, three, path), MALFORMED)
                .checkpoint(
                        "125 octets",
                        ASKED,
                        list(Rlp.of(Bytes.concat(octets, Bytes.of(0))), zero, three, path),
                        MALFORMED)
                .checkpoint("a node for a record", ASKED, list(node, zero, three, path), MALFORMED)
                .checkpoint("no records", ASKED, list(record, zero, zero, path), MALFORMED)
                .checkpoint("place 3 of 3", ASKED, list(record, three, three, path), MALFORMED)
                .checkpoint("65,537 records", ASKED, list(record, zero, Rlp.of(65_537), path), MALFORMED)
                .checkpoint("65,536 records", ASKED, list(record, zero, Rlp.of(65_536), path), "RangeProofLength")
                .checkpoint("a hash of 31 octets", ASKED, list(record, zero, three, Rlp.list(short31())), MALFORMED)
                .checkpoint("a path that is no list", ASKED, list(record, zero, three, record), MALFORMED)
                .checkpoint("a hash less", ASKED, shorter.encode(), "RangeProofLength")
                .checkpoint(
                        "a hash more",
                        ASKED,
                        new CommitteeEventProof(good.record(), 0, 3, longer).encode(),
                        "RangeProofLength")
                .checkpoint(
                        "another hash",
                        ASKED,
                        new CommitteeEventProof(good.record(), 0, 3, changed).encode(),
                        "RangeRootMismatch")
                .checkpoint(
                        "as if of four",
                        ASKED,
                        new CommitteeEventProof(good.record(), 0, 4, good.path()).encode(),
                        "RangeRootMismatch")
                .checkpoint("as it should be", ASKED, good.encode(), ACCEPTED);
    }

    private static Rlp short31() {
        return Rlp.of(Bytes.of(new byte[31]));
    }

    private static Bytes list(Rlp... items) {
        return Rlp.list(items).encode();
    }
}
