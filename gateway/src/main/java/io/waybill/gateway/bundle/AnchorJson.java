package io.waybill.gateway.bundle;

import io.waybill.core.Bytes;
import io.waybill.core.client.ClientKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// Anchor files: what `./waybill verify --anchor` reads and what a configuration pins for each light client. Each has
///
/// ```json
/// {"format": "waybill/anchor/1", "kind": "qbft", "chain": "eip155:1337", "trustingPeriod": "P7D",
///  "maxClockDrift": "PT15S", ...}
/// ```
///
/// and what the [AnchorForm] of its kind adds. `adapters/core/docs/proof-bundle.md` lists all of it.
public final class AnchorJson {
    static final String FORMAT = "waybill/anchor/1";
    private static final Set<String> COMMON = Set.of("format", "kind", "chain", "trustingPeriod", "maxClockDrift");
    private static final QbftForm QBFT = new QbftForm();
    private static final FiscoForm FISCO = new FiscoForm();
    private static final Fisco2Form FISCO2 = new Fisco2Form();
    private static final ConfluxForm CONFLUX = new ConfluxForm();
    private static final BeaconForm BEACON = new BeaconForm();
    private static final CommitteeForm COMMITTEE = new CommitteeForm();
    private static final Map<ClientKind, AnchorForm<?>> FORMS = Map.of(
            ClientKind.QBFT, QBFT,
            ClientKind.IBFT2, QBFT,
            ClientKind.FISCO, FISCO,
            ClientKind.FISCO_SM, FISCO,
            ClientKind.FISCO2, FISCO2,
            ClientKind.FISCO2_SM, FISCO2,
            ClientKind.CONFLUX, CONFLUX,
            ClientKind.BEACON, BEACON,
            ClientKind.COMMITTEE, COMMITTEE);

    private AnchorJson() {}

    /// The file's text.
    public static String write(Anchor anchor) {
        var json = new LinkedHashMap<String, Object>();
        json.put("format", FORMAT);
        json.put("kind", BundleTree.word(anchor.kind()));
        json.put("chain", anchor.chain().name());
        json.put("trustingPeriod", duration(anchor.trustingPeriodMs()));
        json.put("maxClockDrift", duration(anchor.maxClockDriftMs()));
        json.putAll(
                switch (anchor) {
                    case Anchor.Qbft qbft -> QBFT.write(qbft);
                    case Anchor.Fisco fisco -> FISCO.write(fisco);
                    case Anchor.Fisco2 fisco -> FISCO2.write(fisco);
                    case Anchor.Conflux conflux -> CONFLUX.write(conflux);
                    case Anchor.Beacon beacon -> BEACON.write(beacon);
                    case Anchor.Committee committee -> COMMITTEE.write(committee);
                });
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static String duration(long ms) {
        return Duration.ofMillis(ms).toString();
    }

    /// Reads an anchor file.
    public static Anchor read(Bytes octets) throws FormatException {
        var file = Reader.json(octets);
        file.constant("format", FORMAT);
        var kind = file.word("kind", List.of(ClientKind.values()));
        var form = FORMS.get(kind);
        if (form == null) throw file.refuse("kind", "a kind that can be anchored");
        var properties = new HashSet<>(COMMON);
        properties.addAll(form.properties());
        try {
            return form.read(kind, file.all(properties));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw file.refuse("kind", "an anchor that its client takes (%s)".formatted(e.getMessage()));
        }
    }
}
