package io.waybill.gateway.attest;

import io.waybill.core.Bytes32;
import io.waybill.core.attestation.Packet;
import io.waybill.gateway.attest.DoorException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Judges requests before anything is stored: their form, their lane, their times, the payload policy, their size.
public final class Door {
    private static final Set<String> PROPERTIES = new LinkedHashSet<>(List.of(
            "lane",
            "schema",
            "issuer",
            "subject",
            "subjectCommitment",
            "claims",
            "validFrom",
            "validUntil",
            "timeout"));
    private static final Pattern ANY = Pattern.compile("(?s).{1,128}");
    private static final Pattern SCHEMA = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");
    private static final Pattern DID = Pattern.compile("did:[a-z0-9]{1,32}:[A-Za-z0-9._:%-]{1,256}");
    private static final Pattern SUBJECT = Pattern.compile("\\P{Cntrl}{1,512}");
    private static final Pattern WORD = Pattern.compile("0x[0-9a-fA-F]{64}");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

    private final Lanes lanes;

    public Door(Lanes lanes) {
        this.lanes = lanes;
    }

    /// Reads and judges a request.
    ///
    /// @param now the gateway's time, against which the timeout is judged
    public AttestationRequest admit(JsonNode body, Instant now) throws DoorException {
        var fields = new Fields(body, PROPERTIES);
        var unclear = CanonicalJson.trouble(body, "");
        if (unclear.isPresent()) {
            var trouble = unclear.get();
            throw Fields.invalid(trouble.path(), trouble.expected(), trouble.found());
        }
        var lane = lane(fields);
        var schema = fields.text("schema", "a schema name such as inspection/1", SCHEMA);
        var issuer = fields.text("issuer", "the issuer's DID such as did:web:inspector.example", DID);
        var subject = subject(fields);
        var commitment = subject == null ? commitment(fields) : AttestationRequest.commit(subject);
        var claims = fields.object("claims", "an object with at least one claim");
        long from = fields.has("validFrom") ? second(fields, "validFrom") : 0;
        long until = fields.has("validUntil") ? second(fields, "validUntil") : 0;
        if (until != 0 && until <= from) {
            throw Fields.invalid("/validUntil", "a time after validFrom", "none after it");
        }
        long timeout = timeout(fields, lane, now);
        judgePayload(schema, List.of(issuer, subject == null ? "" : subject), claims);
        var request = new AttestationRequest(lane, schema, issuer, subject, commitment, claims, from, until, timeout);
        judgeSize(request);
        return request;
    }

    private Lane lane(Fields fields) throws DoorException {
        var text = fields.text("lane", "a lane's name or its id", ANY);
        var found = lanes.find(text);
        if (found.isPresent()) return found.get();
        var known = String.join(", ", lanes.all().stream().map(Lane::name).toList());
        throw new DoorException(
                Reason.UNKNOWN_LANE,
                "/lane",
                "one of " + known + ", or such a lane's id",
                Fields.quote(text),
                "Choose a lane of GET /v1/lanes.");
    }

    private static @Nullable String subject(Fields fields) throws DoorException {
        if (fields.has("subject") == fields.has("subjectCommitment")) {
            throw Fields.invalid(
                    "/subject", "either subject or subjectCommitment", fields.has("subject") ? "both" : "neither");
        }
        return fields.has("subject")
                ? fields.text("subject", "1 to 512 characters without control characters", SUBJECT)
                : null;
    }

    private static Bytes32 commitment(Fields fields) throws DoorException {
        var text = fields.text("subjectCommitment", "0x and 64 hexadecimal digits, not all zero", WORD);
        var commitment = Bytes32.hex(text);
        if (!commitment.isZero()) return commitment;
        throw Fields.invalid("/subjectCommitment", "a commitment that is not zero", "zero");
    }

    private static long second(Fields fields, String name) throws DoorException {
        var expected = "an RFC 3339 time of whole seconds after 1970";
        var text = fields.text(name, expected, TIME);
        var time = instant(name, text, expected);
        if (time.getNano() != 0 || time.getEpochSecond() <= 0) {
            throw Fields.invalid("/" + name, expected, Fields.quote(text));
        }
        return time.getEpochSecond();
    }

    private static Instant instant(String name, String text, String expected) throws DoorException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Fields.invalid("/" + name, expected, Fields.quote(text));
        }
    }

    private static long timeout(Fields fields, Lane lane, Instant now) throws DoorException {
        var expected = "an ISO 8601 duration such as PT1H, or an RFC 3339 time";
        var text = fields.text("timeout", expected, ANY);
        var ahead = TIME.matcher(text).matches()
                ? Duration.between(now, instant("timeout", text, expected))
                : duration(text, expected);
        var most = Duration.ofMillis(lane.terms().terms().maxTimeoutMs());
        if (ahead.compareTo(Duration.ofMillis(1)) < 0 || ahead.compareTo(most) > 0) {
            throw new DoorException(
                    Reason.TIMEOUT,
                    "/timeout",
                    "a time after now (%s) and at most %s ahead".formatted(now, most),
                    Fields.quote(text),
                    "Give a later timeout within the lane's limit, such as PT1H; leave time for both chains to finalise.");
        }
        return now.plus(ahead).toEpochMilli();
    }

    private static Duration duration(String text, String expected) throws DoorException {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw Fields.invalid("/timeout", expected, Fields.quote(text));
        }
    }

    private static void judgePayload(String schema, List<String> parties, JsonNode claims) throws DoorException {
        if (parties.stream()
                .anyMatch(party -> party.toLowerCase(java.util.Locale.ROOT).startsWith("did:ctid:"))) {
            throw new DoorException(
                    Reason.POLICY,
                    "/subject",
                    "no did:ctid, which is an unsalted hash of a person's identity",
                    "one (rule personal-identifier)",
                    "Give a salted subjectCommitment and keep the salt off the chains.");
        }
        var refusing = PayloadPolicy.judge(schema, claims);
        if (refusing.isEmpty()) return;
        var rule = refusing.get();
        throw new DoorException(
                Reason.POLICY,
                rule.code().equals("value-schema") ? "/schema" : "/claims",
                "a statement that carries no value",
                "%s (rule %s)".formatted(rule.refuses(), rule.code()),
                "Waybill moves statements, never value: %s.".formatted(rule.instead()));
    }

    private static void judgeSize(AttestationRequest request) throws DoorException {
        long size = Packet.HEADER + (long) request.attestation().encode().size();
        long most = request.lane().terms().terms().maxPacket();
        if (size <= most) return;
        throw new DoorException(
                Reason.TOO_LARGE,
                "/claims",
                "claims that make a packet of at most %d octets on this lane".formatted(most),
                "%d octets".formatted(size),
                "Keep the document and state its SHA-256 in the claims.");
    }
}
