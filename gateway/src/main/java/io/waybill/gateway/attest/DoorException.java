package io.waybill.gateway.attest;

/// The door refuses a request, and says to its sender what was expected, what was found and what to do next.
public final class DoorException extends Exception {
    private static final long serialVersionUID = 1L;

    /// The kind of refusal.
    public enum Reason {
        INVALID,
        UNKNOWN_LANE,
        TIMEOUT,
        POLICY,
        TOO_LARGE
    }

    private final Reason reason;
    private final String pointer;
    private final String expected;
    private final String found;
    private final String nextAction;

    DoorException(Reason reason, String pointer, String expected, String found, String nextAction) {
        super("%s: expected %s, found %s".formatted(pointer, expected, found));
        this.reason = reason;
        this.pointer = pointer;
        this.expected = expected;
        this.found = found;
        this.nextAction = nextAction;
    }

    public Reason reason() {
        return reason;
    }

    /// Where in the request, as a JSON Pointer.
    public String pointer() {
        return pointer;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }

    public String nextAction() {
        return nextAction;
    }
}
