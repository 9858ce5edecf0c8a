package io.waybill.devnet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The error object a node answers with.
public final class RpcFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long code;
    private final transient @Nullable JsonNode data;

    public RpcFault(long code, String message) {
        this(code, message, null);
    }

    public RpcFault(long code, String message, @Nullable JsonNode data) {
        super(message);
        this.code = code;
        this.data = data;
    }

    long code() {
        return code;
    }

    @Nullable
    JsonNode data() {
        return data;
    }
}
