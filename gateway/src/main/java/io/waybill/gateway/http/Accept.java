package io.waybill.gateway.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client would rather read, as its Accept header says.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, 12.5.1</a>
final class Accept {
    private static final Pattern WEIGHT =
            Pattern.compile("(?i)\\s*q\\s*=\\s*(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)\\s*");

    private Accept() {}

    /// Whether one media type is wanted more than another: by its weight, or of equals by being named more exactly.
    ///
    /// @param header null when there is none: then nothing is wanted more
    static boolean prefers(@Nullable String header, String wanted, String other) {
        if (header == null) return false;
        var better = Weight.of(header, wanted);
        var worse = Weight.of(header, other);
        return better.value > worse.value
                || (better.value > 0 && better.value == worse.value && better.exactness > worse.exactness);
    }

    /// How much a type is wanted, and by how exact a range: 0 none, 1 any, 2 its family, 3 its name.
    private record Weight(double value, int exactness) {
        static Weight of(String header, String type) {
            var best = new Weight(0, 0);
            for (var range : header.split(",", -1)) {
                var parts = range.split(";", -1);
                int exactness = exactness(parts[0].strip(), type);
                if (exactness > best.exactness) best = new Weight(value(parts), exactness);
            }
            return best;
        }

        private static int exactness(String range, String type) {
            if (range.equalsIgnoreCase(type)) return 3;
            if (range.equalsIgnoreCase(type.substring(0, type.indexOf('/')) + "/*")) return 2;
            return range.equals("*/*") ? 1 : 0;
        }

        private static double value(String[] parts) {
            for (int i = 1; i < parts.length; i++) {
                var weight = WEIGHT.matcher(parts[i]);
                if (weight.matches()) return Double.parseDouble(weight.group(1));
            }
            return 1;
        }
    }
}
