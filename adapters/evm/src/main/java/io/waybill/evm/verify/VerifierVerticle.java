package io.waybill.evm.verify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.waybill.core.Address;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.rpc.witness.Outcome;
import io.waybill.rpc.witness.Reply;
import io.waybill.rpc.witness.SignatureVerticle;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves a [Verifier], and has it come along with its chain once a minute: `GET /v1/blocks/{height}` as
/// [SignatureVerticle] has it, with the statement `{"height":..,"hash":"0x…","root":"0x…","timestamp":..,
/// "signature":"0x…","verifier":"0x…"}`.
public final class VerifierVerticle extends SignatureVerticle {
    private static final Logger LOG = LoggerFactory.getLogger(VerifierVerticle.class);
    private static final Duration COME_ALONG = Duration.ofMinutes(1);

    private final Verifier verifier;
    private volatile @Nullable String behind;

    /// Will serve a verifier on loopback once deployed.
    ///
    /// @param port TCP port on 127.0.0.1, 0 for any free one
    public VerifierVerticle(Verifier verifier, int port) {
        this(verifier, Listen.loopback(port), (outcome, height) -> {});
    }

    /// Will serve a verifier once deployed.
    ///
    /// @param told how each question ended, with the height asked for, 0 where none was
    public VerifierVerticle(Verifier verifier, Listen at, BiConsumer<Outcome, Long> told) {
        super("verifier", "blocks", at, told);
        this.verifier = verifier;
    }

    /// Why it could not come along with its chain the last time; null where it did.
    public @Nullable String behind() {
        return behind;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(COME_ALONG.toMillis(), _ -> comeAlong());
        return super.start();
    }

    private void comeAlong() {
        vertx.executeBlocking(
                        () -> {
                            verifier.follow();
                            return true;
                        },
                        false)
                .onSuccess(_ -> behind = null)
                .onFailure(e -> {
                    behind = e.toString();
                    LOG.warn("verifier.behind why={}", e.toString());
                });
    }

    @Override
    public Address address() {
        return verifier.address();
    }

    /// A proof that does not hold, as anything else that the node should not show, is declined.
    @Override
    protected Reply judge(long height, ClientRef client) {
        try {
            return verifier.attest(height, client)
                    .map(this::signed)
                    .orElseGet(() -> new Reply.NotYet("block %d is not final here".formatted(height)));
        } catch (ChainException.Unavailable e) {
            throw e;
        } catch (ChainException e) {
            return new Reply.Declined(String.valueOf(e.getMessage()));
        }
    }

    private Reply signed(Verifier.Attested attested) {
        var block = attested.block();
        return new Reply.Signed(new JsonObject()
                .put("height", block.height())
                .put("hash", block.hash().toHex())
                .put("root", block.root().toHex())
                .put("timestamp", block.timeMs())
                .put("signature", attested.signature().toHex())
                .put("verifier", verifier.address().toHex()));
    }
}
