package io.waybill.core.client.fisco2;

import static io.waybill.core.client.fisco2.Ledger2.NOW;

import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.List;

/// A client anchored at a header of four sealers of five, and what it answers.
final class Trust2 {
    final Ledger2 ledger;
    final SealerSet four;
    final Fisco2Header anchor;
    final Fisco2Client client;
    final ClientState anchored;

    Trust2(FiscoSuite suite) {
        ledger = new Ledger2(suite, 5);
        four = ledger.set(0, 1, 2, 3);
        anchor = Ledger2.anchor(four);
        client = ledger.client(anchor);
        anchored = client.anchored();
    }

    Fisco2Update update(List<Fisco2Header> headers, long... sealing) {
        return new Fisco2Update(10, four, headers, ledger.seals(headers.getLast(), sealing));
    }

    Verdict<ClientState> judge(ClientState state, Fisco2Update update) {
        return client.update(state, update.encode(), NOW);
    }

    Verdict<ClientState> judge(List<Fisco2Header> headers, long... sealing) {
        return judge(anchored, update(headers, sealing));
    }

    ClientState believing(ClientState state, List<Fisco2Header> headers) {
        var grown = state;
        for (var header : headers) grown = grown.with(header.state(ledger.suite));
        return grown;
    }
}
