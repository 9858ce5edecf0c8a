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

/// Anvil: fast, and an EVM like others, without what FISCO BCOS adds.
final class AnvilEvm implements LedgerEvm {
    private static final long BLOCK_GAS = 3_000_000_000L;

    private final Anvil anvil;
    private final JsonRpc rpc;

    AnvilEvm(Vertx vertx, long genesisMs) {
        this.anvil = Anvil.start(Anvil.Options.DEFAULT
                .withChainId(20200)
                .withHardfork("paris")
                .withGasLimit(BLOCK_GAS)
                .withGenesisTime(genesisMs)
                .withImpersonation()
                .withoutMining());
        this.rpc = new JsonRpc(vertx, anvil.rpc());
    }

    @Override
    public Outcome execute(List<Call> calls, long number, long timeMs) {
        var names = calls.stream()
                .map(call -> rpc.call("eth_sendTransaction", request(call.from(), call.to(), call.input()))
                        .text())
                .toList();
        var stateRoot = mine(number, timeMs);
        return new Outcome(stateRoot, names.stream().map(this::execution).toList());
    }

    private Bytes32 mine(long number, long timeMs) {
        rpc.call("evm_mine", Json.quantity(timeMs));
        var block = rpc.call("eth_getBlockByNumber", "latest", false);
        if (block.at("number").quantity() != number) {
            throw new IllegalStateException("ledger: expected the EVM at block %d, found %s"
                    .formatted(number, block.at("number").text()));
        }
        return block.at("stateRoot").bytes32();
    }

    private Execution execution(String hash) {
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
                receipt.at("logs").list(AnvilEvm::log));
    }

    private static Execution.Log log(Json log) {
        return new Execution.Log(
                log.at("address").address(),
                log.at("topics").list(Json::bytes32),
                log.at("data").bytes());
    }

    private static int status(String error) {
        var words = error.toLowerCase(Locale.ROOT);
        if (words.contains("revert")) return REVERTED;
        return words.contains("gas") ? OUT_OF_GAS : FAILED;
    }

    /// The number is that of the block after the newest, which anvil takes by itself.
    @Override
    public Called call(Address to, Bytes input, long number, long timeMs) {
        var none = Json.MAPPER.createObjectNode();
        var at = Json.MAPPER.createObjectNode().put("time", Json.quantity(timeMs));
        try {
            var answer = rpc.call("eth_call", request(Address.ZERO, to, input), "latest", none, at);
            return new Called(0, answer.bytes());
        } catch (RpcError e) {
            return new Called(REVERTED, e.data().node().isString() ? e.data().bytes() : Bytes.EMPTY);
        }
    }

    @Override
    public Bytes code(Address address) {
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
