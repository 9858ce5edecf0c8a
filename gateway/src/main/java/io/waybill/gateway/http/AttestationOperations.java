package io.waybill.gateway.http;

import io.waybill.core.digest.Digests;
import io.waybill.gateway.attest.AttestationService;
import io.waybill.gateway.attest.CanonicalJson;
import io.waybill.gateway.attest.Door;
import io.waybill.gateway.attest.DoorException;
import io.waybill.gateway.attest.Lane;
import io.waybill.gateway.attest.StrictJson;
import io.waybill.gateway.store.Acceptance;
import io.waybill.gateway.store.Filter;
import io.waybill.gateway.store.IdempotencyKey;
import io.waybill.gateway.store.State;
import io.waybill.gateway.store.StoredAttestation;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Attestations: submitted, read, listed, proven.
final class AttestationOperations {
    private static final String CBOR = "application/cbor";
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 200;
    private static final String UUID_TEXT =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    private final AttestationService service;
    private final Door door;
    private final Proofs proofs;
    private final InstantSource clock;

    AttestationOperations(AttestationService service, Proofs proofs, InstantSource clock) {
        this.service = service;
        this.door = new Door(service.lanes());
        this.proofs = proofs;
        this.clock = clock;
    }

    /// Judges and stores a request. A key that was used before is looked at first: the answer to a repeated request
    /// is the first answer, also when its timeout has passed meanwhile.
    Answer submit(Request request) {
        var body = json(request);
        var trouble = CanonicalJson.trouble(body, "");
        if (trouble.isPresent()) {
            var found = trouble.get();
            throw new Problem(
                            ProblemType.INVALID_REQUEST,
                            found.path(),
                            found.expected(),
                            found.found(),
                            "Write such a number or text as a string, or round it.")
                    .thrown();
        }
        var canonical = CanonicalJson.of(body);
        var name = request.header("Idempotency-Key");
        var key = name == null ? null : new IdempotencyKey(checked(name), Digests.sha256(canonical));
        if (key != null) {
            var earlier = service.store().earlier(key);
            if (earlier.isPresent()) return answer(earlier.get());
        }
        try {
            return answer(service.accept(door.admit(body, clock.instant()), canonical, key));
        } catch (DoorException e) {
            throw Problem.of(e).thrown();
        }
    }

    private static JsonNode json(Request request) {
        try {
            return StrictJson.read(request.body());
        } catch (StrictJson.Malformed e) {
            throw Problem.of(
                            ProblemType.MALFORMED_JSON,
                            "one JSON value in UTF-8, without repeated keys, nested at most %d deep"
                                    .formatted(StrictJson.DEPTH),
                            "at line %d, column %d: %s".formatted(e.line(), e.column(), e.getMessage()),
                            "Correct the JSON there and send it again.")
                    .thrown();
        }
    }

