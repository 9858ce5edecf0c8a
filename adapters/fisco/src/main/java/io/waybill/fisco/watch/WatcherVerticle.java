package io.waybill.fisco.watch;

import io.vertx.core.json.JsonObject;
import io.waybill.core.Address;
import io.waybill.core.port.ClientRef;
import io.waybill.rpc.witness.Outcome;
import io.waybill.rpc.witness.Reply;
import io.waybill.rpc.witness.SignatureVerticle;
import java.util.function.BiConsumer;

/// Serves a [Watcher]: `GET /v1/headers/{height}` as [SignatureVerticle] has it, with the statement
/// `{"height":..,"hash":"0x…","signature":"0x…","watcher":"0x…"}`.
public final class WatcherVerticle extends SignatureVerticle {
    private final Watcher watcher;

    /// Will serve a watcher on loopback once deployed.
    ///
    /// @param port TCP port on 127.0.0.1, 0 for any free one
    public WatcherVerticle(Watcher watcher, int port) {
        this(watcher, Listen.loopback(port), (outcome, height) -> {});
    }

    /// Will serve a watcher once deployed.
    ///
    /// @param told how each question ended, with the height asked for, 0 where none was
    public WatcherVerticle(Watcher watcher, Listen at, BiConsumer<Outcome, Long> told) {
        super("watcher", "headers", at, told);
        this.watcher = watcher;
    }

    @Override
    public Address address() {
        return watcher.address();
    }

    @Override
    protected Reply judge(long height, ClientRef client) {
        return switch (watcher.sign(height, client)) {
            case Answer.Signed(long signed, var hash, var signature, var address) ->
                new Reply.Signed(new JsonObject()
                        .put("height", signed)
                        .put("hash", hash.toHex())
                        .put("signature", signature.toHex())
                        .put("watcher", address.toHex()));
            case Answer.NotYet(long missing) -> new Reply.NotYet("no block %d is committed here".formatted(missing));
            case Answer.Declined(long _, var why) -> new Reply.Declined(why);
        };
    }
}
