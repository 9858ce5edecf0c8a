package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.proof.BundleDraft;
import io.waybill.core.proof.BundleVector;
import io.waybill.core.proof.EvmHeader;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A bundle out of a beacon chain made here: two updates, the second into the next period, and an event three blocks
/// before the finalised one.
public final class BeaconBundles {
    private static final ChainId CHAIN = new ChainId("eip155:3151908");
    private static final long ANCHOR = 64;
    private static final long FIRST = 120;
    private static final long SECOND = 136;
    private static final int DEPTH = 3;

    private BeaconBundles() {}

    public static List<BundleVector> all() {
        var bootstrap = SyntheticBeacon.bootstrap(ANCHOR);
        var beacon = bootstrap.header().beacon();
        var client = new BeaconClient(new BeaconClient.Params(
                CHAIN, SyntheticBeacon.CHAIN, 7 * 86_400_000L, 500, beacon.slot(), beacon.root()));
        var draft = new BundleDraft(CHAIN, client);
        var headers = headers(draft);
        var store = bootstrap.check(SyntheticBeacon.CHAIN).orElseThrow();
        var first = Draft.of(FIRST + 5, FIRST).bringsNext().update();
        var second = Draft.of(SECOND + 16, SECOND)
                .finalising(SyntheticBeacon.header(
                        SECOND, BundleDraft.word("state"), headers.getFirst().hash()))
                .update();
        var after = store.after(SyntheticBeacon.CHAIN, first);
        var updates = List.of(
                new BeaconUpdate(store, committee(first), first).encode(),
                new BeaconUpdate(after, committee(second), second).encode());
        var encoded = headers.stream().map(EvmHeader::encode).toList();
        return List.of(new BundleVector(
                "beacon: two updates, the second into the next period, the event three blocks before the finalised one",
                anchorFile(bootstrap, client.params()),
                draft.bundle(
                        client.anchor(bootstrap).orElseThrow().latest(),
                        updates,
                        SECOND,
                        BeaconEventProof.of(encoded, draft.receipts(), 1, 0).encode())));
    }

    private static io.waybill.core.client.beacon.ssz.SyncCommittee committee(LightClientUpdate update) {
        return SyntheticBeacon.committee(SyntheticBeacon.CHAIN.period(update.signatureSlot()));
    }

    /// Execution headers, newest first; the last is that of the event's block.
    private static List<EvmHeader> headers(BundleDraft draft) {
        var headers = new ArrayList<EvmHeader>();
        var last = header(
                SECOND - DEPTH,
                BundleDraft.word("parent").value(),
                draft.receiptsRoot().value());
        headers.add(last);
        for (long number = SECOND - DEPTH + 1; number <= SECOND; number++) {
            last = header(
                    number,
                    last.hash().value(),
                    BundleDraft.word("receipts " + number).value());
            headers.addFirst(last);
        }
        return headers;
    }

    private static EvmHeader header(long number, Bytes parent, Bytes receiptsRoot) {
        var zero = Bytes.of(new byte[32]);
        return new EvmHeader(List.of(
                parent,
                BundleDraft.word("ommers").value(),
                Bytes.of(new byte[20]),
                BundleDraft.word("state " + number).value(),
                BundleDraft.word("transactions").value(),
                receiptsRoot,
                Bytes.of(new byte[256]),
                Bytes.EMPTY,
                Rlp.minimal(number),
                Rlp.minimal(30_000_000),
                Rlp.minimal(92_000),
                Rlp.minimal(SyntheticBeacon.CHAIN.timeMs(number) / 1000),
                Bytes.EMPTY,
                zero,
                Bytes.of(new byte[8]),
                Bytes.of(7),
                BundleDraft.word("withdrawals").value(),
                Bytes.EMPTY,
                Bytes.EMPTY,
                zero,
                BundleDraft.word("requests").value()));
    }

    private static Map<String, Object> anchorFile(LightClientBootstrap bootstrap, BeaconClient.Params params) {
        var chain = params.beacon();
        return BundleVector.anchor(
                "beacon",
                "chain",
                CHAIN.name(),
                "trustingPeriod",
                "PT168H",
                "maxClockDrift",
                "PT0.5S",
                "slotsPerEpoch",
                chain.preset().slotsPerEpoch(),
                "epochsPerPeriod",
                chain.preset().epochsPerPeriod(),
                "committeeSize",
                chain.preset().committeeSize(),
                "slotMs",
                chain.slotMs(),
                "genesisTime",
                chain.genesisTime(),
                "genesisValidatorsRoot",
                chain.genesisValidatorsRoot().toHex(),
                "forks",
                chain.forks().activations().stream().map(BeaconBundles::fork).toList(),
                "unknownForkEpoch",
                (1L << 53) - 1,
                "slot",
                params.anchorSlot(),
                "root",
                params.anchorRoot().toHex(),
                "bootstrap",
                bootstrap.encode().toHex());
    }

    private static Map<String, Object> fork(ForkSchedule.Activation activation) {
        var fork = new LinkedHashMap<String, Object>();
        fork.put("fork", activation.fork().name().toLowerCase(Locale.ROOT));
        fork.put("epoch", activation.epoch());
        fork.put("version", activation.version().toHex());
        return fork;
    }
}
