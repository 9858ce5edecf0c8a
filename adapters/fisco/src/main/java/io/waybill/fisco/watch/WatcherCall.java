package io.waybill.fisco.watch;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.WatcherDigest;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One watcher asked for one signature.
final class WatcherCall {
    private static final int LARGEST_ANSWER = 4096;
    private static final long PAUSE_MS = 50;
    private static final BigInteger HALF_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);

    private final HttpClient http;
    private final WatcherClient.Endpoint endpoint;
    private final ClientRef verifier;
    private final long height;
    private final Bytes32 hash;

    /// How it ended.
    sealed interface Outcome {
        record Signed(WatcherClient.Endpoint endpoint, Bytes signature) implements Outcome {}

        /// The watcher signed, with its own key, another hash of this height.
        record OtherHash(WatcherClient.Endpoint endpoint, Bytes32 hash) implements Outcome {}

        record Failed(WatcherClient.Endpoint endpoint, String why) implements Outcome {}
    }

    WatcherCall(HttpClient http, WatcherClient.Endpoint endpoint, ClientRef verifier, long height, Bytes32 hash) {
        this.http = http;
        this.endpoint = endpoint;
        this.verifier = verifier;
        this.height = height;
        this.hash = hash;
    }

    /// Asks, and asks again while the watcher's node has no such block.
    ///
    /// @param end as `System.nanoTime()` counts
    Outcome until(long end) {
        try {
            while (true) {
                long left = Math.max(1, end - System.nanoTime());
                var answer = get().toCompletionStage().toCompletableFuture().get(left, TimeUnit.NANOSECONDS);
                boolean lags = answer.status() == 404 || answer.status() == 503;
                if (!lags || end - System.nanoTime() < TimeUnit.MILLISECONDS.toNanos(PAUSE_MS)) return read(answer);
                Thread.sleep(PAUSE_MS);
            }
        } catch (ExecutionException e) {
            return failed(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
        } catch (TimeoutException e) {
            return failed("no answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        }
    }

    private Outcome read(Answer answer) {
        try {
            var json = Json.parse("watcher", answer.body().getBytes());
            if (answer.status() != 200) {
                return failed("HTTP %d, %s"
                        .formatted(answer.status(), json.at("detail").text()));
            }
            var stated = json.at("hash").bytes32();
            var signature = json.at("signature").bytes();
            var signer = Secp256k1.recover(WatcherDigest.of(verifier, height, stated), signature)
                    .map(Secp256k1::address);
            if (!signer.equals(Optional.of(endpoint.watcher())) || !low(signature)) {
                return failed("not a signature by " + endpoint.watcher());
            }
            return stated.equals(hash)
                    ? new Outcome.Signed(endpoint, signature)
                    : new Outcome.OtherHash(endpoint, stated);
        } catch (ChainException.Unavailable e) {
            return failed("HTTP %d, %s".formatted(answer.status(), e.getMessage()));
        }
    }

    /// Clients refuse the other of the two signatures that one key makes of one digest.
    private static boolean low(Bytes signature) {
        return new BigInteger(1, signature.slice(32, 64).toArray()).compareTo(HALF_ORDER) <= 0;
    }

    private Outcome failed(String why) {
        return new Outcome.Failed(endpoint, why);
    }

    private record Answer(int status, Buffer body) {}

    private Future<Answer> get() {
        var path = "%s/v1/headers/%d?verifier=%s&contract=%s&client=%s"
                .formatted(endpoint.uri(), height, verifier.chain(), verifier.contract(), verifier.id());
        return http.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(path)
                        .setTimeout(5_000))
                .compose(request -> request.send().compose(WatcherCall::bounded));
    }

    private static Future<Answer> bounded(HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        var received = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.handler(chunk -> {
            if (received.length() + chunk.length() <= LARGEST_ANSWER) received.appendBuffer(chunk);
            else if (answer.tryFail("answer larger than %d octets".formatted(LARGEST_ANSWER))) {
                response.request().reset();
            }
        });
        response.endHandler(_ -> answer.tryComplete(new Answer(response.statusCode(), received)));
        return answer.future();
    }
}
