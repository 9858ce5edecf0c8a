package io.waybill.gateway.bundle;

import static io.waybill.gateway.bundle.AnchorForm.accepted;

import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftHeader;
import java.util.Map;
import java.util.Set;

/// The anchor of a QBFT or IBFT 2.0 chain: `header`, the RLP list of the header with its seals.
final class QbftForm implements AnchorForm<Anchor.Qbft> {
    @Override
    public Set<String> properties() {
        return Set.of("header");
    }

    @Override
    public Anchor.Qbft read(ClientKind kind, Reader file) throws FormatException {
        var header = accepted(file, "header", QbftHeader.decode(kind, file.octets("header")));
        return new Anchor.Qbft(
                file.chain("chain"), file.duration("trustingPeriod", 1), file.duration("maxClockDrift", 0), header);
    }

    @Override
    public Map<String, Object> write(Anchor.Qbft anchor) {
        return Map.of("header", anchor.header().encode().toHex());
    }
}
