package io.waybill.core.client.beacon;

import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// One client with what a relayer of its updates remembers: the committees, and what was known at each slot.
final class Follower {
    static final long TRUSTING_PERIOD_MS = 100L * 24 * 3600 * 1000;
    static final long DRIFT_MS = 500;

    final BeaconChain chain;
    final BeaconClient client;
    final Map<Bytes32, SyncCommittee> committees = new HashMap<>();
    final TreeMap<Long, SyncStore> stores = new TreeMap<>();
    ClientState state;

    Follower(BeaconChain chain, LightClientBootstrap bootstrap) {
        this.chain = chain;
        client = client(chain, bootstrap);
        state = client.anchor(bootstrap).orElseThrow();
        var store = bootstrap.check(chain).orElseThrow();
        stores.put(store.slot(), store);
        remember(bootstrap.current().value());
    }

    static BeaconClient client(BeaconChain chain, LightClientBootstrap bootstrap) {
        var beacon = bootstrap.header().beacon();
        return new BeaconClient(new BeaconClient.Params(
                new ChainId("eip155:1"), chain, TRUSTING_PERIOD_MS, DRIFT_MS, beacon.slot(), beacon.root()));
    }

    private void remember(SyncCommittee committee) {
        committees.put(committee.root(), committee);
    }

    SyncStore latest() {
        return stores.lastEntry().getValue();
    }

    /// The update in its wire form, from the latest header that is believed.
    BeaconUpdate shown(LightClientUpdate update) {
        return shown(latest(), update);
    }

    BeaconUpdate shown(SyncStore trusted, LightClientUpdate update) {
        var root = trusted.signers(chain, update.signatureSlot()).orElseThrow();
        return new BeaconUpdate(trusted, Objects.requireNonNull(committees.get(root)), update);
    }

    /// When the signature's slot begins.
    long time(LightClientUpdate update) {
        return chain.timeMs(update.signatureSlot());
    }

    Verdict<ClientState> judge(LightClientUpdate update) {
        return client.update(state, shown(update).encode(), time(update));
    }

    /// Follows an update that must be accepted.
    Follower follow(LightClientUpdate update) {
        state = judge(update).orElseThrow();
        if (state.frozen()) throw new AssertionError("frozen");
        var after = latest().after(chain, update);
        stores.put(after.slot(), after);
        var next = update.next();
        if (next != null) remember(next.value());
        return this;
    }
}
