package io.waybill.gateway.bundle;

import static io.waybill.gateway.bundle.AnchorForm.accepted;

import io.waybill.core.client.ClientKind;
import io.waybill.core.client.conflux.ConfluxParams;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.proof.conflux.LogSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The anchor of a Conflux chain: `ledgerInfo` (BCS), the last of an epoch, which names the next committee; the
/// `space` of the contracts, how many headers must vote for a receipts root, and the epochs that no client can cross.
final class ConfluxForm implements AnchorForm<Anchor.Conflux> {
    private static final int MOST_VOTES = 1 << 20;

    @Override
    public Set<String> properties() {
        return Set.of("space", "minVotes", "uncrossable", "ledgerInfo");
    }

    @Override
    public Anchor.Conflux read(ClientKind kind, Reader file) throws FormatException {
        var info = accepted(file, "ledgerInfo", LedgerInfo.decode(file.octets("ledgerInfo")));
        long trustingPeriodMs = file.duration("trustingPeriod", 1);
        long maxClockDriftMs = file.duration("maxClockDrift", 0);
        var params = ConfluxParams.of(file.chain("chain"), info, trustingPeriodMs, maxClockDriftMs)
                .in(file.word("space", List.of(LogSpace.values())))
                .withMinVotes((int) file.number("minVotes", 1, MOST_VOTES))
                .notCrossing(Set.copyOf(file.numbers("uncrossable", 0, Integer.MAX_VALUE)));
        return new Anchor.Conflux(params, info);
    }

    @Override
    public Map<String, Object> write(Anchor.Conflux anchor) {
        var params = anchor.params();
        var json = new LinkedHashMap<String, Object>();
        json.put("space", params.space().name().toLowerCase(Locale.ROOT));
        json.put("minVotes", params.minVotes());
        json.put("uncrossable", params.uncrossable().stream().sorted().toList());
        json.put("ledgerInfo", anchor.ledgerInfo().encode().toHex());
        return json;
    }
}
