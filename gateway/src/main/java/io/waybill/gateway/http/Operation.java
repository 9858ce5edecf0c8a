package io.waybill.gateway.http;

/// What happens for one operation of the API. Runs on a virtual thread and may block; what it throws becomes a
/// problem.
@FunctionalInterface
public interface Operation {
    Answer answer(Request request);
}
