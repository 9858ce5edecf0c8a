package io.waybill.gateway.bundle;

import static io.waybill.gateway.bundle.AnchorForm.accepted;

import io.waybill.core.Address;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.client.committee.CommitteeParams;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The anchor of a client that believes a committee. Its verifiers sign for one contract on one chain, so the
/// anchor names both; `block` is the one from which on they are believed.
final class CommitteeForm implements AnchorForm<Anchor.Committee> {
    private static final int ADDRESS = 20;

    @Override
    public Set<String> properties() {
        return Set.of("verifyingChain", "contract", "verifiers", "verifiersNeeded", "block");
    }

    @Override
    public Anchor.Committee read(ClientKind kind, Reader file) throws FormatException {
        var verifiers =
                file.list("verifiers", ADDRESS).stream().map(Address::new).toList();
        return new Anchor.Committee(new CommitteeParams(
                file.chain("chain"),
                file.chain("verifyingChain"),
                file.address("contract"),
                new Committee(verifiers, (int) file.number("verifiersNeeded", 1, Committee.MOST)),
                file.duration("trustingPeriod", 1),
                file.duration("maxClockDrift", 0),
                accepted(file, "block", CommitteeAnchor.decode(file.octets("block")))));
    }

    @Override
    public Map<String, Object> write(Anchor.Committee anchor) {
        var params = anchor.params();
        var json = new LinkedHashMap<String, Object>();
        json.put("verifyingChain", params.verifyingChain().name());
        json.put("contract", params.contract().toHex());
        json.put(
                "verifiers",
                params.committee().verifiers().stream().map(Address::toHex).toList());
        json.put("verifiersNeeded", params.committee().needed());
        json.put("block", params.anchor().encode().toHex());
        return json;
    }
}
