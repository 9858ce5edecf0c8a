package io.waybill.relayer;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;

/// The relayer's life cycle in Vert.x: deployed it takes part, undeployed it hands its lanes over. All work runs on
/// the supervisor's and the workers' virtual threads.
public final class RelayerVerticle extends VerticleBase {
    private final Supervisor supervisor;

    public RelayerVerticle(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    @Override
    public Future<?> start() {
        supervisor.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        Promise<Void> handedOver = Promise.promise();
        Thread.ofVirtual().name("hand-over").start(() -> {
            try {
                supervisor.close();
                handedOver.complete();
            } catch (RuntimeException e) {
                handedOver.fail(e);
            }
        });
        return handedOver.future();
    }
}
