package io.waybill.gateway.bundle;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.client.qbft.QbftHeader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// Anchor files: what `./waybill verify --anchor` reads and what a configuration pins for each light client.
///
/// A QBFT or IBFT 2.0 anchor:
/// ```json
/// {"format": "waybill/anchor/1", "kind": "qbft", "chain": "eip155:1337", "trustingPeriod": "P7D",
///  "maxClockDrift": "PT15S", "header": "0x…RLP list of the header with its seals"}
/// ```
/// A FISCO BCOS 3.x anchor, whose watchers' signatures are bound to the client's contract:
/// ```json
/// {"format": "waybill/anchor/1", "kind": "fisco", "chain": "fisco:chain0-group0", "trustingPeriod": "P7D",
///  "maxClockDrift": "PT15S", "verifyingChain": "eip155:1337", "contract": "0x…", "watchers": ["0x…", …],
///  "destinationWatchers": ["0x…"], "versionFloor": 50724864, "header": "0x…RLP [number, parentHash, set, header]"}
/// ```
public final class AnchorJson {
    static final String FORMAT = "waybill/anchor/1";
    private static final List<ClientKind> KINDS =
            List.of(ClientKind.QBFT, ClientKind.IBFT2, ClientKind.FISCO, ClientKind.FISCO_SM);
    private static final Set<String> QBFT =
            Set.of("format", "kind", "chain", "trustingPeriod", "maxClockDrift", "header");
    private static final Set<String> FISCO = Set.of(
            "format",
            "kind",
            "chain",
            "trustingPeriod",
            "maxClockDrift",
            "verifyingChain",
            "contract",
            "watchers",
            "destinationWatchers",
            "versionFloor",
            "header");

    private AnchorJson() {}

    /// The file's text.
    public static String write(Anchor anchor) {
        var json = new LinkedHashMap<String, Object>();
        json.put("format", FORMAT);
        json.put("kind", anchor.kind().name().toLowerCase(Locale.ROOT));
        json.put("chain", anchor.chain().name());
        json.put("trustingPeriod", duration(anchor.trustingPeriodMs()));
        switch (anchor) {
            case Anchor.Qbft qbft -> {
                json.put("maxClockDrift", duration(qbft.maxClockDriftMs()));
                json.put("header", qbft.header().encode().toHex());
            }
            case Anchor.Fisco fisco -> putFisco(json, fisco);
        }
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static void putFisco(Map<String, Object> json, Anchor.Fisco fisco) {
        var params = fisco.params();
        json.put("maxClockDrift", duration(params.maxClockDriftMs()));
        json.put("verifyingChain", params.verifyingChain().name());
        json.put("contract", params.contract().toHex());
        json.put("watchers", fisco.watchers().stream().map(Address::toHex).toList());
        json.put(
                "destinationWatchers",
                fisco.watchers().stream()
                        .filter(params.watchers().destination()::contains)
                        .map(Address::toHex)
                        .toList());
        json.put("versionFloor", params.versionFloor());
        json.put("header", fisco.header().toHex());
    }

    private static String duration(long ms) {
        return Duration.ofMillis(ms).toString();
    }

    /// Reads an anchor file.
    public static Anchor read(Bytes octets) throws FormatException {
        var json = Reader.json(octets);
        json.constant("format", FORMAT);
        try {
            return switch (json.word("kind", KINDS)) {
                case FISCO, FISCO_SM -> fisco(json.all(FISCO));
                default -> qbft(json.all(QBFT));
            };
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw json.refuse("header", "an anchor that its client takes (%s)".formatted(e.getMessage()));
        }
    }

    private static Anchor qbft(Reader json) throws FormatException {
        var kind = json.word("kind", List.of(ClientKind.QBFT, ClientKind.IBFT2));
        var header = accepted(json, QbftHeader.decode(kind, json.octets("header")));
        return new Anchor.Qbft(
                json.chain("chain"), json.duration("trustingPeriod", 1), json.duration("maxClockDrift", 0), header);
    }

    private static Anchor fisco(Reader json) throws FormatException {
        var watchers = json.list("watchers", 20).stream().map(Address::new).toList();
        var destination =
                json.list("destinationWatchers", 20).stream().map(Address::new).toList();
        return new Anchor.Fisco(new FiscoParams(
                json.chain("chain"),
                json.word("kind", List.of(ClientKind.FISCO, ClientKind.FISCO_SM)),
                json.chain("verifyingChain"),
                json.address("contract"),
                new Watchers(watchers, Set.copyOf(destination)),
                (int) json.number("versionFloor", 0x03060000, Integer.MAX_VALUE),
                json.duration("trustingPeriod", 1),
                json.duration("maxClockDrift", 0),
                accepted(json, FiscoAnchor.decode(json.octets("header")))));
    }

    private static <T> T accepted(Reader json, Verdict<T> verdict) throws FormatException {
        return switch (verdict) {
            case Verdict.Accepted<T>(var value) -> value;
            case Verdict.Rejected<T>(var reason) ->
                throw json.refuse("header", "a header (%s)".formatted(reason.explain()));
        };
    }
}
