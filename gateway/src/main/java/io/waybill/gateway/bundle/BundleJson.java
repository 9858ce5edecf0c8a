package io.waybill.gateway.bundle;

import io.waybill.core.Bytes;
import io.waybill.core.proof.ProofBundle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A proof bundle as JSON; the resource `schema/proof-bundle-1.json` describes it. Reading is strict: no property more
/// or less, and no value that could be written in another way.
public final class BundleJson {
    private BundleJson() {}

    /// The bundle as maps, lists, strings and numbers, in the order of the schema; octets are hexadecimal text.
    public static Object write(ProofBundle bundle) {
        return text(BundleTree.of(bundle));
    }

    private static Object text(Object value) {
        return switch (value) {
            case Bytes octets -> octets.toHex();
            case List<?> list -> list.stream().map(BundleJson::text).toList();
            case Map<?, ?> map -> {
                var written = new LinkedHashMap<String, Object>();
                map.forEach((name, member) -> written.put((String) name, text(member)));
                yield written;
            }
            default -> value;
        };
    }

    /// Reads a bundle; what it says is not believed yet.
    public static ProofBundle read(Bytes octets) throws FormatException {
        return BundleTree.read(Reader.json(octets));
    }
}
