package io.waybill.core.client.qbft;

import static io.waybill.core.client.qbft.SealedChain.ms;

import io.waybill.core.Bytes;
import io.waybill.core.proof.Rlp;
import java.util.List;

/// The wire form of QBFT updates: octets that are none, and headers as real networks made them.
final class QbftWireScenarios {
    private static final String ACCEPTED = "accepted";
    private static final SealedChain FOUR = SealedChain.of(4);
    private static final QbftHeader TEN = FOUR.sealed(10);

    private QbftWireScenarios() {}

    private static QbftUpdate from(QbftHeader trusted, QbftHeader header) {
        return QbftUpdate.between(trusted, header);
    }

    static Scenario malformedHeaders() {
        var header = FOUR.sealed(11);
        var scenario = Scenario.anchoredAt("malformed headers", TEN).at(ms(11));
        for (var fault : Fault.values()) {
            var item = Rlp.list(Rlp.of(10), Rlp.list(), fault.in(header));
            scenario.update(fault.what(), item.encode(), "MalformedHeader");
        }
        return scenario.update("none of these", from(TEN, header), ACCEPTED);
    }

    static Scenario malformedUpdates() {
        var header = FOUR.sealed(11);
        var good = from(TEN, header).encode();
        var item = Rlp.list(Rlp.of(10), Rlp.list(), header.item());
        var leadingZero = Rlp.list(Rlp.of(Bytes.of(0, 10)), Rlp.list(), header.item());
        return Scenario.anchoredAt("malformed updates", TEN)
                .at(ms(11))
                .update("nothing", Bytes.EMPTY, "MalformedRlp")
                .update("the last octet cut off", good.slice(0, good.size() - 1), "MalformedRlp")
                .update("an octet after it", Bytes.concat(good, Bytes.of(0)), "MalformedRlp")
                .update("octets in place of a list", Rlp.of(good).encode(), "MalformedUpdate")
                .update("two items", Rlp.list(item.items().subList(0, 2)).encode(), "MalformedUpdate")
                .update(
                        "four items",
                        Rlp.list(Rlp.of(10), Rlp.list(), header.item(), Rlp.list())
                                .encode(),
                        "MalformedUpdate")
                .update("a trusted height with a leading zero", leadingZero.encode(), "MalformedUpdate")
                .update(
                        "a trusted validator of 19 octets",
                        Rlp.list(Rlp.of(10), Rlp.list(Rlp.of(Bytes.of(new byte[19]))), header.item())
                                .encode(),
                        "MalformedUpdate")
                .update("none of these", good, ACCEPTED);
    }

    static Scenario realQbft() {
        var headers = BesuVectors.headers("qbft-shanghai");
        return walked("headers of a real QBFT network", headers, 1, 207, 319, 379, 380, 389, 391, 392, 423, 440);
    }

    static Scenario realIbft2() {
        var headers = BesuVectors.headers("ibft2-shanghai");
        return walked("headers of a real IBFT 2.0 network", headers, 1, 14, 31, 32, 43, 44, 55, 111);
    }

    private static Scenario walked(String name, List<BesuVectors.Captured> headers, int... heights) {
        var before = headers.get(heights[0]).header();
        var scenario = Scenario.anchoredAt(name, before);
        for (int i = 1; i < heights.length; i++) {
            var header = headers.get(heights[i]).header();
            scenario.at(header.timeMs()).update("header " + header.number(), from(before, header), ACCEPTED);
            before = header;
        }
        return scenario;
    }
}
