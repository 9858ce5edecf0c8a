package io.waybill.testkit;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Words;
import io.waybill.core.digest.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.json.JsonMapper;

/// The Ethereum Attestation Service as its npm package has it, compiled by `adapters/contracts/compile.mjs`: what
/// deploys it, and the calls by which people attest and revoke.
public final class TestEas {
    private TestEas() {}

    /// The creation code of the registry of schemas.
    public static Bytes deployRegistry() {
        return code("SchemaRegistry");
    }

    /// The creation code of EAS.
    public static Bytes deploy(Address registry) {
        return Bytes.concat(code("EAS"), Words.of(registry));
    }

    private static Bytes code(String name) {
        try (var file = TestEas.class.getResourceAsStream("eas/" + name + ".json")) {
            return Bytes.hex(
                    JsonMapper.shared().readTree(file).path("creationCode").asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Registers a schema whose attestations can be revoked.
    public static Bytes register(String schema, Address resolver) {
        return call(
                "register(string,address,bool)",
                Words.of(0x60),
                Words.of(resolver),
                Words.of(1),
                octets(Bytes.utf8(schema)));
    }

    /// The uid of such a schema: `keccak256(schema || resolver || revocable)`.
    public static Bytes32 schemaUid(String schema, Address resolver) {
        return Digests.keccak256(Bytes.concat(Bytes.utf8(schema), resolver.value(), Bytes.of(1)));
    }

    /// Attests something that can be revoked.
    ///
    /// @param expirationTime seconds since 1970, 0 for never
    public static Bytes attest(Bytes32 schema, Address recipient, long expirationTime, Bytes data) {
        return call(
                "attest((bytes32,(address,uint64,bool,bytes32,bytes,uint256)))",
                Words.of(0x20),
                schema.value(),
                Words.of(0x40),
                Words.of(recipient),
                Words.of(expirationTime),
                Words.of(1),
                Bytes32.ZERO.value(),
                Words.of(0xc0),
                Words.of(0),
                octets(data));
    }

    /// Revokes what the same account attested.
    public static Bytes revoke(Bytes32 schema, Bytes32 uid) {
        return call("revoke((bytes32,(bytes32,uint256)))", schema.value(), uid.value(), Words.of(0));
    }

    private static Bytes call(String signature, Bytes... arguments) {
        return Bytes.concat(Digests.keccak256(Bytes.utf8(signature)).value().slice(0, 4), Bytes.concat(arguments));
    }

    private static Bytes octets(Bytes octets) {
        return Bytes.concat(Words.of(octets.size()), Words.padded(octets));
    }
}
