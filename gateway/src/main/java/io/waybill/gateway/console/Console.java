package io.waybill.gateway.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.waybill.core.Bytes;
import io.waybill.core.digest.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/// Serves the page at `/`. Its policy lets it load only its own files and talk only to this gateway.
public final class Console {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// Resources by the path they are served at; those without a slash lie in this package.
    private static final Map<String, String> FILES = Map.of(
            "/", "index.html",
            "/style.css", "style.css",
            "/app.js", "app.js",
            "/mark.svg", "mark.svg",
            "/schema/proof-bundle-1.json", "/schema/proof-bundle-1.json");

    private Console() {}

    /// Adds the page's routes to a router.
    public static void mount(Router router) {
        FILES.forEach((path, resource) -> mount(router, path, read(resource), type(resource)));
    }

    private static String type(String resource) {
        return switch (resource.substring(resource.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "application/schema+json";
        };
    }

    private static void mount(Router router, String path, Bytes octets, String type) {
        var tag = "\"" + Digests.sha256(octets).toHex().substring(2, 34) + "\"";
        router.get(path).handler(context -> {
            var response = context.response()
                    .putHeader("Content-Type", type)
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("Cache-Control", "no-cache")
                    .putHeader("ETag", tag);
            if (tag.equals(context.request().getHeader("If-None-Match"))) {
                response.setStatusCode(304).end();
            } else {
                response.end(Buffer.buffer(octets.toArray()));
            }
        });
    }

    private static Bytes read(String resource) {
        try (var in = Objects.requireNonNull(Console.class.getResourceAsStream(resource))) {
            return Bytes.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
