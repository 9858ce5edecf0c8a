package io.waybill.gateway.http;

import static io.waybill.gateway.http.Gateway.body;
import static io.waybill.gateway.http.Gateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.client.ClientState;
import io.waybill.core.proof.BundleVerifier;
import io.waybill.gateway.bundle.BundleCbor;
import io.waybill.gateway.bundle.BundleJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The API over HTTP, on a real database and two chains in memory.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiIT {
    private final Gateway gateway = new Gateway(true);

    @AfterAll
    void close() {
        gateway.close();
    }

    private void refused(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        var problem = json(response);
        assertThat(problem.path("type").stringValue()).isEqualTo("urn:waybill:problem:" + code);
        assertThat(problem.path("code").stringValue()).isEqualTo(code);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("detail").stringValue())
                .contains("expected " + problem.path("expected").stringValue())
                .contains("found " + problem.path("found").stringValue());
        assertThat(problem.path("nextAction").stringValue()).isNotBlank();
        assertThat(problem.path("retryable").isBoolean()).isTrue();
        assertThat(response.body()).doesNotContain("Exception").doesNotContain("io.waybill");
    }

    @Nested
    class Submit {
        @Test
        void answers202WithAPlaceToReadAndNeverWaitsForAChain() {
            var response = gateway.post(body());
            assertThat(response.statusCode()).isEqualTo(202);
            var location = response.headers().firstValue("Location").orElseThrow();
            var view = json(response);
            assertThat(location).isEqualTo("/v1/attestations/" + view.path("id").stringValue());
            assertThat(view.path("state").stringValue()).isEqualTo("accepted");
            assertThat(view.path("subject").stringValue()).isEqualTo("lot 42");
            assertThat(view.path("claims").toString()).isEqualTo("{\"result\":\"passed\"}");
            assertThat(gateway.read(location).statusCode()).isEqualTo(200);
        }

        @Test
        void takesASubjectCommitmentInPlaceOfTheSubject() {
            var commitment = "0x" + "ab".repeat(32);
            var response = gateway.post(
                    body().replace("\"subject\": \"lot 42\"", "\"subjectCommitment\": \"%s\"".formatted(commitment)));
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(json(response).path("subjectCommitment").stringValue()).isEqualTo(commitment);
            assertThat(json(response).has("subject")).isFalse();
        }

        @Test
        void takesTheLaneById() {
            var id = gateway.world.lane().toString();
            assertThat(gateway.post(body().replace("\"out\"", "\"" + id + "\"")).statusCode())
                    .isEqualTo(202);
        }

        @Test
        void keepsTheTermOfTheStatement() {
            var term = "\"validFrom\": \"2026-01-01T00:00:00Z\", \"validUntil\": \"2027-01-01T01:00:00+01:00\"";
            var response = gateway.post(body().replace("\"timeout\"", term + ", \"timeout\""));
            assertThat(json(response).path("validUntil").stringValue()).isEqualTo("2027-01-01T00:00:00Z");
        }
    }

    @Nested
    class Refuse {
        private void refusedAndNotStored(String body, int status, String code) {
            int before = gateway.stored();
            refused(gateway.post(body), status, code);
            assertThat(gateway.stored()).isEqualTo(before);
        }

        @Test
        void malformedJsonWithItsLineAndColumn() {
            int before = gateway.stored();
            var response = gateway.post("{\n  \"lane\": oops}");
            refused(response, 400, "malformed-json");
            assertThat(json(response).path("found").stringValue()).startsWith("at line 2, column 1");
            assertThat(gateway.stored()).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "{} {}",
                    "{\"lane\":\"out\",\"lane\":\"out\"}",
                    "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
                    "nul",
                    "{'lane':1}",
                    "{\"a\":1e}"
                })
        void whatIsNotOneJsonValue(String body) {
            refusedAndNotStored(body, 400, "malformed-json");
        }

        @Test
        void octetsThatAreNotUtf8() {
            var octets = new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
            refused(
                    gateway.send(gateway.request()
                            .POST(BodyPublishers.ofByteArray(octets))
                            .build()),
                    400,
                    "malformed-json");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"lane\": \"out\", | ''",
                    "\"inspection/1\" | \"no good\"",
                    "\"inspection/1\" | 7",
                    "did:web:inspector.example | inspector.example",
                    "\"lot 42\" | \"\"",
                    "\"lot 42\" | \"a\\u0000b\"",
                    "\"lot 42\" | null",
                    "\"subject\" | \"subjectCommitment\"",
                    "\"subject\" | \"sobject\"",
                    "\"lot 42\", | \"lot 42\", \"subjectCommitment\": \"0x01\",",
                    "{\"result\": \"passed\"} | []",
                    "{\"result\": \"passed\"} | {}",
                    "\"passed\" | 9007199254740993",
                    "\"passed\" | 1e400",
                    "\"passed\" | \"\\ud800\"",
                    "\"PT1H\" | \"an hour\"",
                    "\"PT1H\" | \"2026-13-45T00:00:00Z\"",
                    "\"PT1H\" | 3600",
                    "\"timeout\" | \"validFrom\": \"yesterday\", \"timeout\"",
                    "\"timeout\" | \"validFrom\": \"2026-01-01T00:00:00.5Z\", \"timeout\"",
                    "\"timeout\" | \"validFrom\": \"2026-01-02T00:00:00Z\", \"validUntil\": \"2026-01-01T00:00:00Z\", \"timeout\"",
                })
        void whatIsNotAsTheDocumentDescribes(String part, String wrong) {
            refusedAndNotStored(body().replace(part.strip(), wrong.strip()), 400, "invalid-request");
        }

        @Test
        void aBodyThatIsNoObject() {
            refusedAndNotStored("[]", 400, "invalid-request");
            refusedAndNotStored("null", 400, "invalid-request");
        }

        @Test
        void anUnknownLaneAndNamesTheKnownOnes() {
            var response = gateway.post(body().replace("\"out\"", "\"nowhere\""));
            refused(response, 422, "unknown-lane");
            assertThat(json(response).path("expected").stringValue()).startsWith("one of out");
            refusedAndNotStored(body().replace("\"out\"", "\"0x" + "00".repeat(32) + "\""), 422, "unknown-lane");
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "-PT1S", "2025-12-31T23:59:59Z", "P8D", "P9999999D", "9999-12-31T23:59:59Z"})
        void aTimeoutThatIsPastOrTooFarAhead(String timeout) {
            refusedAndNotStored(body("\"a\": 1", timeout), 422, "timeout-out-of-range");
        }

        @Test
        void aTimeoutAtBothEdges() {
            refusedAndNotStored(body("\"a\": 1", "2026-01-01T00:00:00Z"), 422, "timeout-out-of-range");
            refusedAndNotStored(body("\"a\": 1", "P7DT0.001S"), 422, "timeout-out-of-range");
            assertThat(gateway.post(body("\"a\": 1", "P7D")).statusCode()).isEqualTo(202);
            assertThat(gateway.post(body("\"a\": 1", "2026-01-01T00:30:00Z")).statusCode())
                    .isEqualTo(202);
        }

        @Test
        void aPayloadThatCarriesValue() {
            var response = gateway.post(body("\"token\": \"0x01\", \"amount\": \"5\"", "PT1H"));
            refused(response, 422, "token-policy");
            assertThat(json(response).path("found").stringValue()).contains("amount-of-token");
            refusedAndNotStored(body().replace("inspection/1", "erc20-transfer/1"), 422, "token-policy");
        }

        @Test
        void anIdentifierThatIsPersonalData() {
            refusedAndNotStored(body().replace("lot 42", "did:ctid:" + "AB".repeat(32)), 422, "token-policy");
        }

        @Test
        void anAttestationTooLargeForItsLane() {
            refusedAndNotStored(body("\"a\": \"%s\"".formatted("x".repeat(9000)), "PT1H"), 422, "packet-too-large");
        }

        @Test
        void aBodyOfTwoMegabytes() {
            refusedAndNotStored(body("\"a\": \"%s\"".formatted("x".repeat(2_000_000)), "PT1H"), 413, "body-too-large");
        }

        @Test
        void aLargeBodyOfUnknownLength() {
            var endless = new java.io.ByteArrayInputStream(new byte[600_000]);
            refused(
                    gateway.send(gateway.request()
                            .POST(BodyPublishers.ofInputStream(() -> endless))
                            .build()),
                    413,
                    "body-too-large");
        }

        @Test
        void anotherMediaType() {
            var text = HttpRequest.newBuilder(gateway.uri("/v1/attestations"))
                    .POST(BodyPublishers.ofString(body()))
                    .header("Content-Type", "text/plain")
                    .build();
            refused(gateway.send(text), 415, "unsupported-media-type");
            var none = HttpRequest.newBuilder(gateway.uri("/v1/attestations"))
                    .POST(BodyPublishers.ofString(body()))
                    .build();
            refused(gateway.send(none), 415, "unsupported-media-type");
        }

        @Test
        void aPathThatIsNotThere() {
            refused(gateway.read("/v2/attestations"), 404, "not-found");
            refused(gateway.read("/v1/attestations/nothing"), 404, "not-found");
            refused(gateway.read("/v1/attestations/" + UUID.randomUUID()), 404, "not-found");
            refused(gateway.read("/v1/attestations/" + UUID.randomUUID() + "/proof"), 404, "not-found");
        }

        @Test
        void aMethodThatDoesNotApply() {
            var response = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/attestations"))
                    .DELETE()
                    .build());
            refused(response, 405, "method-not-allowed");
            assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, POST");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "limit=0",
                    "limit=201",
                    "limit=x",
                    "cursor=-1",
                    "cursor=99999999999999999999",
                    "lane=nowhere",
                    "state=lost",
                    "colour=red",
                    "limit=1&limit=2",
                    "limit=%25zz"
                })
        void aQueryThatIsNotAsTheDocumentDescribes(String query) {
            refused(gateway.read("/v1/attestations?" + query), 400, "invalid-request");
        }
    }

    @Nested
    class Repeat {
        @Test
        void answersTheSameForTheSameKeyAndBody() {
            var key = UUID.randomUUID().toString();
            var first = gateway.post(body(), "Idempotency-Key", key);
            gateway.await(first.headers().firstValue("Location").orElseThrow(), "final");
            var second = gateway.post(body().replace(": ", ":  "), "Idempotency-Key", key);
            assertThat(second.statusCode()).isEqualTo(202);
            assertThat(second.body()).isEqualTo(first.body());
            assertThat(second.headers().firstValue("Location"))
                    .isEqualTo(first.headers().firstValue("Location"));
            assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
            assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
        }

        @Test
        void refusesAnotherBodyUnderTheSameKey() {
            var key = UUID.randomUUID().toString();
            gateway.post(body(), "Idempotency-Key", key);
            int before = gateway.stored();
            refused(
                    gateway.post(body().replace("passed", "failed"), "Idempotency-Key", key),
                    422,
                    "idempotency-key-reused");
            assertThat(gateway.stored()).isEqualTo(before);
        }

        @Test
        void keepsNoKeyOfARequestThatWasRefused() {
            var key = UUID.randomUUID().toString();
            refused(
                    gateway.post(body().replace("\"out\"", "\"nowhere\""), "Idempotency-Key", key),
                    422,
                    "unknown-lane");
            assertThat(gateway.post(body(), "Idempotency-Key", key).statusCode())
                    .isEqualTo(202);
        }

        @Test
        void refusesAKeyThatIsNone() {
            refused(gateway.post(body(), "Idempotency-Key", "k".repeat(256)), 400, "invalid-request");
            refused(gateway.post(body(), "Idempotency-Key", "two words"), 400, "invalid-request");
        }
    }

    @Nested
    class Read {
        @Test
        void tellsEveryStageWithItsBlockAndTransaction() {
            var location = gateway.post(body()).headers().firstValue("Location").orElseThrow();
            var view = gateway.await(location, "final");
            var stages = view.path("stages");
            assertThat(stages.valueStream().map(stage -> stage.path("stage").stringValue()))
                    .containsExactly("accepted", "submitted", "included", "final");
            var included = stages.get(2);
            var entry = gateway.world
                    .source()
                    .entries(
                            io.waybill.core.lane.LogRole.PACKETS,
                            gateway.world.lane(),
                            view.path("index").longValue(),
                            view.path("index").longValue() + 1)
                    .getFirst();
            assertThat(included.path("chain").stringValue()).isEqualTo("memory:source");
            assertThat(included.path("height").longValue()).isEqualTo(entry.height());
            assertThat(included.path("tx").stringValue()).isEqualTo(entry.tx().toHex());
            assertThat(view.path("links").path("proof").stringValue()).isEqualTo(location + "/proof");
        }

        @Test
        void goesThroughAllPagesOnce() {
            for (int i = 0; i < 5; i++) gateway.post(body());
            int all = gateway.stored();
            int seen = 0;
            for (String cursor = ""; cursor != null; ) {
                var page = json(gateway.read("/v1/attestations?limit=3" + cursor));
                seen += page.path("attestations").size();
                cursor = page.has("next") ? "&cursor=" + page.path("next").stringValue() : null;
            }
            assertThat(seen).isEqualTo(all);
        }

        @Test
        void answersHeadAsGetWithoutABody() {
            var response = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/lanes"))
                    .method("HEAD", BodyPublishers.noBody())
                    .build());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }

        @Test
        void showsLanesWithTheirTrustAndHowFarTheyAre() {
            var location = gateway.post(body()).headers().firstValue("Location").orElseThrow();
            gateway.await(location, "final");
            var lane = json(gateway.read("/v1/lanes")).path("lanes").get(0);
            assertThat(lane.path("name").stringValue()).isEqualTo("out");
            assertThat(lane.path("trust").path("mode").stringValue()).isEqualTo("header-proof");
            assertThat(lane.path("trustBack").path("mode").stringValue()).isEqualTo("corroborated");
            assertThat(lane.path("trustBack").path("needed").intValue()).isEqualTo(2);
            assertThat(lane.path("maxTimeout").stringValue()).isEqualTo("PT168H");
        }

        @Test
        void showsClientsMembersAndLeases() {
            var clients = json(gateway.read("/v1/clients")).path("clients");
            assertThat(clients.size()).isEqualTo(2);
            assertThat(clients.get(0).path("follows").stringValue()).isEqualTo("memory:source");
            var status = json(gateway.read("/v1/status"));
            assertThat(status.path("members").get(0).path("self").booleanValue())
                    .isTrue();
            assertThat(status.path("leases").get(0).path("holder").stringValue())
                    .isEqualTo("a/1");
        }
    }

    @Nested
    class Proof {
        @Test
        void holdsOfflineWithTheAnchorAlone() throws Exception {
            var location = gateway.post(body()).headers().firstValue("Location").orElseThrow();
            gateway.await(location, "final");
            var response = gateway.read(location + "/proof");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            var bundle = BundleJson.read(Bytes.utf8(response.body()));
            var report = BundleVerifier.verify(
                    bundle, gateway.world.sourceRules(), ClientState.anchoredAt(gateway.world.sourceAnchor()));
            assertThat(report.checks()).allMatch(BundleVerifier.Check::passed);
        }

        @Test
        void comesInCborWhenThatIsWantedMore() throws Exception {
            var location = gateway.post(body()).headers().firstValue("Location").orElseThrow();
            gateway.await(location, "final");
            var bundle =
                    BundleJson.read(Bytes.utf8(gateway.read(location + "/proof").body()));
            var cbor = proof(location, "application/cbor");
            assertThat(cbor.headers().firstValue("Content-Type")).contains("application/cbor");
            assertThat(cbor.headers().firstValue("Vary")).contains("Accept");
            assertThat(BundleCbor.read(Bytes.of(cbor.body()))).isEqualTo(bundle);
            assertThat(type(location, "application/cbor, */*")).isEqualTo("application/cbor");
            assertThat(type(location, "application/json;q=0.5, application/cbor;q=0.9"))
                    .isEqualTo("application/cbor");
            assertThat(type(location, "application/json, application/cbor;q=0.9"))
                    .isEqualTo("application/json");
            assertThat(type(location, "application/cbor;q=0")).isEqualTo("application/json");
            assertThat(type(location, "*/*")).isEqualTo("application/json");
        }

        private String type(String location, String accept) throws Exception {
            return proof(location, accept).headers().firstValue("Content-Type").orElseThrow();
        }

        private HttpResponse<byte[]> proof(String location, String accept) throws Exception {
            try (var client = HttpClient.newHttpClient()) {
                return client.send(
                        HttpRequest.newBuilder(gateway.uri(location + "/proof"))
                                .header("Accept", accept)
                                .build(),
                        BodyHandlers.ofByteArray());
            }
        }
    }

    @Nested
    class Events {
        @Test
        void tellChangesAndGoOnWhereAReaderLeft() throws IOException, InterruptedException {
            try (var client = HttpClient.newHttpClient()) {
                var open = client.send(
                        HttpRequest.newBuilder(gateway.uri("/v1/events")).build(), BodyHandlers.ofInputStream());
                assertThat(open.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
                String id;
                try (var lines = reader(open)) {
                    next(lines, "retry:");
                    var first = json(gateway.post(body())).path("id").stringValue();
                    id = next(lines, "id: ");
                    assertThat(next(lines, "data: ")).contains(first);
                }
                var missed = json(gateway.post(body())).path("id").stringValue();
                var again = client.send(
                        HttpRequest.newBuilder(gateway.uri("/v1/events"))
                                .header("Last-Event-ID", id)
                                .build(),
                        BodyHandlers.ofInputStream());
                try (var lines = reader(again)) {
                    String seen = next(lines, "data: ");
                    while (!seen.contains(missed)) seen = next(lines, "data: ");
                    assertThat(seen).contains(missed);
                }
            }
        }

        private static BufferedReader reader(HttpResponse<java.io.InputStream> response) {
            return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        private static String next(BufferedReader lines, String prefix) throws IOException {
            String line = lines.readLine();
            while (line != null && !line.startsWith(prefix)) line = lines.readLine();
            return String.valueOf(line).substring(prefix.length());
        }
    }

    @Nested
    class Fuzz {
        static LongStream seeds() {
            return LongStream.range(0, 300);
        }

        /// Bodies that are nearly right: octets changed, cut and repeated.
        @ParameterizedTest
        @MethodSource("seeds")
        void neverGives500(long seed) {
            var random = new SplittableRandom(seed);
            var octets = body("\"a\": [1, {\"b\": \"\\u00e9\"}], \"c\": -1.5e3", "PT1H")
                    .getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length;
            var response = gateway.send(gateway.request()
                    .POST(BodyPublishers.ofByteArray(octets, 0, length))
                    .build());
            assertThat(response.statusCode())
                    .as("seed %d: %s", seed, response.body())
                    .isIn(202, 400, 422);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/v1/attestations/%00",
                    "/v1/attestations/%ff/proof",
                    "/v1/attestations?state=%00",
                    "/v1/attestations?lane=%F0%9F%92%A9",
                    "/%2e%2e/%2e%2e/etc/passwd"
                })
        void oddPathsAreProblemsToo(String path) {
            assertThat(gateway.read(path).statusCode()).isBetween(400, 404);
        }
    }

    @Nested
    class Serve {
        @Test
        void theDocument() {
            var response = gateway.read("/openapi.yaml");
            assertThat(response.headers().firstValue("Content-Type")).contains("application/yaml; charset=utf-8");
            assertThat(response.body()).startsWith("openapi: 3.1.0");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/style.css", "/app.js", "/mark.svg", "/schema/proof-bundle-1.json"})
        void theConsoleUnderAStrictPolicy(String path) {
            var response = gateway.read(path);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            var tag = response.headers().firstValue("ETag").orElseThrow();
            var again = gateway.send(HttpRequest.newBuilder(gateway.uri(path))
                    .header("If-None-Match", tag)
                    .build());
            assertThat(again.statusCode()).isEqualTo(304);
        }

        @Test
        void operationsOnTheirOwnPort() {
            assertThat(operated("/livez").body()).isEqualTo("{\"live\":true}");
            gateway.read("/v1/lanes");
            assertThat(operated("/metrics").body())
                    .contains("waybill_http_requests_seconds_count{operation=\"listLanes\",status=\"2xx\"}");
            assertThat(operated("/readyz").body()).isEqualTo("{\"ready\":true,\"reasons\":[]}");
        }

        private HttpResponse<String> operated(String path) {
            return gateway.send(HttpRequest.newBuilder(gateway.ops(path)).build());
        }
    }
}
