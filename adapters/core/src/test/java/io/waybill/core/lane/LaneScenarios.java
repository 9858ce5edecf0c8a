package io.waybill.core.lane;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Range proofs and packets, right ones and wrong ones, each with its verdict: written down for every other
/// implementation.
final class LaneScenarios {
    static final LaneId LANE = new LaneId(word("lane"));
    static final long NOW_MS = 1_800_000_000_000L;
    static final LaneTerms.Terms TERMS = new LaneTerms.Terms(1002, 100, 3_600_000, word("senders"), TokenPolicy.HASH);

    private LaneScenarios() {}

    static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    static List<Bytes> leaves(int count) {
        return IntStream.range(0, count).mapToObj(i -> Bytes.utf8("leaf " + i)).toList();
    }

    static List<Map<String, Object>> ranges() {
        var ranges = new ArrayList<Map<String, Object>>();
        for (int size : new int[] {1, 2, 3, 5, 7, 8, 13}) {
            for (int first = 0; first < size; first++) {
                for (int end = first + 1; end <= size; end++) {
                    var log = LaneLog.of(leaves(size));
                    ranges.add(range(
                            "leaves %d to %d of %d".formatted(first, end, size),
                            log.checkpoint(LANE, size),
                            first,
                            leaves(size).subList(first, end),
                            log.rangeProof(first, end, size)));
                }
            }
        }
        ranges.addAll(wrongRanges());
        return ranges;
    }

    private static List<Map<String, Object>> wrongRanges() {
        var leaves = leaves(13);
        var log = LaneLog.of(leaves);
        var at = log.checkpoint(LANE, 13);
        var proof = log.rangeProof(3, 7, 13);
        var given = leaves.subList(3, 7);
        var longer = new ArrayList<>(proof);
        longer.add(word("one more"));
        var swapped = new ArrayList<>(proof);
        swapped.set(0, proof.get(1));
        swapped.set(1, proof.get(0));
        var flipped = new ArrayList<>(proof);
        flipped.set(
                0,
                new Bytes32(proof.getFirst()
                        .value()
                        .with(31, proof.getFirst().value().at(31) ^ 1)));
        var reordered = List.of(leaves.get(3), leaves.get(5), leaves.get(4), leaves.get(6));
        var node = Bytes.concat(
                LaneLog.leaf(leaves.get(0)).value(), LaneLog.leaf(leaves.get(1)).value());
        var two = LaneLog.of(leaves.subList(0, 2)).checkpoint(LANE, 2);
        return List.of(
                range("no leaves", at, 3, List.of(), proof),
                range("one hash too few", at, 3, given, proof.subList(1, proof.size())),
                range("one hash too many", at, 3, given, longer),
                range("two hashes swapped", at, 3, given, swapped),
                range("a bit of a hash flipped", at, 3, given, flipped),
                range("two leaves swapped", at, 3, reordered, proof),
                range(
                        "another leaf",
                        at,
                        3,
                        List.of(leaves.get(3), leaves.get(4), leaves.get(5), leaves.get(7)),
                        proof),
                range("one position later", at, 5, given, log.rangeProof(5, 9, 13)),
                range("beyond the size", at, 10, given, log.rangeProof(9, 13, 13)),
                range("another root", new Checkpoint(LANE, 13, word("root")), 3, given, proof),
                range("a node read as a leaf", new Checkpoint(LANE, 1, two.root()), 0, List.of(node), List.of()));
    }

    private static Map<String, Object> range(
            String name, Checkpoint checkpoint, long first, List<Bytes> leaves, List<Bytes32> proof) {
        var verdict = RangeProof.verify(checkpoint, first, leaves, proof);
        var json = new LinkedHashMap<String, Object>();
        json.put("name", name);
        json.put("call", "range");
        json.put("size", checkpoint.size());
        json.put("root", checkpoint.root().toHex());
        json.put("first", first);
        json.put("leaves", leaves.stream().map(Bytes::toHex).toList());
        json.put("proof", proof.stream().map(Bytes32::toHex).toList());
        json.put("expect", verdict instanceof Verdict.Rejected<List<Bytes>>(var reason) ? reason.code() : "accepted");
        return json;
    }

    static Attestation attestation() {
        var claims = Bytes.utf8("{\"claims\":{\"passed\":true},\"schema\":\"inspection/1\"}");
        return new Attestation(
                Attestation.Kind.ATTEST,
                word("inspection/1"),
                word("did:example:inspector"),
                word("lot 42"),
                Bytes32.ZERO,
                Digests.sha256(claims),
                1_700_000_000L,
                0,
                claims);
    }

    static Packet packet(Bytes attestation) {
        return new Packet(LANE, 7, Address.hex("0x00000000000000000000000000000000000000cc"), NOW_MS + 1, attestation);
    }

