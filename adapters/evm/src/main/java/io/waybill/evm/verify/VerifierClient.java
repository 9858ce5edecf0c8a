package io.waybill.evm.verify;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.client.committee.AttestedBlock;
import io.waybill.core.client.committee.CommitteeUpdate;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Collects the statements of a committee over HTTP: all verifiers are asked at once, each again while its chain
/// is not there yet, until enough say the same or the deadline is over. Each signature is checked before it
/// counts.
public final class VerifierClient implements AutoCloseable {
    private static final int LONGEST_ANSWER = 1 << 14;
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<Endpoint> endpoints;
    private final int needed;
    private final Duration deadline;

    /// Where a verifier answers, and the account that it must answer with.
    ///
    /// @param uri `http://host:port`
    public record Endpoint(URI uri, Address verifier) {}

    /// @param needed   how many must say the same, as the client was made with
    /// @param deadline for one block, all verifiers together
    public VerifierClient(List<Endpoint> endpoints, int needed, Duration deadline) {
        this.endpoints = List.copyOf(endpoints);
        this.needed = needed;
        this.deadline = deadline;
    }

    /// What one verifier answered.
    private sealed interface Outcome {
        record Said(Address verifier, AttestedBlock block, Bytes signature) implements Outcome {}

        record Failed(String why) implements Outcome {}
    }

    /// An update that brings a client to a block.
    ///
    /// @throws ChainException.Unavailable if too few said the same in time; the message says what each answered
    public CommitteeUpdate update(ClientRef client, long height) {
        long end = System.nanoTime() + deadline.toNanos();
        Map<AttestedBlock, TreeMap<Address, Bytes>> said = new HashMap<>();
        var others = new ArrayList<String>();
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("verifier-", 0).factory())) {
            var answers = new ExecutorCompletionService<Outcome>(threads);
            for (var endpoint : endpoints) answers.submit(() -> until(end, endpoint, client, height));
            for (int i = 0; i < endpoints.size(); i++) {
                var answer = answers.poll(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (answer == null) break;
                switch (answer.get()) {
                    case Outcome.Failed(var why) -> others.add(why);
                    case Outcome.Said(var verifier, var block, var signature) -> {
                        var same = said.computeIfAbsent(block, _ -> new TreeMap<>());
                        same.put(verifier, signature);
                        if (same.size() >= needed) {
                            threads.shutdownNow();
                            return new CommitteeUpdate(block, List.copyOf(same.values()));
                        }
                    }
                }
            }
            threads.shutdownNow();
        } catch (ExecutionException e) {
            throw new IllegalStateException("verifier: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainException.Unavailable("verifiers: interrupted", e);
        }
        throw new ChainException.Unavailable("verifiers of block %d: expected ≥ %d of %d to say the same, got %s; %s"
                .formatted(
                        height,
                        needed,
                        endpoints.size(),
                        said.values().stream().map(Map::size).toList(),
                        others.isEmpty() ? "the others did not answer in time" : String.join("; ", others)));
    }

    private Outcome until(long end, Endpoint endpoint, ClientRef client, long height) throws InterruptedException {
        while (true) {
            String why;
            try {
                var answer = http.send(
                        request(endpoint, client, height),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
                if (answer.statusCode() == 200)
                    return said(endpoint, client, height, Json.parse("verifier", answer.body()));
                why = "%s answered %d".formatted(endpoint.uri(), answer.statusCode());
                if (answer.statusCode() != 404 && answer.statusCode() != 503) return new Outcome.Failed(why);
            } catch (IOException | ChainException.Unavailable e) {
                why = "%s: %s".formatted(endpoint.uri(), e.getMessage());
            }
            if (System.nanoTime() + AGAIN.toNanos() > end) return new Outcome.Failed(why);
            Thread.sleep(AGAIN);
        }
    }

    private static HttpRequest request(Endpoint endpoint, ClientRef client, long height) {
        var path = "/v1/blocks/%d?verifier=%s&contract=%s&client=%s"
                .formatted(
                        height, client.chain(), client.contract(), client.id().value());
        return HttpRequest.newBuilder(endpoint.uri().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    private static Outcome said(Endpoint endpoint, ClientRef client, long height, Json json) {
        var block = new AttestedBlock(
                json.at("height").integer(),
                json.at("hash").bytes32(),
                json.at("root").bytes32(),
                json.at("timestamp").integer());
        var signature = json.at("signature").bytes();
        boolean own = block.height() == height
                && Secp256k1.recover(block.digest(client), signature)
                        .map(Secp256k1::address)
                        .filter(endpoint.verifier()::equals)
                        .isPresent();
        return own
                ? new Outcome.Said(endpoint.verifier(), block, signature)
                : new Outcome.Failed("%s: expected a statement of block %d signed by %s, got another"
                        .formatted(endpoint.uri(), height, endpoint.verifier()));
    }

    @Override
    public void close() {
        http.close();
    }
}
