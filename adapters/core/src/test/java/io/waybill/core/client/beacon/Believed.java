package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.beacon.SyntheticBeacon.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes32;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;

/// A header of [SyntheticBeacon] that is believed, and what is said of updates that are judged from it.
final class Believed {
    /// A header at slot 64, the first of period 1, with the next committee known.
    static final SyncStore STORE = new SyncStore(64, root(1), root(2));

    static Bytes32 root(long period) {
        return SyntheticBeacon.committee(period).root();
    }

    static Verdict<LightClientUpdate> judged(SyncStore store, LightClientUpdate update) {
        return judged(CHAIN, store, update);
    }

    static Verdict<LightClientUpdate> judged(BeaconChain chain, SyncStore store, LightClientUpdate update) {
        var signers = SyntheticBeacon.committee(chain.period(update.signatureSlot()));
        return new SyncProtocol(chain, store, update, chain.timeMs(update.signatureSlot())).validate(signers);
    }

    static void accepted(SyncStore store, LightClientUpdate update) {
        assertThat(judged(store, update)).isEqualTo(accept(update));
    }

    static void refused(SyncStore store, LightClientUpdate update, Rejection reason) {
        assertThat(judged(store, update)).isEqualTo(reject(reason));
    }

    private Believed() {}
}