    /// Packets at position 7 of the lane, each with its final status.
    static List<Map<String, Object>> statuses() {
        var statuses = new ArrayList<Map<String, Object>>();
        var good = packet(attestation().encode());
        var octets = good.encode();
        statuses.add(status("one millisecond before its timeout", octets, 7, NOW_MS));
        statuses.add(status("at its timeout", octets, 7, NOW_MS + 1));
        statuses.add(status("at another position", octets, 8, NOW_MS));
        statuses.add(status("nothing", Bytes.EMPTY, 7, NOW_MS));
        statuses.add(status("shorter than a header", octets.slice(0, Packet.HEADER - 1), 7, NOW_MS));
        statuses.add(status("a header alone", octets.slice(0, Packet.HEADER), 7, NOW_MS));
        statuses.add(status("the last octet cut off", octets.slice(0, octets.size() - 1), 7, NOW_MS));
        statuses.add(status("an octet after it", Bytes.concat(octets, Bytes.of(0)), 7, NOW_MS));
        statuses.add(status("another tag", octets.with(0, 0x41), 7, NOW_MS));
        statuses.add(status("another version", octets.with(1, 2), 7, NOW_MS));
        statuses.add(status("another lane", octets.with(2, octets.at(2) ^ 1), 7, NOW_MS));
        statuses.add(status("an index above 2^63", octets.with(34, 0x80), 7, NOW_MS));
        statuses.add(status("a timeout of 2^63 and more", octets.with(62, 0x80), 7, NOW_MS));
        var noTimeout = Bytes.concat(octets.slice(0, 62), Bytes.u64(0), octets.slice(70, octets.size()));
        statuses.add(status("no timeout", noTimeout, 7, NOW_MS));
        statuses.add(status("an empty attestation", packet(Bytes.EMPTY).encode(), 7, NOW_MS));
        var exact = Bytes.of(new byte[608]);
        statuses.add(status(
                "exactly maxPacket long",
                packet(claimed(exact, Digests.sha256(exact)).encode()).encode(),
                7,
                NOW_MS));
        var above = Bytes.of(new byte[640]);
        statuses.add(status(
                "longer than maxPacket",
                packet(claimed(above, Digests.sha256(above)).encode()).encode(),
                7,
                NOW_MS));
        statuses.addAll(attestations());
        return statuses;
    }

    private static Attestation claimed(Bytes claims, Bytes32 hash) {
        var good = attestation();
        return new Attestation(
                good.kind(), good.schema(), good.issuer(), good.subject(), good.reference(), hash, 0, 0, claims);
    }

    private static List<Map<String, Object>> attestations() {
        var octets = attestation().encode();
        var statuses = new ArrayList<Map<String, Object>>();
        statuses.add(carried("kind 0", octets.with(31, 0)));
        statuses.add(carried("kind 2 without reference", octets.with(31, 2)));
        statuses.add(carried("kind 2 with reference", octets.with(31, 2).with(4 * 32, 1)));
        statuses.add(carried("kind 3 with reference", octets.with(31, 3).with(4 * 32, 1)));
        statuses.add(carried("kind 4 with reference", octets.with(31, 4).with(4 * 32, 1)));
        statuses.add(carried("kind 257", octets.with(30, 1)));
        statuses.add(carried("kind 1 with reference", octets.with(4 * 32, 1)));
        for (int word : new int[] {1, 2, 3, 5}) {
            var zero = Bytes.concat(
                    octets.slice(0, 32 * word), Bytes.of(new byte[32]), octets.slice(32 * word + 32, octets.size()));
            statuses.add(carried("word %d zero".formatted(word), zero));
        }
        statuses.add(carried("claims of another hash", octets.with(5 * 32, octets.at(5 * 32) ^ 1)));
        statuses.add(carried("validFrom above 2^64", octets.with(6 * 32 + 23, 1)));
        statuses.add(carried("validUntil above 2^64", octets.with(7 * 32 + 23, 1)));
        statuses.add(carried("validFrom of 2^63 and more", octets.with(6 * 32 + 24, 0x80)));
        statuses.add(carried("validUntil before validFrom", octets.with(8 * 32 - 1, 1)));
        statuses.add(carried("validUntil of 2^63 and more", octets.with(7 * 32 + 24, 0x80)));
        var from = Bytes.u64(1_700_000_000L);
        var equal = Bytes.concat(octets.slice(0, 8 * 32 - 8), from, octets.slice(8 * 32, octets.size()));
        statuses.add(carried("validUntil equal to validFrom", equal));
        statuses.add(carried(
                "validUntil one second after validFrom", equal.with(8 * 32 - 1, equal.at(8 * 32 - 1) + 1)));
        statuses.add(carried("another offset", octets.with(9 * 32 - 1, 0x40)));
        statuses.add(carried("a length of 2^64 and more", octets.with(9 * 32 + 23, 1)));
        statuses.add(carried("a length of 2^255", octets.with(9 * 32, 0x80)));
        statuses.add(carried("a length one less", octets.with(10 * 32 - 1, octets.at(10 * 32 - 1) - 1)));
        statuses.add(carried("padding that is not zero", octets.with(octets.size() - 1, 1)));
        statuses.add(carried("a word more", Bytes.concat(octets, Bytes.of(new byte[32]))));
        statuses.add(carried("an octet more", Bytes.concat(octets, Bytes.of(0))));
        statuses.add(carried("nine words", octets.slice(0, 9 * 32)));
        statuses.add(
                carried("claims kept back", claimed(Bytes.EMPTY, word("claims")).encode()));
        return statuses;
    }

    private static Map<String, Object> carried(String name, Bytes attestation) {
        return status("an attestation: " + name, packet(attestation).encode(), 7, NOW_MS);
    }

    private static Map<String, Object> status(String name, Bytes packet, long index, long nowMs) {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", name);
        json.put("call", "status");
        json.put("lane", LANE.value().toHex());
        json.put("maxPacket", TERMS.maxPacket());
        json.put("policyHash", TERMS.policyHash().toHex());
        json.put("index", index);
        json.put("nowMs", nowMs);
        json.put("packet", packet.toHex());
        json.put("expect", StatusRule.of(packet, LANE, TERMS, index, nowMs).name());
        return json;
    }
}
