package io.waybill.core.fuzz;

import io.waybill.core.Bytes;
import io.waybill.core.attestation.Packet;
import io.waybill.core.client.committee.CommitteeProofs;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoVectors;
import io.waybill.core.client.fisco2.Fisco2Proofs;
import io.waybill.core.client.qbft.BesuVectors;
import io.waybill.core.client.qbft.Crossing;
import io.waybill.core.proof.EvmAccount;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the seeds of the committed corpus come from: valid octets for each target. With
/// `-Dwaybill.corpus.write=true` they are written anew; what a fuzzer found lies beside them and is left alone.
final class Seeds {
    private static final Path FOLDER = Path.of("src/test/resources/io/waybill/core/fuzz/DecodersFuzzTestInputs");
    private static final Crossing CROSSING = Crossing.make();

    private Seeds() {}

    /// Seeds of a target by name, one or more.
    static Map<String, Bytes> of(Target target) {
        return switch (target) {
            case RLP -> rlp();
            case QBFT_HEADER -> headers("qbft-berlin", "qbft-shanghai", "qbft-cancun", "qbft-prague-votes-rounds");
            case IBFT2_HEADER -> headers("ibft2-london-votes-rounds", "ibft2-shanghai");
            case QBFT_UPDATE -> proofs("qbft-.* (next|change)");
            case QBFT_EVENT_PROOF -> proofs("checkpoint event");
            case EVM_RECEIPT -> receipts();
            case TRIE_PROOF -> tries();
            case EVM_HEADER -> headers("qbft-berlin", "qbft-shanghai", "qbft-cancun", "qbft-prague-votes-rounds");
            case EVM_ACCOUNT ->
                Map.of(
                        "account",
                        new EvmAccount(
                                        7,
                                        BigInteger.TEN.pow(18),
                                        MerklePatriciaTrie.EMPTY_ROOT,
                                        FiscoProofs.LANE.value())
                                .encode());
            case FISCO_ANCHOR -> anchors();
            case FISCO_UPDATE -> proofs("(std|sm) headers.*");
            case FISCO_EVENT_PROOF -> proofs(".* carrier .*");
            case FISCO_CARRIER -> Map.of("carrier", FiscoProofs.carrier().preimage());
            case FISCO_TRANSACTION -> transactions();
            case FISCO2_ANCHOR -> Map.of("anchor", Fisco2Proofs.anchor());
            case FISCO2_UPDATE -> proofs("2.x standard header.*");
            case FISCO2_EVENT_PROOF -> proofs("2.x .* event .*");
            case CONFLUX_LEDGER_INFO -> ConfluxSeeds.ledgerInfos();
            case CONFLUX_EPOCH_STATE -> ConfluxSeeds.committees();
            case CONFLUX_UPDATE -> ConfluxSeeds.updates();
            case CONFLUX_HEADER -> ConfluxSeeds.headers();
            case CONFLUX_RECEIPT -> ConfluxSeeds.receipts();
            case CONFLUX_EVENT_PROOF -> ConfluxSeeds.events();
            case BEACON_BOOTSTRAP -> BundleSeeds.anchors("beacon", "bootstrap");
            case BEACON_UPDATE -> BundleSeeds.updates("beacon");
            case BEACON_EVENT_PROOF -> BundleSeeds.events("beacon");
            case COMMITTEE_ANCHOR -> Map.of("anchor", CommitteeProofs.anchor());
            case COMMITTEE_UPDATE -> proofs("committee block");
            case COMMITTEE_EVENT_PROOF -> proofs("committee record.*");
            case PACKET -> Map.of("packet", CROSSING.packets().getFirst());
            case PACKET_STATUS -> Map.of("status", CROSSING.statuses().getFirst());
            case ATTESTATION -> Map.of("attestation", attestation());
            case VERIFIERS -> proofs(".*");
        };
    }

    static void write() {
        for (var target : Target.values()) {
            var folder = FOLDER.resolve(target.method());
            of(target).forEach((name, octets) -> {
                try {
                    Files.createDirectories(folder);
                    Files.write(folder.resolve("seed-" + name.replace(' ', '-')), octets.toArray());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static Map<String, Bytes> rlp() {
        return Map.of(
                "nested",
                        Rlp.list(Rlp.of(1), Rlp.list(Rlp.of(0), Rlp.list(Rlp.list(), Rlp.of(1L << 40))), Rlp.list())
                                .encode(),
                "long",
                        Rlp.list(Rlp.of(Bytes.of(new byte[60])), Rlp.of(Bytes.of(new byte[300])))
                                .encode());
    }

    private static Map<String, Bytes> headers(String... networks) {
        var seeds = new LinkedHashMap<String, Bytes>();
        for (var network : networks) {
            seeds.put(network, BesuVectors.headers(network).get(2).header().encode());
        }
        return seeds;
    }

    private static Map<String, Bytes> proofs(String names) {
        var seeds = new LinkedHashMap<String, Bytes>();
        for (var proof : ValidProofs.all()) {
            if (proof.name().matches(names)) seeds.put(proof.name(), proof.wire());
        }
        return seeds;
    }

    private static Map<String, Bytes> receipts() {
        var seeds = new LinkedHashMap<String, Bytes>();
        for (var proof : ValidProofs.all()) {
            if (!proof.name().startsWith("receipt of")) continue;
            var nodes = Rlp.decode(proof.wire()).orElseThrow().items().get(1).items();
            var leaf = Rlp.decode(nodes.getLast().octets()).orElseThrow().items();
            seeds.put(proof.name(), leaf.getLast().octets());
        }
        return seeds;
    }

    private static Map<String, Bytes> tries() {
        var seeds = new LinkedHashMap<String, Bytes>();
        for (var proof : ValidProofs.all()) {
            if (!proof.name().startsWith("receipt of")) continue;
            var parts = Rlp.decode(proof.wire()).orElseThrow().items();
            seeds.put(
                    proof.name(),
                    Rlp.list(Rlp.of(parts.get(0).encode()), parts.get(1)).encode());
        }
        return seeds;
    }

    private static Map<String, Bytes> anchors() {
        var seeds = new LinkedHashMap<String, Bytes>();
        for (var network : List.of("std", "sm")) {
            var header = FiscoVectors.chain(network).getFirst().header();
            seeds.put(network, new FiscoAnchor(header).encode());
        }
        return seeds;
    }

    private static Map<String, Bytes> transactions() {
        var seeds = new LinkedHashMap<String, Bytes>();
        for (var network : List.of("std", "sm")) {
            FiscoSuite suite = FiscoVectors.suite(network);
            FiscoVectors.chain(network).stream()
                    .flatMap(block -> block.txs().stream())
                    .filter(sent -> sent.transaction().transaction().input().size() < 1000)
                    .findFirst()
                    .ifPresent(sent -> seeds.put(network, sent.transaction().encode(suite)));
        }
        return seeds;
    }

    private static Bytes attestation() {
        return Packet.decode(CROSSING.packets().getFirst()).orElseThrow().attestation();
    }
}
