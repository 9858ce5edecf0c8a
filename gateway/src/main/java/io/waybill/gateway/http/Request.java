package io.waybill.gateway.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.waybill.core.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request as an operation sees it: no longer tied to the event loop.
///
/// @param path    decoded parameters of the path
/// @param query   decoded parameters of the query, each given once
/// @param headers names in any case
public record Request(Map<String, String> path, Map<String, String> query, MultiMap headers, Bytes body) {
    /// Reads what an operation may need.
    ///
    /// @param known the query parameters of the operation; others are refused, because a misspelt filter would
    ///     silently not filter
    static Request of(RoutingContext context, Set<String> known) {
        var query = new LinkedHashMap<String, String>();
        for (var parameter : parameters(context)) {
            var name = parameter.getKey();
            if (!known.contains(name)) throw badQuery(known, "another one");
            if (query.put(name, parameter.getValue()) != null) throw badQuery(known, name + " twice");
        }
        var body = context.body().buffer();
        return new Request(
                Map.copyOf(context.pathParams()),
                query,
                context.request().headers(),
                body == null ? Bytes.EMPTY : Bytes.of(body.getBytes()));
    }

    private static MultiMap parameters(RoutingContext context) {
        try {
            return context.queryParams();
        } catch (RuntimeException e) {
            throw badQuery(Set.of(), "one that cannot be decoded");
        }
    }

    private static ProblemException badQuery(Set<String> known, String found) {
        var expected = known.isEmpty() ? "no query parameters" : "the query parameters " + String.join(", ", known);
        return Problem.of(
                        ProblemType.INVALID_REQUEST,
                        expected + ", each at most once",
                        found,
                        "Correct the query; /openapi.yaml describes it.")
                .thrown();
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }
}
