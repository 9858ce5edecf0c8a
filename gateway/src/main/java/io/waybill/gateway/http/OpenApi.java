package io.waybill.gateway.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The OpenAPI 3.1 document: what the API is. Routes are made from it.
final class OpenApi {
    private static final String RESOURCE = "/openapi.yaml";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final String text;
    private final List<Route> routes;

    private OpenApi(String text, List<Route> routes) {
        this.text = text;
        this.routes = routes;
    }

    /// One operation of the document.
    ///
    /// @param path  as Vert.x Web writes it: `/v1/attestations/:id`
    /// @param query names of its query parameters
    /// @param takes whether it takes a body
    record Route(String id, String method, String path, Set<String> query, boolean takes) {}

    static OpenApi load() {
        try (var in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(RESOURCE))) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new OpenApi(text, routes(YAMLMapper.shared().readTree(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Route> routes(JsonNode document) {
        var routes = new ArrayList<Route>();
        for (var path : document.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (!METHODS.contains(operation.getKey())) continue;
                routes.add(new Route(
                        operation.getValue().path("operationId").stringValue(),
                        operation.getKey().toUpperCase(Locale.ROOT),
                        path.getKey().replaceAll("\\{(\\w+)}", ":$1"),
                        query(document, operation.getValue()),
                        operation.getValue().has("requestBody")));
            }
        }
        return List.copyOf(routes);
    }

    private static Set<String> query(JsonNode document, JsonNode operation) {
        var names = new LinkedHashSet<String>();
        for (var given : operation.path("parameters")) {
            var reference = given.path("$ref").stringValue("");
            var parameter = reference.isEmpty() ? given : document.at(reference.substring(1));
            if (parameter.path("in").stringValue("").equals("query")) {
                names.add(parameter.path("name").stringValue());
            }
        }
        return names;
    }

    String text() {
        return text;
    }

    List<Route> routes() {
        return routes;
    }
}
