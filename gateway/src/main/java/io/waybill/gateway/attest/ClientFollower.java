package io.waybill.gateway.attest;

import io.waybill.core.port.ChainException;
import java.time.InstantSource;

/// Looks at one light-client contract and at the chain it follows.
final class ClientFollower implements Worker.Step {
    private final KnownClient client;
    private final InstantSource clock;
    private volatile ClientSnapshot snapshot = ClientSnapshot.UNSEEN;

    ClientFollower(KnownClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    ClientSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public boolean take() {
        try {
            var view = client.home().client(client.ref());
            snapshot = new ClientSnapshot(view, client.followed().head(), clock.instant(), null);
            return false;
        } catch (ChainException e) {
            snapshot = snapshot.failing(String.valueOf(e.getMessage()));
            throw e;
        }
    }
}
