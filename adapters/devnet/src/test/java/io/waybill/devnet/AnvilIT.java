package io.waybill.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.waybill.rpc.JsonRpc;
import org.junit.jupiter.api.Test;

final class AnvilIT {
    @Test
    void answersWithTheOptionsItWasGiven() {
        var options = Anvil.Options.DEFAULT
                .withChainId(1337)
                .withHardfork("london")
                .withGasLimit(0x1fffffffffffffL)
                .withoutMining()
                .withGenesisTime(1_700_000_000L);
        var vertx = Vertx.vertx();
        try (var anvil = Anvil.start(options);
                var rpc = new JsonRpc(vertx, anvil.rpc())) {
            assertThat(rpc.call("eth_chainId").quantity()).isEqualTo(1337);
            assertThat(rpc.call("eth_gasPrice").quantity()).isZero();
            rpc.call("evm_mine");
            var block = rpc.call("eth_getBlockByNumber", "0x1", false);
            assertThat(block.at("gasLimit").quantity()).isEqualTo(0x1fffffffffffffL);
            assertThat(block.at("baseFeePerGas").quantity()).isZero();
            assertThat(block.at("timestamp").quantity()).isBetween(1_700_000_000L, 1_700_000_100L);
        } finally {
            vertx.close();
        }
    }

    @Test
    void endsWhenClosed() {
        var anvil = Anvil.start();
        assertThat(anvil.isAlive()).isTrue();

        anvil.close();
        anvil.close();

        assertThat(anvil.isAlive()).isFalse();
    }
}
