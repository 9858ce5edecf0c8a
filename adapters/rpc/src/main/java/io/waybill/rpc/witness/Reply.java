package io.waybill.rpc.witness;

import io.vertx.core.json.JsonObject;

/// What a witness answers about one block.
public sealed interface Reply {
    /// The signature, with what was signed.
    record Signed(JsonObject statement) implements Reply {}

    /// There is no such block yet.
    record NotYet(String detail) implements Reply {}

    /// It will not sign what its node shows.
    record Declined(String why) implements Reply {}
}
