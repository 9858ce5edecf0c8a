package io.waybill.gateway.demo;

import io.waybill.core.ChainId;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One attestation each way, asked for over HTTP like anybody's, and watched until it is acknowledged.
public final class FirstCrossing {
    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final long LOOK_MS = 100;

    private final URI api;
    private final DemoFiles files;
    private final PrintWriter out;
    private final HttpClient http = HttpClient.newHttpClient();

    /// @param api   of a member that serves the demo's lanes
    /// @param files where the bundles go
    /// @param out   where the stages are printed
    public FirstCrossing(URI api, DemoFiles files, PrintWriter out) {
        this.api = api;
        this.files = files;
        this.out = out;
    }

    /// Sends one attestation on each lane and waits for both.
    ///
    /// @return whether both were acknowledged
    public boolean run() {
        var there = submit("evm-to-ledger", "inspection/1", "lot 42", "{\"result\":\"passed\",\"inspector\":\"7731\"}");
        var back = submit("ledger-to-evm", "origin/1", "lot 42", "{\"country\":\"CN\",\"harvest\":\"2026-09\"}");
        boolean arrived = follow("evm-to-ledger", there);
        return follow("ledger-to-evm", back) && arrived;
    }

    private URI submit(String lane, String schema, String subject, String claims) {
        var body = """
                {"lane":"%s","schema":"%s","issuer":"did:web:customs.example","subject":"%s","claims":%s,"timeout":"PT1H"}
                """.formatted(lane, schema, subject, claims);
        var answer = send(HttpRequest.newBuilder(api.resolve("/v1/attestations"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(
                    "submit on %s: expected 202, got %d %s".formatted(lane, answer.statusCode(), answer.body()));
        }
        return api.resolve(answer.headers().firstValue("Location").orElseThrow());
    }

    private boolean follow(String lane, URI attestation) {
        var end = Instant.now().plus(DEADLINE);
        var seen = read(attestation);
        while (!isSettled(seen) && Instant.now().isBefore(end)) {
            rest();
            seen = read(attestation);
        }
        print(lane, seen);
        boolean acknowledged = seen.at("state").text().equals("acknowledged");
        if (acknowledged)
            keep(lane, attestation, new ChainId(seen.at("lane").at("source").text()));
        return acknowledged;
    }

    private static boolean isSettled(Json attestation) {
        return switch (attestation.at("state").text()) {
            case "acknowledged", "parked" -> true;
            default -> false;
        };
    }

    private Json read(URI attestation) {
        return Json.parse(
                "attestation",
                send(HttpRequest.newBuilder(attestation).GET())
                        .body()
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void print(String lane, Json attestation) {
        out.printf(
                "%n%s  \"%s\" of %s, %s%n",
                lane,
                attestation.at("subject").text(),
                attestation.at("issuer").text(),
                attestation.at("schema").text());
        Instant first = null;
        for (var stage : attestation.at("stages").list()) {
            var at = Instant.parse(stage.at("at").text());
            if (first == null) first = at;
            out.printf(
                    "  %-13s %7d ms%s%n",
                    stage.at("stage").text(), Duration.between(first, at).toMillis(), where(stage));
        }
        parts(attestation);
        var reason = attestation.at("reason");
        if (!reason.isNull()) out.printf("  %s%n", reason.text());
    }

    /// Where the time between the block of the source and that of the destination went, as this gateway learnt of
    /// it.
    private void parts(Json attestation) {
        var at = new HashMap<String, Instant>();
        for (var stage : attestation.at("stages").list()) {
            at.put(stage.at("stage").text(), Instant.parse(stage.at("at").text()));
        }
        var stages = Stream.of("included", "final", "proven", "delivered")
                .flatMap(stage -> Stream.ofNullable(at.get(stage)))
                .toList();
        if (stages.size() < 4) return;
        out.printf(
                Locale.ROOT,
                "  from inclusion to delivery %.1f s: finality %.1f, proof %.1f, submission %.1f%n",
                seconds(stages.getFirst(), stages.getLast()),
                seconds(stages.get(0), stages.get(1)),
                seconds(stages.get(1), stages.get(2)),
                seconds(stages.get(2), stages.get(3)));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static String where(Json stage) {
        if (stage.at("chain").isNull()) return "";
        var place = "   %s".formatted(stage.at("chain").text());
        if (!stage.at("height").isNull())
            place += " block " + stage.at("height").integer();
        if (!stage.at("tx").isNull()) place += " tx " + stage.at("tx").text().substring(0, 18) + "…";
        return place;
    }

    /// Keeps the proof bundle, so that it can be checked offline.
    private void keep(String lane, URI attestation, ChainId source) {
        var answer =
                send(HttpRequest.newBuilder(URI.create(attestation + "/proof")).GET());
        if (answer.statusCode() != 200) {
            out.printf("  no bundle: %d %s%n", answer.statusCode(), answer.body());
            return;
        }
        out.printf(
                "  check offline: ./waybill verify %s --anchor %s%n",
                files.bundle(lane, answer.body()), files.anchor(source));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void rest() {
        try {
            new CountDownLatch(1).await(LOOK_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
