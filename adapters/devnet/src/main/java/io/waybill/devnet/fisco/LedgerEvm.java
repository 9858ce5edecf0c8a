package io.waybill.devnet.fisco;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.devnet.Anvil;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The EVM that runs the ledger's contracts: anvil, with a clock of milliseconds and without fees, sending as
/// whoever
/// signed the native transaction.
final class LedgerEvm implements AutoCloseable {
    /// What a transaction may use; FISCO BCOS allows 3 000 000 000.
    private static final long GAS = 1_000_000_000;

    private static final long BLOCK_GAS = 3_000_000_000L;

    private final Anvil anvil;
    private final JsonRpc rpc;

    /// What an execution did.
    ///
    /// @param status          0, or FISCO's code of the failure
    /// @param output          returned octets, or those of the revert; empty for a successful creation
    /// @param contractAddress of a successful creation
    record Execution(int status, long gasUsed, Optional<Address> contractAddress, Bytes output, List<Log> logs) {
        record Log(Address address, List<Bytes32> topics, Bytes data) {}
    }

    /// What a call answered.
    record Called(int status, Bytes output) {}

    LedgerEvm(Vertx vertx, long genesisMs) {
        this.anvil = Anvil.start(Anvil.Options.DEFAULT
                .withChainId(20200)
                .withHardfork("paris")
                .withGasLimit(BLOCK_GAS)
                .withGenesisTime(genesisMs)
                .withImpersonation()
                .withoutMining());
        this.rpc = new JsonRpc(vertx, anvil.rpc());
    }

    /// Queues a transaction for the next block.
    ///
    /// @param to the contract, or null to create one
    /// @return the EVM's own name for it
    String queue(Address from, @Nullable Address to, Bytes input) {
        return rpc.call("eth_sendTransaction", request(from, to, input)).text();
    }

    /// Makes a block of what is queued, and says its state root.
    Bytes32 mine(long number, long timeMs) {
        rpc.call("evm_mine", Json.quantity(timeMs));
        var block = rpc.call("eth_getBlockByNumber", "latest", false);
        if (block.at("number").quantity() != number) {
            throw new IllegalStateException("ledger: expected the EVM at block %d, found %s"
                    .formatted(number, block.at("number").text()));
        }
        return block.at("stateRoot").bytes32();
    }

    Execution execution(String hash) {
        var receipt = rpc.call("eth_getTransactionReceipt", hash);
        var trace = rpc.call(
                "debug_traceTransaction", hash, Json.MAPPER.createObjectNode().put("tracer", "callTracer"));
        boolean succeeded = receipt.at("status").quantity() == 1;
        boolean creation = receipt.at("to").isNull();
        var output = trace.at("output").isNull() || (creation && succeeded)
                ? Bytes.EMPTY
                : trace.at("output").bytes();
        return new Execution(
                succeeded ? 0 : status(trace.at("error").node().asString("")),
                receipt.at("gasUsed").quantity(),
                succeeded && creation
                        ? Optional.of(receipt.at("contractAddress").address())
                        : Optional.empty(),
                output,
                receipt.at("logs").list(LedgerEvm::log));
    }

    private static Execution.Log log(Json log) {
        return new Execution.Log(
                log.at("address").address(),
                log.at("topics").list(Json::bytes32),
                log.at("data").bytes());
    }

    private static int status(String error) {
        var words = error.toLowerCase(Locale.ROOT);
        if (words.contains("revert")) return 16;
        return words.contains("gas") ? 12 : 10;
    }

    /// Runs a call on the state of the newest block.
    ///
    /// @param timeMs what the contract sees as the block's time
    Called call(Address to, Bytes input, long timeMs) {
        var none = Json.MAPPER.createObjectNode();
        var at = Json.MAPPER.createObjectNode().put("time", Json.quantity(timeMs));
        try {
            var answer = rpc.call("eth_call", request(Address.ZERO, to, input), "latest", none, at);
            return new Called(0, answer.bytes());
        } catch (RpcError e) {
            return new Called(16, e.data().node().isString() ? e.data().bytes() : Bytes.EMPTY);
        }
    }

    Bytes code(Address address) {
        return rpc.call("eth_getCode", address.toHex(), "latest").bytes();
    }

    private static JsonNode request(Address from, @Nullable Address to, Bytes input) {
        var request = Json.MAPPER
                .createObjectNode()
                .put("from", from.toHex())
                .put("data", input.toHex())
                .put("gas", Json.quantity(GAS))
                .put("gasPrice", "0x0");
        return to == null ? request : request.put("to", to.toHex());
    }

    @Override
    public void close() {
        rpc.close();
        anvil.close();
    }
}
