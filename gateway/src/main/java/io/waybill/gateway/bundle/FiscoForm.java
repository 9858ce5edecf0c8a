package io.waybill.gateway.bundle;

import static io.waybill.gateway.bundle.AnchorForm.accepted;

import io.waybill.core.Address;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.fisco.HeaderRules;
import io.waybill.core.client.fisco.Watchers;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The anchor of a FISCO BCOS 3.x chain in mode CORROBORATED. Its watchers sign for one contract on one chain, so the
/// anchor names both.
final class FiscoForm implements AnchorForm<Anchor.Fisco> {
    private static final int MOST_WATCHERS = 20;
    private static final int ADDRESS = 20;

    @Override
    public Set<String> properties() {
        return Set.of("verifyingChain", "contract", "watchers", "destinationWatchers", "versionFloor", "header");
    }

    @Override
    public Anchor.Fisco read(ClientKind kind, Reader file) throws FormatException {
        var watchers = file.list("watchers", ADDRESS).stream().map(Address::new).toList();
        var named = new LinkedHashSet<Address>();
        for (var octets : file.list("destinationWatchers", ADDRESS)) named.add(new Address(octets));
        if (watchers.size() > MOST_WATCHERS) throw file.refuse("watchers", "at most %d".formatted(MOST_WATCHERS));
        return new Anchor.Fisco(new FiscoParams(
                file.chain("chain"),
                kind,
                file.chain("verifyingChain"),
                file.address("contract"),
                new Watchers(watchers, named),
                (int) file.number("versionFloor", HeaderRules.LOWEST_FLOOR, Integer.MAX_VALUE),
                file.duration("trustingPeriod", 1),
                file.duration("maxClockDrift", 0),
                accepted(file, "header", FiscoAnchor.decode(file.octets("header")))));
    }

    @Override
    public Map<String, Object> write(Anchor.Fisco anchor) {
        var params = anchor.params();
        var watchers = params.watchers();
        var json = new LinkedHashMap<String, Object>();
        json.put("verifyingChain", params.verifyingChain().name());
        json.put("contract", params.contract().toHex());
        json.put("watchers", watchers.all().stream().map(Address::toHex).toList());
        json.put(
                "destinationWatchers",
                watchers.all().stream()
                        .filter(watchers.destination()::contains)
                        .map(Address::toHex)
                        .toList());
        json.put("versionFloor", params.versionFloor());
        json.put("header", params.anchor().encode().toHex());
        return json;
    }
}
