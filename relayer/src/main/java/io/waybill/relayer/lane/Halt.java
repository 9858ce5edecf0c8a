package io.waybill.relayer.lane;

/// A passage must stop until a person has looked: going on could not be right whatever a chain answers next.
final class Halt extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Halt(String reason) {
        super(reason);
    }
}
