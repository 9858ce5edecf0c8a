package io.waybill.relayer.lane;

import io.waybill.core.client.ConsensusState;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientView;
import java.time.Duration;
import java.time.InstantSource;

/// Keeps the contract's client usable: reads what it believes, compares it with what we know, and updates it before
/// its trusting period ends although nothing is to be carried.
final class Refresh {
    /// A client is refreshed once its latest header is this part of the trusting period old.
    private static final int PART = 3;
    /// How often in that time we look.
    private static final int LOOKS = 4;

    private static final Duration SELDOM = Duration.ofMinutes(1);

    private final Route route;
    private final ClientTracker tracker;
    private final Deliver deliver;
    private final InstantSource clock;
    private final Certainty certainty = new Certainty();
    private long dueMs = Long.MIN_VALUE;

    Refresh(Route route, ClientTracker tracker, Deliver deliver, InstantSource clock) {
        this.route = route;
        this.tracker = tracker;
        this.deliver = deliver;
        this.clock = clock;
    }

    /// What the contract's client believes, once it is known that it may be built upon.
    ///
    /// @throws Halt                   if it was seen several times to be frozen
    /// @throws ChainException.Refused if it has expired
    ClientView view() {
        var view = route.to().client(route.client().ref());
        return switch (view.status()) {
            case ACTIVE -> {
                certainty.fine();
                yield view;
            }
            case FROZEN ->
                throw certainty.grave("client of %s at %s: frozen by misbehaviour"
                        .formatted(route.from().id(), route.to().id()));
            case EXPIRED ->
                throw new ChainException.Refused("client of %s at %s: expired; operators must re-anchor it"
                        .formatted(route.from().id(), route.to().id()));
        };
    }

    /// The contract's latest header as we know it, after comparing all headers it holds with ours.
    ConsensusState latest(ClientView view) {
        return tracker.agree(view, view.accepted().lastKey());
    }

    boolean due() {
        return clock.millis() >= dueMs;
    }

    /// Looks at the client and updates it if it is a third of its trusting period old and its chain has newer
    /// headers.
    ///
    /// @return the latest header it held before
    ConsensusState look() {
        var view = view();
        var latest = latest(view);
        long periodMs = route.client().trustingPeriod().toMillis();
        if (view.nowMs() - latest.timeMs() >= periodMs / PART) update(latest.height());
        dueMs = clock.millis() + Math.min(SELDOM.toMillis(), periodMs / PART / LOOKS);
        return latest;
    }

    private void update(long trusted) {
        long head = route.from().head();
        if (head <= trusted) return;
        var updates = route.from().headerUpdates(route.client().ref(), trusted, head);
        updates.forEach(tracker::apply);
        for (var update : updates) {
            if (!deliver.held()) return;
            deliver.told(route.to().updateClient(route.client().ref(), update));
        }
    }
}
