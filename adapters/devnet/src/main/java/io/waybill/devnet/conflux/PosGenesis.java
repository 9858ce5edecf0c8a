package io.waybill.devnet.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.conflux.EpochState;
import io.waybill.core.client.conflux.Validator;
import io.waybill.rpc.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.digests.SHA3Digest;
import tools.jackson.databind.node.ObjectNode;

/// How the PoS chain of a devnet begins: who registered, and which of them are in the first committee.
///
/// @param validators that registered, each with [#POWER] votes
/// @see <a href="https://github.com/Conflux-Chain/conflux-rust">conflux-rust v3.0.2, pos-genesis-tool</a>
record PosGenesis(List<PosValidator> validators, long chainId) {
    private static final int POWER = 2000;
    /// Six terms of fifty seats.
    private static final int SEATS = 300;
    private static final Bytes SEED = Bytes.of(new byte[32]);
    private static final String REGISTER = "e335b451";
    private static final String STAKING = "0x0888000000000000000000000000000000000005";

    PosGenesis {
        validators = List.copyOf(validators);
    }

    private static Bytes32 sha3(Bytes... parts) {
        var digest = new SHA3Digest(256);
        var octets = Bytes.concat(parts).toArray();
        digest.update(octets, 0, octets.length);
        var hash = new byte[32];
        digest.doFinal(hash, 0);
        return new Bytes32(Bytes.of(hash));
    }

    /// One drawn lot.
    private record Lot(Bytes32 draw, Bytes32 account) {}

    /// The seats that each account has: those with the largest draws.
    private Map<Bytes32, Long> seats() {
        return validators.stream()
                .map(PosValidator::account)
                .flatMap(account -> IntStream.range(0, POWER)
                        .mapToObj(nonce -> new Lot(sha3(account.value(), SEED, Bytes.u64(nonce)), account)))
                .sorted(Comparator.comparing(Lot::draw).reversed())
                .limit(SEATS)
                .collect(Collectors.groupingBy(Lot::account, TreeMap::new, Collectors.counting()));
    }

    /// The first committee, that of epoch 1.
    EpochState committee() {
        var seats = seats();
        var members = validators.stream()
                .filter(validator -> seats.containsKey(validator.account()))
                .map(validator -> new Validator(
                        validator.account(),
                        validator.blsKey(),
                        validator.vrfKey(),
                        seats.getOrDefault(validator.account(), 0L)))
                .toList();
        return EpochState.of(1, members, Bytes.EMPTY);
    }

    /// `initial_nodes.json`.
    String initialNodes() {
        var root = Json.MAPPER.createObjectNode();
        var nodes = root.putArray("initial_nodes");
        validators.forEach(validator -> put(nodes.addObject(), validator));
        var committee = root.putArray("initial_committee");
        seats().forEach((account, seats) ->
                committee.addArray().add(account.toHex().substring(2)).add(seats.longValue()));
        root.put("initial_seed", SEED.toHex());
        return root.toString();
    }

    private void put(ObjectNode node, PosValidator validator) {
        node.put("address", validator.address().toHex())
                .put("bls_key", validator.blsKey().toHex().substring(2))
                .put("vrf_key", validator.vrfKey().toHex().substring(2))
                .put("voting_power", POWER);
        var tx = node.putObject("register_tx")
                .put("nonce", "0x0")
                .put("gas_price", "0x1")
                .put("gas", "0x30d40")
                .put("value", "0x0")
                .put("storage_limit", 16_000)
                .put("epoch_height", 0)
                .put("chain_id", chainId);
        tx.putObject("action").put("Call", STAKING);
        var data = tx.putArray("data");
        for (byte octet : registration(validator).toArray()) data.add(octet & 0xff);
    }

    /// `register(bytes32, uint64, bytes, bytes, bytes[2])`.
    private static Bytes registration(PosValidator validator) {
        var bls = padded(validator.blsKey());
        var vrf = padded(validator.vrfKey());
        var proof = validator.possession();
        int head = 5 * 32;
        return Bytes.concat(
                Bytes.hex(REGISTER),
                validator.account().value(),
                number(POWER),
                number(head),
                number(head + bls.size()),
                number(head + bls.size() + vrf.size()),
                bls,
                vrf,
                number(64),
                number(64 + padded(proof[0]).size()),
                padded(proof[0]),
                padded(proof[1]));
    }

    private static Bytes number(long value) {
        return Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(value));
    }

    private static Bytes padded(Bytes octets) {
        return Bytes.concat(number(octets.size()), octets, Bytes.of(new byte[-octets.size() & 31]));
    }

    /// `genesis_file`: a transaction in BCS that writes the first committee.
    Bytes genesisFile() {
        var members = committee().validators().stream()
                .map(member -> Bytes.concat(
                        member.account().value(),
                        little(member.votingPower()),
                        sized(member.publicKey()),
                        Bytes.of(1),
                        sized(member.vrfKey() == null ? Bytes.EMPTY : member.vrfKey()),
                        Bytes.of(0, 0),
                        little(0)))
                .toList();
        var key = Bytes.concat(Bytes.hex("0400000000000000"), Bytes.of(new byte[28]), Bytes.hex("0a550c18"));
        var data = Bytes.concat(Bytes.of(0), length(members.size()), Bytes.concat(members));
        return Bytes.concat(Bytes.hex("0100000100"), sized(key), sized(data));
    }

    /// The waypoint, which names the state that [#genesisFile()] makes.
    String waypoint() {
        var body = Bytes.concat(
                little(0),
                sized(Bytes.of(new byte[32])),
                little(0),
                little(0),
                Bytes.of(1),
                committee().encode());
        return "0:"
                + sha3(sha3(Bytes.utf8("DIEM::Ledger2WaypointConverter")).value(), body)
                        .toHex()
                        .substring(2);
    }

    private static Bytes little(long value) {
        return Bytes.u64(Long.reverseBytes(value));
    }

    private static Bytes sized(Bytes octets) {
        return Bytes.concat(length(octets.size()), octets);
    }

    private static Bytes length(int length) {
        return length < 0x80 ? Bytes.of(length) : Bytes.of((length & 0x7f) | 0x80, length >> 7);
    }
}
