package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.lane.LaneTerms;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A bundle of one kind of chain with the anchor that vouches for it, as the files of both are written.
///
/// @param anchor the anchor file's properties
public record BundleVector(String name, Map<String, Object> anchor, ProofBundle bundle) {
    /// The properties of an anchor file of a kind, in their order.
    public static Map<String, Object> anchor(String kind, Object... properties) {
        var file = ordered("format", "waybill/anchor/1", "kind", kind);
        for (int i = 0; i < properties.length; i += 2) file.put((String) properties[i], properties[i + 1]);
        return file;
    }

    Map<String, Object> json() {
        var algorithms = bundle.algorithms();
        return ordered(
                "name",
                name,
                "anchor",
                anchor,
                "bundle",
                ordered(
                        "format",
                        "waybill/proof-bundle/1",
                        "algorithms",
                        ordered(
                                "logHash", algorithms.logHash(),
                                "headerHash", algorithms.headerHash(),
                                "receiptHash", algorithms.receiptHash(),
                                "signature", algorithms.signature()),
                        "lane",
                        lane(bundle.terms()),
                        "packet",
                        bundle.packet().toHex(),
                        "anchor",
                        ordered(
                                "kind", bundle.anchor().kind().name().toLowerCase(Locale.ROOT),
                                "height", bundle.anchor().height(),
                                "hash", bundle.anchor().hash().toHex()),
                        "updates",
                        bundle.updates().stream().map(Bytes::toHex).toList(),
                        "event",
                        ordered(
                                "height",
                                bundle.height(),
                                "proof",
                                bundle.eventProof().toHex()),
                        "checkpoint",
                        ordered(
                                "size",
                                bundle.checkpoint().size(),
                                "root",
                                bundle.checkpoint().root().toHex()),
                        "inclusion",
                        ordered(
                                "index",
                                bundle.index(),
                                "path",
                                bundle.path().stream().map(Bytes32::toHex).toList())));
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
}
