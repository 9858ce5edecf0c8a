package io.waybill.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// What an operation answers.
///
/// @param body a value that becomes JSON
public record Answer(int status, Object body, Map<String, String> headers) {
    public Answer {
        headers = Map.copyOf(headers);
    }

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
        return body instanceof Problem.Body ? "application/problem+json" : "application/json";
    }
}
