package io.waybill.evm;

import io.waybill.contracts.ContractErrors;
import io.waybill.core.Bytes;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.RpcError;
import java.util.Locale;

/// What the error objects of Ethereum nodes mean. Codes differ between clients, so some are told by their words.
final class EvmErrors {
    private static final int REVERTED = 3;
    private static final int INVALID_PARAMS = -32602;
    private static final int NO_METHOD = -32601;

    private EvmErrors() {}

    /// Repeating helps, or it does not: a revert and a call the node does not understand are refusals, all else is an
    /// outage.
    static ChainException of(RpcError error) {
        if (isRevert(error)) {
            return new ChainException.Refused("%s: %s".formatted(error.method(), ContractErrors.decode(data(error))));
        }
        return error.code() == INVALID_PARAMS || error.code() == NO_METHOD
                ? new ChainException.Refused(String.valueOf(error.getMessage()))
                : new ChainException.Unavailable(String.valueOf(error.getMessage()), error);
    }

    static boolean isRevert(RpcError error) {
        return error.code() == REVERTED || words(error).contains("revert");
    }

    /// The pool holds this very transaction already.
    static boolean isKnown(RpcError error) {
        return words(error).contains("known transaction")
                || words(error).contains("already known")
                || words(error).contains("already imported");
    }

    /// The nonce is another transaction's.
    static boolean isNonceTaken(RpcError error) {
        return words(error).contains("nonce too low") || words(error).contains("underpriced");
    }

    private static Bytes data(RpcError error) {
        var data = error.data();
        return data.node().isString() && data.node().stringValue().startsWith("0x") ? data.bytes() : Bytes.EMPTY;
    }

    private static String words(RpcError error) {
        return error.reason().toLowerCase(Locale.ROOT);
    }
}
