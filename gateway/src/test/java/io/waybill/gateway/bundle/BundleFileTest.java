package io.waybill.gateway.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.waybill.core.Bytes;
import io.waybill.core.proof.BundleVerifier;
import io.waybill.core.proof.ProofBundle;
import io.waybill.gateway.bundle.BundleFile.Notation;
import io.waybill.gateway.bundle.BundleSamples.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class BundleFileTest {
    private static final String SAMPLES = "io.waybill.gateway.bundle.BundleSamples#all";
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(BundleFile.schema(), InputFormat.JSON);

    private static boolean holds(Sample sample, ProofBundle bundle) throws FormatException {
        var anchor = AnchorJson.read(sample.anchorFile());
        return BundleVerifier.verify(bundle, anchor.client(), anchor.state()).holds();
    }

    @ParameterizedTest
    @MethodSource(SAMPLES)
    void aBundleOfEachKindHoldsInEitherNotation(Sample sample) throws FormatException {
        var json = BundleFile.read(sample.file());
        var octets = BundleCbor.write(json.bundle());
        var cbor = BundleFile.read(octets);

        assertThat(json.notation()).isEqualTo(Notation.JSON);
        assertThat(cbor.notation()).isEqualTo(Notation.CBOR);
        assertThat(cbor.bundle()).isEqualTo(json.bundle());
        assertThat(JsonMapper.shared()
                        .valueToTree(BundleJson.write(cbor.bundle()))
                        .toString())
                .isEqualTo(sample.bundle().toString());
        assertThat(octets.size()).isLessThan(sample.file().size() * 6 / 10);
        assertThat(holds(sample, json.bundle())).isTrue();
    }

    @ParameterizedTest
    @MethodSource(SAMPLES)
    void oneBitChangedInAProofAndItDoesNotHold(Sample sample) throws FormatException {
        for (var changed : changes(sample.bundle())) {
            var bundle = BundleFile.read(BundleSamples.text(changed.bundle())).bundle();
            assertThat(holds(sample, bundle)).as(changed.what()).isFalse();
        }
    }

    private record Changed(String what, ObjectNode bundle) {}

    @ParameterizedTest
    @MethodSource(SAMPLES)
    void theAnchorFileIsWrittenAsItWasRead(Sample sample) throws FormatException {
        var anchor = AnchorJson.read(sample.anchorFile());
        assertThat(JsonMapper.shared().readTree(AnchorJson.write(anchor))).isEqualTo(sample.anchor());
        assertThat(anchor.id().toString())
                .isEqualTo(sample.bundle().at("/lane/sourceClient").stringValue());
        assertThat(anchor.state().latest().hash().toHex())
                .isEqualTo(sample.bundle().at("/anchor/hash").stringValue());
    }

    @ParameterizedTest
    @MethodSource(SAMPLES)
    void theSchemaTakesABundleOfEachKind(Sample sample) {
        assertThat(SCHEMA.validate(sample.bundle())).isEmpty();
    }

    /// The bundle with the lowest bit of one octet changed, in four places of every proof. The last octets are not
    /// among them: a beacon update ends in the slot of its signature, which only picks the committee.
    private static List<Changed> changes(ObjectNode bundle) {
        var changed = new ArrayList<Changed>();
        for (var place : List.of("/packet", "/event/proof", "/checkpoint/root")) changeIn(bundle, place, changed);
        for (int i = 0; i < bundle.path("updates").size(); i++) changeIn(bundle, "/updates/" + i, changed);
        int steps = bundle.at("/inclusion/path").size();
        for (int i = 0; i < steps; i++) changeIn(bundle, "/inclusion/path/" + i, changed);
        return changed;
    }

    private static void changeIn(ObjectNode bundle, String place, List<Changed> changed) {
        var octets = Bytes.hex(bundle.at(place).stringValue());
        for (int index : new int[] {0, octets.size() / 3, octets.size() / 2, octets.size() - 20}) {
            var text = octets.with(index, octets.at(index) ^ 1).toHex();
            var copy = bundle.deepCopy();
            int name = place.lastIndexOf('/');
            switch (copy.at(place.substring(0, name))) {
                case ObjectNode object -> object.put(place.substring(name + 1), text);
                case ArrayNode array -> array.set(Integer.parseInt(place.substring(name + 1)), array.stringNode(text));
                case JsonNode other -> throw new AssertionError(other);
            }
            changed.add(new Changed("%s, octet %d".formatted(place, index), copy));
        }
    }

    @Nested
    class Refuses {
        private final Sample good = BundleSamples.first();

        @Test
        void whatTheSchemaRefuses() {
            for (var place : List.of("", "/algorithms", "/lane", "/lane/terms", "/anchor", "/event", "/inclusion")) {
                for (var name : good.bundle().at(place).propertyNames()) {
                    var lacking = good.bundle().deepCopy();
                    ((ObjectNode) lacking.at(place)).remove(name);
                    refused(lacking, place + "/" + name + ": expected a value, found none");

                    var other = good.bundle().deepCopy();
                    ((ObjectNode) other.at(place)).put(name, true);
                    refused(other, place + "/" + name + ": expected ");
                }
                var more = good.bundle().deepCopy();
                ((ObjectNode) more.at(place)).put("more", 1);
                refused(more, place + "/more: expected no such property, found one");
            }
        }

        private void refused(ObjectNode bundle, String message) {
            assertThat(SCHEMA.validate(bundle)).as(message).isNotEmpty();
            assertThatThrownBy(() -> BundleFile.read(BundleSamples.text(bundle)))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith(message);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                /packet         | "0xAB"       | /packet: expected 0x and pairs of lower-case hexadecimal digits, found "0xAB"
                /packet         | "0xabc"      | /packet: expected 0x and pairs of lower-case hexadecimal digits, found "0xabc"
                /packet         | "ab"         | /packet: expected 0x and pairs of lower-case hexadecimal digits, found "ab"
                /anchor/hash    | "0x00"       | /anchor/hash: expected 0x and 64 lower-case hexadecimal digits, found "0x00"
                /anchor/height  | 0            | /anchor/height: expected 1 to 9007199254740991, found 0
                /anchor/height  | 1.0          | /anchor/height: expected a whole number, found 1.0
                /event/height   | 9007199254740992 | /event/height: expected 1 to 9007199254740991, found 9007199254740992
                /checkpoint/size | 281474976710656 | /checkpoint/size: expected 1 to 281474976710655, found 281474976710656
                /lane/source    | "EIP155:1"   | /lane/source: expected a CAIP-2 name, found "EIP155:1"
                /format         | "waybill/proof-bundle/2" | /format: expected "waybill/proof-bundle/1", found "waybill/proof-bundle/2"
                """)
        void aValueThatIsWrittenOtherwise(String place, String value, String message) {
            var changed = good.bundle().deepCopy();
            int name = place.lastIndexOf('/');
            ((ObjectNode) changed.at(place.substring(0, name)))
                    .set(place.substring(name + 1), JsonMapper.shared().readTree(value));
            assertThatThrownBy(() -> BundleFile.read(BundleSamples.text(changed)))
                    .isInstanceOf(FormatException.class)
                    .hasMessage(message);
        }

        @Test
        void whatIsNoBundleAtAll() {
            assertThatThrownBy(() -> BundleFile.read(Bytes.EMPTY)).hasMessageStartingWith("/: expected JSON, found");
            assertThatThrownBy(() -> BundleFile.read(Bytes.utf8("[1]"))).hasMessage("/: expected an object, found [1]");
            assertThatThrownBy(() -> BundleFile.read(Bytes.utf8("{\"a\":1,\"a\":1}")))
                    .hasMessageContaining("Duplicate");
            assertThatThrownBy(() -> BundleFile.read(Bytes.of(new byte[BundleTree.LONGEST + 1])))
                    .hasMessage("/: expected at most 67108864 octets, found 67108865 octets");
        }
    }
}
