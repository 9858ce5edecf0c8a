package io.waybill.evm;

import io.reactivex.Flowable;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import java.util.concurrent.CompletableFuture;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.websocket.events.Notification;
import tools.jackson.core.JacksonException;

/// Lets web3j speak through our JSON-RPC: one place for deadlines, bounds and failures. Error objects surface as
/// [io.waybill.rpc.RpcError], so a response of web3j never has one. Batches and subscriptions are not offered.
final class JsonRpcService implements Web3jService {
    private final JsonRpc rpc;

    JsonRpcService(JsonRpc rpc) {
        this.rpc = rpc;
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface of web3j is raw
    public <T extends Response> T send(Request request, Class<T> responseType) {
        var result = rpc.call(request.getMethod(), request.getParams().toArray());
        var envelope = Json.MAPPER.createObjectNode().put("jsonrpc", "2.0").put("id", request.getId());
        envelope.set("result", result.node());
        try {
            return Json.MAPPER.treeToValue(envelope, responseType);
        } catch (JacksonException e) {
            throw new ChainException.Unavailable(request.getMethod() + ": " + e.getOriginalMessage(), e);
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface of web3j is raw
    public <T extends Response> CompletableFuture<T> sendAsync(Request request, Class<T> responseType) {
        var answer = new CompletableFuture<T>();
        Thread.ofVirtual().name("web3j").start(() -> {
            try {
                answer.complete(send(request, responseType));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    @Override
    public BatchResponse sendBatch(BatchRequest batch) {
        throw new UnsupportedOperationException("batches");
    }

    @Override
    public CompletableFuture<BatchResponse> sendBatchAsync(BatchRequest batch) {
        throw new UnsupportedOperationException("batches");
    }

    @Override
    @SuppressWarnings("rawtypes") // the interface of web3j is raw
    public <T extends Notification<?>> Flowable<T> subscribe(
            Request request, String unsubscribeMethod, Class<T> responseType) {
        throw new UnsupportedOperationException("subscriptions");
    }

    @Override
    public void close() {
        // The JSON-RPC client belongs to whoever made it.
    }
}
