package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.ssz.BeaconBlockHeader;
import io.waybill.core.client.beacon.ssz.ExecutionField;
import io.waybill.core.client.beacon.ssz.ExecutionPayloadHeader;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import supranational.blst.P1;
import supranational.blst.SecretKey;

/// A chain of the minimal preset, made up as far as light clients look at it: two epochs of Altair, two of
/// Bellatrix, two of Capella, then Deneb from slot 48, Electra from slot 96, Fulu from slot 160. In each
/// committee the last member is the first once more.
final class SyntheticBeacon {
    static final BeaconChain CHAIN = new BeaconChain(
            Preset.MINIMAL,
            BeaconVectors.minimalForks(0, 2, 4, 6, 12, 20),
            Digests.sha256(Bytes.utf8("validators")),
            1_700_000_000,
            6000);

    private static final int MEMBERS = Preset.MINIMAL.committeeSize();
    private static final int EXECUTION = 25;
    private static final Map<Long, List<SecretKey>> SECRETS = new HashMap<>();
    private static final Map<Long, SyncCommittee> COMMITTEES = new HashMap<>();

    private SyntheticBeacon() {}

    static List<SecretKey> secrets(long period) {
        return SECRETS.computeIfAbsent(period, SyntheticBeacon::generated);
    }

    private static List<SecretKey> generated(long period) {
        var secrets = new ArrayList<SecretKey>();
        for (int i = 0; i < MEMBERS - 1; i++) {
            var secret = new SecretKey();
            secret.keygen(Bytes.concat(Bytes.of(new byte[16]), Bytes.u64(period), Bytes.u64(i))
                    .toArray());
            secrets.add(secret);
        }
        secrets.add(secrets.getFirst());
        return List.copyOf(secrets);
    }

    static SyncCommittee committee(long period) {
        return COMMITTEES.computeIfAbsent(period, SyntheticBeacon::built);
    }

    private static SyncCommittee built(long period) {
        var keys = new ArrayList<Bytes>();
        var sum = new P1();
        for (var secret : secrets(period)) {
            var key = new P1(secret);
            keys.add(Bytes.of(key.compress()));
            sum.add(key);
        }
        keys.add(Bytes.of(sum.compress()));
        return new SyncCommittee(Bytes.concat(keys));
    }

    static Fork fork(long slot) {
        return CHAIN.fork(slot).orElseThrow();
    }

    /// The block at a slot, of the state with a root.
    static LightClientHeader header(long slot, Bytes32 stateRoot) {
        return header(slot, stateRoot, Digests.keccak256(Bytes.u64(slot)));
    }

    static LightClientHeader header(long slot, Bytes32 stateRoot, Bytes32 blockHash) {
        var parent = Digests.sha256(Bytes.u64(slot));
        if (fork(slot).before(Fork.CAPELLA)) {
            var beacon = new BeaconBlockHeader(slot, 7, parent, stateRoot, Digests.sha256(Bytes.utf8("body")));
            return new LightClientHeader(beacon, null, List.of());
        }
        var execution = execution(slot, blockHash);
        var body = new SparseTree(Map.of(EXECUTION, execution.root(fork(slot))));
        var beacon = new BeaconBlockHeader(slot, 7, parent, stateRoot, body.root());
        return new LightClientHeader(beacon, execution, body.branch(EXECUTION));
    }

    static ExecutionPayloadHeader execution(long slot, Bytes32 blockHash) {
        var fields = new ArrayList<Bytes>();
        for (var field : ExecutionField.values()) {
            fields.add(
                    switch (field) {
                        case FEE_RECIPIENT -> Bytes.of(new byte[20]);
                        case LOGS_BLOOM -> Bytes.of(new byte[256]);
                        case EXTRA_DATA -> Bytes.utf8("extra");
                        case TIMESTAMP -> Rlp.minimal(CHAIN.timeMs(slot) / 1000);
                        case BLOCK_NUMBER -> Rlp.minimal(slot);
                        case GAS_LIMIT, GAS_USED, BASE_FEE_PER_GAS -> Bytes.of(7);
                        case BLOB_GAS_USED, EXCESS_BLOB_GAS ->
                            fork(slot).before(Fork.DENEB) ? Bytes.EMPTY : Bytes.of(1, 2);
                        case BLOCK_HASH -> blockHash.value();
                        default ->
                            Digests.sha256(Bytes.utf8(field.standardName())).value();
                    });
        }
        return new ExecutionPayloadHeader(fields);
    }

    /// A finalised block, of a state that nobody asks for.
    static LightClientHeader finalised(long slot) {
        return header(slot, Digests.sha256(Bytes.utf8("state " + slot)));
    }

    /// The bootstrap at a slot, of its period's committee.
    static LightClientBootstrap bootstrap(long slot) {
        return bootstrap(slot, committee(CHAIN.period(slot)));
    }

    static LightClientBootstrap bootstrap(long slot, SyncCommittee committee) {
        int index = fork(slot).currentCommittee();
        var state = new SparseTree(Map.of(index, committee.root()));
        return new LightClientBootstrap(header(slot, state.root()), new InState<>(committee, state.branch(index)));
    }

    /// The part of a state that light clients look into.
    static SparseTree state(Fork rules, Bytes32 finalisedRoot, SyncCommittee next) {
        var nodes = new TreeMap<Integer, Bytes32>();
        nodes.put(rules.finalizedRoot(), finalisedRoot);
        nodes.put(rules.nextCommittee(), next.root());
        return new SparseTree(nodes);
    }
}
