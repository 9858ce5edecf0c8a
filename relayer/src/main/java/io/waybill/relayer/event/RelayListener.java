package io.waybill.relayer.event;

import org.slf4j.LoggerFactory;

/// Someone in this process who wants to know what the relayer does. Called on a worker's virtual thread, in the
/// order things happen on one log of one lane; whoever is slow here slows that lane. The same fact may be told more
/// than once after a restart or a hand-over, so listeners must take a repeated fact as no news.
@FunctionalInterface
public interface RelayListener {
    void on(RelayEvent event);

    /// Tells each of several listeners. One that throws is logged and does not keep the others or the lane from
    /// going on.
    static RelayListener all(RelayListener... listeners) {
        return event -> {
            for (var listener : listeners) tell(listener, event);
        };
    }

    private static void tell(RelayListener listener, RelayEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(RelayListener.class)
                    .error(
                            "listener.failed lane={} event={}",
                            event.lane(),
                            event.getClass().getSimpleName(),
                            e);
        }
    }
}
