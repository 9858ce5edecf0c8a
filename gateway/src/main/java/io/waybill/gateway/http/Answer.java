package io.waybill.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.waybill.core.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/// What an operation answers.
///
/// @param body a value that becomes JSON, or [Octets]
public record Answer(int status, Object body, Map<String, String> headers) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    /// A body that is written already.
    record Octets(String mediaType, Bytes value) {}

    public static Answer ok(Object body) {
        return new Answer(200, body, Map.of());
    }

    static Answer of(Problem problem, String instance) {
        var answer = new Answer(problem.type().status(), problem.body(instance), Map.of());
        return problem.type() == ProblemType.UNAVAILABLE ? answer.with("Retry-After", "1") : answer;
    }

    public Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, body, more);
    }

    String mediaType() {
        return switch (body) {
            case Problem.Body _ -> "application/problem+json";
            case Octets octets -> octets.mediaType();
            default -> "application/json";
        };
    }

    Buffer octets() {
        return body instanceof Octets(var _, var value)
                ? Buffer.buffer(value.toArray())
                : Buffer.buffer(Json.write(body));
    }
}
