package io.waybill.gateway.cli;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.KeyPair;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import java.math.BigInteger;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

/// Somebody with an account on an EVM chain who has nothing to do with Waybill.
final class TestAccount {
    private static final BigInteger PRICE = BigInteger.valueOf(20_000_000_000L);

    private final JsonRpc rpc;
    private final long chainId;
    private final Credentials key;
    private final Address address;

    TestAccount(JsonRpc rpc, long chainId, Bytes32 secret) {
        this.rpc = rpc;
        this.chainId = chainId;
        this.key = Credentials.create(secret.toHex());
        this.address = KeyPair.of(secret).address();
    }

    Address address() {
        return address;
    }

    Address create(Bytes code, long gas) throws InterruptedException {
        return receipt(null, code, gas).at("contractAddress").address();
    }

    /// The receipt of a call that must succeed.
    Json call(Address to, Bytes data) throws InterruptedException {
        return receipt(to, data, 1_000_000);
    }

    private Json receipt(@Nullable Address to, Bytes data, long gas) throws InterruptedException {
        long nonce =
                rpc.call("eth_getTransactionCount", address.toHex(), "latest").quantity();
        var raw = RawTransaction.createTransaction(
                BigInteger.valueOf(nonce),
                PRICE,
                BigInteger.valueOf(gas),
                to == null ? "" : to.toHex(),
                BigInteger.ZERO,
                data.toHex());
        var signed = Bytes.of(TransactionEncoder.signMessage(raw, chainId, key));
        var hash = rpc.call("eth_sendRawTransaction", signed.toHex()).text();
        while (true) {
            var receipt = rpc.call("eth_getTransactionReceipt", hash);
            if (!receipt.isNull()) {
                if (receipt.at("status").quantity() != 1) throw new AssertionError("transaction: expected success");
                return receipt;
            }
            new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        }
    }
}
