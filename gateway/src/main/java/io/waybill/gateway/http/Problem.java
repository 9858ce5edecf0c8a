package io.waybill.gateway.http;

import io.waybill.gateway.attest.DoorException;
import org.jspecify.annotations.Nullable;

/// What went wrong with a request, for a person and for a program.
///
/// @param pointer    the part of the body meant, as a JSON Pointer; absent when the whole request is meant
/// @param expected   what would have been right
/// @param found      what was there
/// @param nextAction what to do now
public record Problem(ProblemType type, @Nullable String pointer, String expected, String found, String nextAction) {
    static Problem of(ProblemType type, String expected, String found, String nextAction) {
        return new Problem(type, null, expected, found, nextAction);
    }

    static Problem of(DoorException refusal) {
        var type = switch (refusal.reason()) {
            case INVALID -> ProblemType.INVALID_REQUEST;
            case UNKNOWN_LANE -> ProblemType.UNKNOWN_LANE;
            case TIMEOUT -> ProblemType.TIMEOUT_OUT_OF_RANGE;
            case POLICY -> ProblemType.TOKEN_POLICY;
            case TOO_LARGE -> ProblemType.PACKET_TOO_LARGE;
        };
        return new Problem(type, refusal.pointer(), refusal.expected(), refusal.found(), refusal.nextAction());
    }

    String detail() {
        var where = pointer == null ? "" : pointer + ": ";
        return "%sexpected %s, found %s.".formatted(where, expected, found);
    }

    ProblemException thrown() {
        return new ProblemException(this);
    }

    /// The body of the answer.
    ///
    /// @param instance the path of the request
    Body body(String instance) {
        return new Body(
                type.uri(),
                type.title(),
                type.status(),
                type.code(),
                detail(),
                pointer,
                expected,
                found,
                nextAction,
                type.retryable(),
                instance);
    }

    /// `application/problem+json`.
    record Body(
            String type,
            String title,
            int status,
            String code,
            String detail,
            @Nullable String pointer,
            String expected,
            String found,
            String nextAction,
            boolean retryable,
            String instance) {}
}
