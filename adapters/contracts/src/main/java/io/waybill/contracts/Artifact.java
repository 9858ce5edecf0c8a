package io.waybill.contracts;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import java.util.List;

/// One compiled contract.
///
/// @param abi          its functions, events, errors and constructor
/// @param creationCode what a deployment runs; the constructor's arguments follow it
/// @param runtimeCode  what lies on chain, with zeros where immutable values go
/// @param immutables   where they go
public record Artifact(String name, List<AbiEntry> abi, Bytes creationCode, Bytes runtimeCode, List<Span> immutables) {
    public Artifact {
        abi = List.copyOf(abi);
        immutables = List.copyOf(immutables);
    }

    /// One entry of an interface.
    ///
    /// @param type       `function`, `event`, `error` or `constructor`
    /// @param signature  name and types, tuples written out: what selectors and topics are hashed from
    /// @param mutability `pure`, `view`, `nonpayable`, `payable`, or empty where it has none
    /// @param inputs     names and types of the arguments
    public record AbiEntry(String type, String signature, String mutability, List<Argument> inputs) {
        public AbiEntry {
            inputs = List.copyOf(inputs);
        }

        public String name() {
            return signature.substring(0, signature.indexOf('('));
        }
    }

    /// An argument of an [AbiEntry].
    public record Argument(String name, String type) {}

    /// Octets `[start, start + length)` of runtime code.
    public record Span(int start, int length) {}

    /// The same contract as it lives on a host.
    public Artifact on(Host host) {
        return host == Host.EVM ? Artifacts.read(name) : Artifacts.read(host, name);
    }

    /// The hash that tells which release a deployed contract is, whatever its immutable values: SHA-256 over its
    /// runtime code with those values zeroed, rule R1.4.
    public Bytes32 releaseHash() {
        return Digests.sha256(runtimeCode);
    }

    /// Whether code found on chain is this contract, whatever its immutable values.
    public boolean isDeployedAs(Bytes code) {
        return code.size() == runtimeCode.size() && Digests.sha256(masked(code)).equals(releaseHash());
    }

    private Bytes masked(Bytes code) {
        var octets = code.toArray();
        for (var span : immutables) {
            for (int i = 0; i < span.length(); i++) octets[span.start() + i] = 0;
        }
        return Bytes.of(octets);
    }
}
