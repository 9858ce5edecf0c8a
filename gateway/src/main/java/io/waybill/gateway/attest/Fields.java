package io.waybill.gateway.attest;

import io.waybill.gateway.attest.DoorException.Reason;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The properties of a request's object, read one by one.
final class Fields {
    private final JsonNode object;

    /// Takes an object that has no other properties than the known ones.
    Fields(JsonNode value, Set<String> known) throws DoorException {
        if (!value.isObject()) throw invalid("", "a JSON object", kind(value));
        for (var name : value.propertyNames()) {
            if (!known.contains(name)) {
                throw invalid("/" + name, "only the properties " + String.join(", ", known), "an unknown property");
            }
        }
        this.object = value;
    }

    boolean has(String name) {
        return object.has(name);
    }

    JsonNode object(String name, String expected) throws DoorException {
        var value = object.get(name);
        if (value == null || !value.isObject() || value.isEmpty()) throw invalid("/" + name, expected, kind(value));
        return value;
    }

    String text(String name, String expected, Pattern pattern) throws DoorException {
        var value = object.get(name);
        if (value == null || !value.isString()) throw invalid("/" + name, expected, kind(value));
        var text = value.stringValue();
        if (!pattern.matcher(text).matches()) throw invalid("/" + name, expected, quote(text));
        return text;
    }

    static DoorException invalid(String pointer, String expected, String found) {
        return new DoorException(
                Reason.INVALID,
                pointer.isEmpty() ? "/" : pointer,
                expected,
                found,
                "Correct the request and send it again; the OpenAPI document at /openapi.yaml describes it.");
    }

    static String quote(String text) {
        var printable = text.replaceAll("\\p{Cntrl}", "�");
        return "\"" + (printable.length() <= 60 ? printable : printable.substring(0, 60) + "…") + "\"";
    }

    private static String kind(@Nullable JsonNode value) {
        if (value == null) return "nothing";
        if (value.isObject() && value.isEmpty()) return "an empty object";
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
            default -> "something else";
        };
    }
}
