package io.waybill.core.client.fisco;

import static io.waybill.core.client.fisco.Ledger.START_MS;
import static io.waybill.core.client.fisco.Ledger.SUITE;

import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import java.util.List;
import java.util.function.UnaryOperator;

/// A client anchored at the header of a chain of four sealers, and what it answers.
final class Trust {
    static final long NOW = START_MS + 100_000;

    static final Ledger LEDGER = new Ledger(5, 4);
    static final SealerSet FOUR = LEDGER.set(1L, 1L, 1L, 1L);
    static final FiscoHeader ANCHOR = Ledger.anchor(FOUR);
    static final FiscoClient CLIENT = LEDGER.client(ANCHOR);
    static final ClientState ANCHORED = CLIENT.anchored();

    private Trust() {}

    static Verdict<ClientState> judge(FiscoUpdate update) {
        return CLIENT.update(ANCHORED, update.encode(), NOW);
    }

    static Verdict<ClientState> judge(List<FiscoHeader> headers, long... sealing) {
        return judge(update(headers, sealing));
    }

    static FiscoUpdate update(List<FiscoHeader> headers, long... sealing) {
        var tip = headers.getLast();
        return FiscoUpdate.of(FOUR, headers, LEDGER.seals(tip, sealing), LEDGER.corroborate(CLIENT, tip, 0, 1, 2));
    }

    static ClientState believing(ClientState state, List<FiscoHeader> headers) {
        var grown = state;
        for (var header : headers) grown = grown.with(header.state(SUITE));
        return grown;
    }

    /// One header after the anchor that is changed, sealed and corroborated.
    static Verdict<ClientState> changed(UnaryOperator<FiscoHeader> change) {
        return judge(List.of(change.apply(Ledger.next(ANCHOR, FOUR))), 0, 1, 2);
    }
}
