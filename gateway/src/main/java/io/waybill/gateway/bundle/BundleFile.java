package io.waybill.gateway.bundle;

import io.waybill.core.Bytes;
import io.waybill.core.proof.ProofBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// A proof bundle in the notation it was found in.
///
/// @param notation what it is written in
public record BundleFile(Notation notation, ProofBundle bundle) {
    private static final String SCHEMA = "/schema/proof-bundle-1.json";
    private static final int ARRAY = 4;
    private static final int TAG = 6;

    /// What a bundle is written in.
    public enum Notation {
        JSON,
        CBOR
    }

    /// Reads a bundle in either notation: JSON begins with `{`, CBOR with a map.
    ///
    /// @throws FormatException naming the place in the bundle, what was expected and what was found
    public static BundleFile read(Bytes octets) throws FormatException {
        if (octets.size() > BundleTree.LONGEST) {
            throw new FormatException("", "at most %d octets".formatted(BundleTree.LONGEST), octets.size() + " octets");
        }
        return isCbor(octets)
                ? new BundleFile(Notation.CBOR, BundleCbor.read(octets))
                : new BundleFile(Notation.JSON, BundleJson.read(octets));
    }

    private static boolean isCbor(Bytes octets) {
        int major = octets.isEmpty() ? 0 : octets.at(0) >> 5;
        return major >= ARRAY && major <= TAG;
    }

    /// The JSON Schema (draft 2020-12) of a bundle.
    public static String schema() {
        try (var in = Objects.requireNonNull(BundleFile.class.getResourceAsStream(SCHEMA))) {
            return Bytes.of(in.readAllBytes()).toUtf8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
