package io.waybill.gateway.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/// Judges of single values, all in the words: what, what was expected, what was found.
final class Check {
    private Check() {}

    static void that(boolean holds, String key, String expected, Object found) {
        if (!holds) throw new ConfigException("%s: expected %s, found %s".formatted(key, expected, found));
    }

    static void endpoints(String key, List<?> values) {
        that(!values.isEmpty(), key, "at least one endpoint", "none");
    }

    static void positive(String key, Duration value) {
        that(value.isPositive(), key, "a duration above zero, such as PT5S", value);
    }

    static void distinct(String key, List<?> values) {
        var seen = new HashSet<>();
        for (var value : values) that(seen.add(value), key, "each once", value + " twice");
    }

    static void oneOf(String key, Object value, List<?> known) {
        that(known.contains(value), key, "one of " + known, value);
    }
}
