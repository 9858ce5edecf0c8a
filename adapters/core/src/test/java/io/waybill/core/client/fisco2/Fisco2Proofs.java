package io.waybill.core.client.fisco2;

import static io.waybill.core.client.fisco2.Ledger2.word;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.fuzz.ValidProof;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco2.Fisco2EventProof;
import io.waybill.core.proof.fisco2.Fisco2Receipt;
import io.waybill.core.proof.fisco2.HexadecimalTree;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Valid proofs of FISCO BCOS 2.x of both suites, made here: no chain of 2.x was captured.
public final class Fisco2Proofs {
    private static final Address OUTBOX = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
    private static final LaneId LANE = new LaneId(word("lane"));

    private Fisco2Proofs() {}

    public static List<ValidProof> all() {
        return List.of(
                update(FiscoSuite.STANDARD, false),
                update(FiscoSuite.STANDARD, true),
                update(FiscoSuite.SM, true),
                event(FiscoSuite.STANDARD, 1, 0),
                event(FiscoSuite.STANDARD, 20, 18),
                event(FiscoSuite.SM, 17, 16));
    }

    /// The octets of an anchor.
    public static Bytes anchor() {
        return new Fisco2Anchor(new Trust2(FiscoSuite.STANDARD).anchor).encode();
    }

    /// The next header, or two of which the second has other sealers.
    private static ValidProof update(FiscoSuite suite, boolean change) {
        var trust = new Trust2(suite);
        var headers = change
                ? trust.ledger.chain(trust.anchor, trust.four, trust.ledger.set(1, 2, 3, 4))
                : trust.ledger.chain(trust.anchor, trust.four);
        return new ValidProof(
                name(suite, change ? "headers change" : "header next"),
                trust.update(headers, 0, 1, 2).encode(),
                wire -> trust.client.update(trust.anchored, wire, Ledger2.NOW));
    }

    /// A checkpoint in one of some receipts.
    private static ValidProof event(FiscoSuite suite, int receipts, int index) {
        var log = new EvmLog(
                OUTBOX,
                List.of(LogRole.PACKETS.topic(), LANE.value()),
                Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(7), word("root").value()));
        var receipt = new Fisco2Receipt(
                word("state"),
                BigInteger.valueOf(68_232),
                Address.ZERO,
                EvmReceipt.bloom(List.of(log)),
                0,
                Bytes.EMPTY,
                BigInteger.TEN,
                List.of(log));
        var hashes = IntStream.range(0, receipts)
                .mapToObj(i -> i == index ? receipt.hash(suite) : word("receipt/" + i))
                .toList();
        var root = HexadecimalTree.root(suite, hashes);
        return new ValidProof(
                name(suite, "event %d of %d".formatted(index, receipts)),
                Fisco2EventProof.of(suite, receipt, hashes, index, 0).encode(),
                wire -> Fisco2EventProof.decode(wire)
                        .then(proof -> proof.verify(suite, OUTBOX, LogRole.PACKETS, LANE, root)));
    }

    private static String name(FiscoSuite suite, String what) {
        return "2.x %s %s".formatted(suite.name().toLowerCase(Locale.ROOT), what);
    }
}
