package io.waybill.rpc;

/// A node answered, and its answer is an error object of JSON-RPC. Adapters know what its code means on their
/// chain and turn it into a refusal or an outage; it is never an outage of the transport.
public final class RpcError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String method;
    private final long code;
    private final String reason;
    private final transient Json data;

    /// @param method the method that was called
    /// @param code   as the node gave it
    /// @param reason the node's message
    /// @param data   the node's `data`, JSON null when it gave none
    public RpcError(String method, long code, String reason, Json data) {
        super("%s: error %d: %s".formatted(method, code, reason));
        this.method = method;
        this.code = code;
        this.reason = reason;
        this.data = data;
    }

    public String method() {
        return method;
    }

    public long code() {
        return code;
    }

    /// The node's own message, without the method and the code.
    public String reason() {
        return reason;
    }

    /// The error's `data`; revert octets on an EVM.
    public Json data() {
        return data;
    }
}
