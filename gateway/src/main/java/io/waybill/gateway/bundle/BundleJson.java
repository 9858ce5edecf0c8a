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

/// A proof bundle as JSON; the resource `proof-bundle.schema.json` describes it. Reading is strict: no property more
/// or less, and no value that could be written in another way.
public final class BundleJson {
    static final String FORMAT = "waybill/proof-bundle/1";
    private static final long LARGEST = (1L << 53) - 1;

    private BundleJson() {}

    /// The bundle as maps, lists, strings and numbers, in the order of the schema.
    public static Map<String, Object> write(ProofBundle bundle) {
        var json = new LinkedHashMap<String, Object>();
        json.put("format", FORMAT);
        json.put(
                "algorithms",
                ordered(
                        "logHash", bundle.algorithms().logHash(),
                        "sourceHash", bundle.algorithms().sourceHash(),
                        "signature", bundle.algorithms().signature()));
        json.put("lane", lane(bundle.terms()));
        json.put("packet", bundle.packet().toHex());
        json.put(
                "anchor",
                ordered(
                        "kind", bundle.anchor().kind().name().toLowerCase(Locale.ROOT),
                        "height", bundle.anchor().height(),
                        "hash", bundle.anchor().hash().toHex()));
        json.put("updates", bundle.updates().stream().map(Bytes::toHex).toList());
        json.put(
                "event",
                ordered("height", bundle.height(), "proof", bundle.eventProof().toHex()));
        json.put(
                "checkpoint",
                ordered(
                        "size", bundle.checkpoint().size(),
                        "root", bundle.checkpoint().root().toHex()));
        json.put(
                "inclusion",
                ordered(
                        "index", bundle.index(),
                        "path", bundle.path().stream().map(Bytes32::toHex).toList()));
        return json;
    }

    private static Map<String, Object> lane(LaneTerms terms) {
        var limits = terms.terms();
        return ordered(
                "source", terms.source().name(),
                "sourceClient", terms.sourceClient().toString(),
                "outbox", terms.outbox().toHex(),
                "destination", terms.destination().name(),
                "destinationClient", terms.destinationClient().toString(),
                "inbox", terms.inbox().toHex(),
                "salt", terms.salt().toHex(),
                "terms",
                        ordered(
                                "maxPacket", limits.maxPacket(),
                                "window", limits.window(),
                                "maxTimeoutMs", limits.maxTimeoutMs(),
                                "sendersRoot", limits.sendersRoot().toHex(),
                                "policyHash", limits.policyHash().toHex()));
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
        return map;
    }

    /// Reads a bundle; what it says is not believed yet.
    public static ProofBundle read(Bytes octets) throws FormatException {
        var json = Reader.of(
                octets,
                Set.of(
                        "format",
                        "algorithms",
                        "lane",
                        "packet",
                        "anchor",
                        "updates",
                        "event",
                        "checkpoint",
                        "inclusion"));
        json.constant("format", FORMAT);
        var terms = terms(json.object(
                "lane",
                Set.of(
                        "source",
                        "sourceClient",
                        "outbox",
                        "destination",
                        "destinationClient",
                        "inbox",
                        "salt",
                        "terms")));
        var algorithms = json.object("algorithms", Set.of("logHash", "sourceHash", "signature"));
        var anchor = json.object("anchor", Set.of("kind", "height", "hash"));
        var event = json.object("event", Set.of("height", "proof"));
        var inclusion = json.object("inclusion", Set.of("index", "path"));
        return new ProofBundle(
                new ProofBundle.Algorithms(
                        algorithms.text("logHash"), algorithms.text("sourceHash"), algorithms.text("signature")),
                terms,
                json.octets("packet"),
                new ProofBundle.Anchor(
                        anchor.word("kind", List.of(ClientKind.values())),
                        anchor.number("height", 1, LARGEST),
                        anchor.hash("hash")),
                json.list("updates", -1),
                event.number("height", 1, LARGEST),
                event.octets("proof"),
                checkpoint(json.object("checkpoint", Set.of("size", "root")), terms),
                inclusion.number("index", 0, LARGEST),
                inclusion.list("path", 32).stream().map(Bytes32::new).toList());
    }

    private static Checkpoint checkpoint(Reader json, LaneTerms terms) throws FormatException {
        var root = json.hash("root");
        if (root.isZero()) throw json.refuse("root", "a root that is not zero");
        return new Checkpoint(terms.id(), json.number("size", 1, Checkpoint.SIZE_LIMIT - 1), root);
    }

    private static LaneTerms terms(Reader json) throws FormatException {
        var limits = json.object("terms", Set.of("maxPacket", "window", "maxTimeoutMs", "sendersRoot", "policyHash"));
        return new LaneTerms(
                json.chain("source"),
                new ClientId(json.hash("sourceClient")),
                json.address("outbox"),
                json.chain("destination"),
                new ClientId(json.hash("destinationClient")),
                json.address("inbox"),
                json.hash("salt"),
                new LaneTerms.Terms(
                        limits.number("maxPacket", 0, (1L << 32) - 1),
                        limits.number("window", 0, LARGEST),
                        limits.number("maxTimeoutMs", 0, LARGEST),
                        limits.hash("sendersRoot"),
                        limits.hash("policyHash")));
    }
}
