package io.waybill.rpc;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One HTTP request with its response, of which no more is read than its bound; stopping it twice, or after its
/// end, does nothing.
final class Exchange {
    private static final Duration SOME_REST = Duration.ofSeconds(1);

    private final HttpClient http;
    private final URI endpoint;
    private final int most;
    private final byte[] body;
    private final Promise<Answer> answer = Promise.promise();
    private volatile @Nullable HttpClientRequest request;

    /// @param most octets of the response's body
    /// @param body of the request, JSON
    Exchange(HttpClient http, URI endpoint, int most, byte[] body) {
        this.http = http;
        this.endpoint = endpoint;
        this.most = most;
        this.body = body;
    }

    /// @param after the header `Retry-After`, if there is one
    record Answer(int status, @Nullable String after, Buffer body) {
        /// How long the node wants to be left alone, if that is what it says.
        @Nullable
        Duration rest() {
            if (status != 429 && (status != 503 || after == null)) return null;
            return after != null && after.matches("[0-9]{1,5}") ? Duration.ofSeconds(Long.parseLong(after)) : SOME_REST;
        }
    }

    Future<Answer> start() {
        http.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(endpoint.toString())
                        .putHeader("content-type", "application/json")
                        .putHeader("accept", "application/json"))
                .compose(made -> {
                    request = made;
                    made.exceptionHandler(answer::tryFail);
                    if (answer.future().isComplete()) made.reset();
                    // Listened to here, on the request's own thread: attached later, it could miss the body.
                    return made.send(Buffer.buffer(body)).onSuccess(this::receive);
                })
                .onFailure(answer::tryFail);
        return answer.future();
    }

    private void receive(HttpClientResponse response) {
        var received = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.handler(chunk -> {
            if (received.length() + chunk.length() <= most) {
                received.appendBuffer(chunk);
            } else if (answer.tryFail("answer larger than %d octets".formatted(most))) {
                response.request().reset();
            }
        });
        response.endHandler(_ ->
                answer.tryComplete(new Answer(response.statusCode(), response.getHeader("retry-after"), received)));
    }

    void stop() {
        if (!answer.tryFail("stopped")) return;
        var made = request;
        if (made != null) made.reset();
    }
}
