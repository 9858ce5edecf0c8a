package io.waybill.testkit;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
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
        return Bytes.concat(code("EAS"), word(registry));
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
        return call("register(string,address,bool)", word(0x60), word(resolver), word(1), octets(Bytes.utf8(schema)));
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
                word(0x20),
                schema.value(),
                word(0x40),
                word(recipient),
                word(expirationTime),
                word(1),
                Bytes32.ZERO.value(),
                word(0xc0),
                word(0),
                octets(data));
    }

    /// Revokes what the same account attested.
    public static Bytes revoke(Bytes32 schema, Bytes32 uid) {
        return call("revoke((bytes32,(bytes32,uint256)))", schema.value(), uid.value(), word(0));
    }

    private static Bytes call(String signature, Bytes... arguments) {
        return Bytes.concat(Digests.keccak256(Bytes.utf8(signature)).value().slice(0, 4), Bytes.concat(arguments));
    }

    private static Bytes octets(Bytes octets) {
        return Bytes.concat(word(octets.size()), octets, Bytes.of(new byte[(32 - octets.size() % 32) % 32]));
    }

    private static Bytes word(long value) {
        return Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(value));
    }

    private static Bytes word(Address address) {
        return Bytes.concat(Bytes.of(new byte[12]), address.value());
    }
}
