package io.waybill.gateway.bundle;

import static io.waybill.gateway.bundle.AnchorForm.accepted;

import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco2.Fisco2Anchor;
import io.waybill.core.client.fisco2.Fisco2Params;
import java.util.Map;
import java.util.Set;

/// The anchor of a FISCO BCOS 2.x chain: `header`, the RLP list of the header as it is hashed.
final class Fisco2Form implements AnchorForm<Anchor.Fisco2> {
    @Override
    public Set<String> properties() {
        return Set.of("header");
    }

    @Override
    public Anchor.Fisco2 read(ClientKind kind, Reader file) throws FormatException {
        return new Anchor.Fisco2(new Fisco2Params(
                file.chain("chain"),
                kind,
                file.duration("trustingPeriod", 1),
                file.duration("maxClockDrift", 0),
                accepted(file, "header", Fisco2Anchor.decode(file.octets("header")))));
    }

    @Override
    public Map<String, Object> write(Anchor.Fisco2 anchor) {
        return Map.of("header", anchor.params().anchor().encode().toHex());
    }
}
