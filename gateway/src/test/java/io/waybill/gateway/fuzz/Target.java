package io.waybill.gateway.fuzz;

import io.waybill.core.Bytes;
import io.waybill.core.client.ClientKind;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.evm.BlockJson;
import io.waybill.evm.ReceiptJson;
import io.waybill.fisco.FiscoBlockJson;
import io.waybill.gateway.attest.CanonicalJson;
import io.waybill.gateway.attest.StrictJson;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.gateway.bundle.BundleCbor;
import io.waybill.gateway.bundle.BundleFile;
import io.waybill.gateway.bundle.BundleJson;
import io.waybill.gateway.bundle.FormatException;
import io.waybill.rpc.Json;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// Each reader of files, requests and nodes' answers, with what must hold for any octets: it reads them or says in its
/// own exception why not, and what it reads it writes and reads again as the same.
enum Target {
    BUNDLE(Target::bundle),
    ANCHOR(Target::anchor),
    STRICT_JSON(Target::strictJson),
    BLOCK_JSON(Target::blockJson);

    private static final Pattern WORD = Pattern.compile("_(.)");

    private final Consumer<Bytes> property;

    Target(Consumer<Bytes> property) {
        this.property = property;
    }

    /// Shows the target any octets.
    ///
    /// @throws AssertionError if what must hold does not
    void fuzz(byte[] octets) {
        property.accept(Bytes.of(octets));
    }

    /// The name of the target's method in the fuzz test and of its folder in the corpus.
    String method() {
        return WORD.matcher(name().toLowerCase(Locale.ROOT))
                .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    private static void bundle(Bytes octets) {
        try {
            var file = BundleFile.read(octets);
            var again = switch (file.notation()) {
                case CBOR -> BundleCbor.write(file.bundle());
                case JSON -> Bytes.utf8(JsonMapper.shared().writeValueAsString(BundleJson.write(file.bundle())));
            };
            if (file.notation() == BundleFile.Notation.CBOR) same(octets, again);
            same(file, BundleFile.read(again));
        } catch (FormatException e) {
            explained(e.getMessage());
        }
    }

    private static void anchor(Bytes octets) {
        try {
            var anchor = AnchorJson.read(octets);
            same(anchor, AnchorJson.read(Bytes.utf8(AnchorJson.write(anchor))));
        } catch (FormatException e) {
            explained(e.getMessage());
        }
    }

    private static void strictJson(Bytes octets) {
        try {
            var value = StrictJson.read(octets);
            if (CanonicalJson.trouble(value, "").isPresent()) return;
            var canonical = CanonicalJson.of(value);
            same(canonical, CanonicalJson.of(StrictJson.read(canonical)));
        } catch (StrictJson.Malformed e) {
            explained(e.getMessage());
        }
    }

    private static void blockJson(Bytes octets) {
        try {
            var json = Json.parse("answer", octets.toArray());
            for (var kind : new ClientKind[] {ClientKind.QBFT, ClientKind.IBFT2}) {
                if (json.node().isObject()) BlockJson.read(kind, json);
            }
            for (var suite : FiscoSuite.values()) FiscoBlockJson.read(suite, json);
            ReceiptJson.read(json);
        } catch (ChainException.Unavailable e) {
            explained(e.getMessage());
        }
    }

    private static void same(Object expected, Object found) {
        if (!expected.equals(found))
            throw new AssertionError("read %s, written and read %s".formatted(expected, found));
    }

    private static void explained(String words) {
        if (words.isBlank() || words.length() > 4096)
            throw new AssertionError("%d characters".formatted(words.length()));
    }
}
