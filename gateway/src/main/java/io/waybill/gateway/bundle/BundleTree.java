package io.waybill.gateway.bundle;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.proof.ProofBundle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The one shape of a proof bundle, whatever it is written in: maps, lists, text, whole numbers and [Bytes], in the
/// order of the schema.
final class BundleTree {
    static final String FORMAT = "waybill/proof-bundle/1";

    /// Longest bundle read, octets: 64 header updates of the largest size a client takes.
    static final int LONGEST = 64 << 20;

    private static final long LARGEST = (1L << 53) - 1;
    private static final Set<String> WHOLE =
            Set.of("format", "algorithms", "lane", "packet", "anchor", "updates", "event", "checkpoint", "inclusion");
    private static final Set<String> LANE =
            Set.of("source", "sourceClient", "outbox", "destination", "destinationClient", "inbox", "salt", "terms");

    private BundleTree() {}

    static Map<String, Object> of(ProofBundle bundle) {
        var algorithms = bundle.algorithms();
        var anchor = bundle.anchor();
        var checkpoint = bundle.checkpoint();
        var path = bundle.path().stream().map(Bytes32::value).toList();
        return ordered(
                "format",
                FORMAT,
                "algorithms",
                ordered(
                        "logHash", algorithms.logHash(),
                        "headerHash", algorithms.headerHash(),
                        "receiptHash", algorithms.receiptHash(),
                        "signature", algorithms.signature()),
                "lane",
                lane(bundle.terms()),
                "packet",
                bundle.packet(),
                "anchor",
                ordered("kind", word(anchor.kind()), "height", anchor.height(), "hash", octets(anchor.hash())),
                "updates",
                bundle.updates(),
                "event",
                ordered("height", bundle.height(), "proof", bundle.eventProof()),
                "checkpoint",
                ordered("size", checkpoint.size(), "root", octets(checkpoint.root())),
                "inclusion",
                ordered("index", bundle.index(), "path", path));
    }

    private static Map<String, Object> lane(LaneTerms terms) {
        var limits = terms.terms();
        return ordered(
                "source", terms.source().name(),
                "sourceClient", octets(terms.sourceClient().value()),
                "outbox", terms.outbox().value(),
                "destination", terms.destination().name(),
                "destinationClient", octets(terms.destinationClient().value()),
                "inbox", terms.inbox().value(),
                "salt", octets(terms.salt()),
                "terms",
                        ordered(
                                "maxPacket", limits.maxPacket(),
                                "window", limits.window(),
                                "maxTimeoutMs", limits.maxTimeoutMs(),
                                "sendersRoot", octets(limits.sendersRoot()),
                                "policyHash", octets(limits.policyHash())));
    }

    private static Bytes octets(Bytes32 hash) {
        return hash.value();
    }

    static String word(ClientKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
        return map;
    }

    /// Reads a bundle; what it says is not believed yet.
    static ProofBundle read(Reader whole) throws FormatException {
        var file = whole.all(WHOLE);
        file.constant("format", FORMAT);
        var terms = terms(file.object("lane", LANE));
        var anchor = file.object("anchor", Set.of("kind", "height", "hash"));
        var event = file.object("event", Set.of("height", "proof"));
        var inclusion = file.object("inclusion", Set.of("index", "path"));
        return new ProofBundle(
                algorithms(file.object("algorithms", Set.of("logHash", "headerHash", "receiptHash", "signature"))),
                terms,
                file.octets("packet"),
                new ProofBundle.Anchor(
                        anchor.word("kind", List.of(ClientKind.values())),
                        anchor.number("height", 1, LARGEST),
                        anchor.hash("hash")),
                file.list("updates", -1),
                event.number("height", 1, LARGEST),
                event.octets("proof"),
                checkpoint(file.object("checkpoint", Set.of("size", "root")), terms),
                inclusion.number("index", 0, LARGEST),
                inclusion.list("path", 32).stream().map(Bytes32::new).toList());
    }

    private static ProofBundle.Algorithms algorithms(Reader file) throws FormatException {
        return new ProofBundle.Algorithms(
                file.text("logHash"), file.text("headerHash"), file.text("receiptHash"), file.text("signature"));
    }

    private static Checkpoint checkpoint(Reader file, LaneTerms terms) throws FormatException {
        var root = file.hash("root");
        if (root.isZero()) throw file.refuse("root", "a root that is not zero");
        return new Checkpoint(terms.id(), file.number("size", 1, Checkpoint.SIZE_LIMIT - 1), root);
    }

    private static LaneTerms terms(Reader file) throws FormatException {
        var limits = file.object("terms", Set.of("maxPacket", "window", "maxTimeoutMs", "sendersRoot", "policyHash"));
        return new LaneTerms(
                file.chain("source"),
                new ClientId(file.hash("sourceClient")),
                file.address("outbox"),
                file.chain("destination"),
                new ClientId(file.hash("destinationClient")),
                file.address("inbox"),
                file.hash("salt"),
                new LaneTerms.Terms(
                        limits.number("maxPacket", 0, (1L << 32) - 1),
                        limits.number("window", 0, LARGEST),
                        limits.number("maxTimeoutMs", 0, LARGEST),
                        limits.hash("sendersRoot"),
                        limits.hash("policyHash")));
    }
}