    private static String checked(String key) {
        if (key.matches("[\\x21-\\x7e]{1,255}")) return key;
        throw Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "an Idempotency-Key of 1 to 255 printable ASCII characters",
                        key.isEmpty() ? "an empty one" : "another one",
                        "Use a fresh UUID for each request, and the same one when you repeat it.")
                .thrown();
    }

    private Answer answer(Acceptance acceptance) {
        return switch (acceptance) {
            case Acceptance.Stored(var row) -> accepted(row);
            case Acceptance.Replayed(var row) -> accepted(row).with("Idempotency-Replayed", "true");
            case Acceptance.KeyUsedOtherwise() ->
                throw Problem.of(
                                ProblemType.IDEMPOTENCY_KEY_REUSED,
                                "the request this key was used for first",
                                "another body",
                                "Use a new key for a new request.")
                        .thrown();
        };
    }

    /// The answer to a request when it was stored, whatever happened to it since.
    private Answer accepted(StoredAttestation row) {
        var stage = row.stage(State.ACCEPTED);
        var then = new StoredAttestation(
                row.id(),
                row.seq(),
                row.lane(),
                row.origin(),
                row.octets(),
                row.timeoutMs(),
                State.ACCEPTED,
                null,
                null,
                null,
                null,
                null,
                row.acceptedAt(),
                row.change(),
                stage == null ? java.util.List.of() : java.util.List.of(stage));
        return new Answer(202, view(then), java.util.Map.of("Location", "/v1/attestations/" + row.id()));
    }

    Answer read(Request request) {
        return Answer.ok(view(find(request)));
    }

    Answer proof(Request request) {
        var row = find(request);
        try {
            if (row.index() == null)
                throw new Proofs.NotYet("an attestation that is " + row.state().word());
            var proof = proofs.proof(row);
            boolean cbor = Accept.prefers(request.header("Accept"), CBOR, "application/json");
            return Answer.ok(cbor ? new Answer.Octets(CBOR, proof.cbor()) : proof.json())
                    .with("Vary", "Accept");
        } catch (Proofs.NotYet e) {
            throw Problem.of(
                            ProblemType.NOT_YET_PROVEN,
                            "an attestation under a published checkpoint of its source chain",
                            String.valueOf(e.getMessage()),
                            row.state() == State.PARKED
                                    ? "Read its reason and send it again; this one will not be proven."
                                    : "Ask again once its stages include proven.")
                    .thrown();
        }
    }

    private StoredAttestation find(Request request) {
        var id = request.path().getOrDefault("id", "");
        var found =
                id.matches(UUID_TEXT) ? service.store().find(UUID.fromString(id)) : Optional.<StoredAttestation>empty();
        return found.orElseThrow(() -> Problem.of(
                        ProblemType.NOT_FOUND,
                        "the id of an attestation of this gateway",
                        "none with this id",
                        "Look for it in GET /v1/attestations.")
                .thrown());
    }

    Answer list(Request request) {
        var query = request.query();
        var filter = new Filter(lane(query.get("lane")), state(query.get("state")));
        int limit = (int) number(query.get("limit"), "limit", PAGE, LARGEST_PAGE);
        long before = number(query.get("cursor"), "cursor", Long.MAX_VALUE, Long.MAX_VALUE);
        var rows = service.store().page(filter, before, limit + 1);
        boolean more = rows.size() > limit;
        var page = more ? rows.subList(0, limit) : rows;
        var next = more ? Long.toString(page.getLast().seq()) : null;
        return Answer.ok(new Views.Page(page.stream().map(this::view).toList(), next));
    }

    private io.waybill.core.@Nullable LaneId lane(@Nullable String text) {
        if (text == null) return null;
        return service.lanes()
                .find(text)
                .map(Lane::id)
                .orElseThrow(() -> bad("lane", "the name or the id of a lane of GET /v1/lanes"));
    }

    private static @Nullable State state(@Nullable String text) {
        if (text == null) return null;
        return Arrays.stream(State.values())
                .filter(state -> state.word().equals(text))
                .findFirst()
                .orElseThrow(() -> bad(
                        "state",
                        Arrays.stream(State.values())
                                .map(State::word)
                                .collect(Collectors.joining(", ", "one of ", ""))));
    }

    private static long number(@Nullable String text, String name, long absent, long most) {
        if (text == null) return absent;
        if (text.matches("[1-9][0-9]{0,17}") && Long.parseLong(text) <= most) return Long.parseLong(text);
        throw bad(name, name.equals("cursor") ? "the value of next of an earlier page" : "a number from 1 to " + most);
    }

    private static ProblemException bad(String parameter, String expected) {
        return Problem.of(
                        ProblemType.INVALID_REQUEST,
                        "the query parameter %s to be %s".formatted(parameter, expected),
                        "another value",
                        "Correct the query; /openapi.yaml describes it.")
                .thrown();
    }

    private Views.AttestationView view(StoredAttestation row) {
        return Views.AttestationView.of(row, service.lanes());
    }
}
