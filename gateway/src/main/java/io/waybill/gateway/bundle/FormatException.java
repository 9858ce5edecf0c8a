package io.waybill.gateway.bundle;

/// A file is not of the format it should be; the message names the place, what was expected and what was found.
public final class FormatException extends Exception {
    private static final long serialVersionUID = 1L;

    FormatException(String place, String expected, String found) {
        super("%s: expected %s, found %s".formatted(place.isEmpty() ? "/" : place, expected, found));
    }
}
