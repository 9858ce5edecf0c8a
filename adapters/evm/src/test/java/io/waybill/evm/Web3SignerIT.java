package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneRoles;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.devnet.evm.QbftDevnet;
import io.waybill.rpc.JsonRpc;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.ECKeyPair;
import org.web3j.protocol.Web3j;
import org.web3j.utils.Numeric;

/// A key that a Web3Signer keeps, as its Eth1 API tells and uses it: the service here answers as that one does,
/// by web3j's own key, and can be made to answer otherwise.
class Web3SignerIT {
    private static final Bytes32 SECRET = Digests.sha256(Bytes.utf8("waybill/devnet-key/in a vault"));
    private static final KeyPair KEY = KeyPair.of(SECRET);
    private static final Address ACCOUNT = KEY.address();

    private static Vertx vertx;
    private static HttpServer server;
    private static Manner manner = Manner.HONEST;

    private enum Manner {
        HONEST,
        COUNTS_FROM_ZERO,
        SIGNS_WITH_ANOTHER,
        GARBLES,
        FAILS
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer().requestHandler(Web3SignerIT::handle);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void honest() {
        manner = Manner.HONEST;
    }

    private static String key(Bytes32 secret) {
        var pair = ECKeyPair.create(secret.value().toArray());
        return Numeric.toHexStringWithPrefixZeroPadded(pair.getPublicKey(), 128);
    }

    private static void handle(HttpServerRequest request) {
        var path = String.valueOf(request.path());
        if (manner == Manner.FAILS) {
            request.response().setStatusCode(500).end();
        } else if (path.equals("/api/v1/eth1/publicKeys")) {
            var other = key(Digests.sha256(Bytes.utf8("another")));
            request.response().end(new JsonArray().add(other).add(key(SECRET)).encode());
        } else if (path.equals("/api/v1/eth1/sign/" + key(SECRET))) {
            request.body().onSuccess(body -> request.response().end(signed(new JsonObject(body))));
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    private static String signed(JsonObject asked) {
        if (manner == Manner.GARBLES) return "signed";
        var signer = manner == Manner.SIGNS_WITH_ANOTHER ? KeyPair.named("another") : KEY;
        var signature = signer.sign(Digests.keccak256(Bytes.hex(asked.getString("data"))));
        int v = manner == Manner.COUNTS_FROM_ZERO ? signature.at(64) : 27 + signature.at(64);
        return Bytes.concat(signature.slice(0, 64), Bytes.of(v)).toHex();
    }

    private static URI service() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @Test
    void signsTransactionsThatAChainTakes() {
        try (var devnet = QbftDevnet.start(vertx, new QbftDevnet.Options(1337, 4, 0, null));
                var rpc = new JsonRpc(vertx, devnet.rpc());
                var signer = Web3Signer.of(service(), ACCOUNT)) {
            var node = new SealedNode(rpc, ClientKind.QBFT);
            for (var form : TxForm.values()) {
                var submitter = new EvmSubmitter(
                        Web3j.build(new JsonRpcService(rpc)),
                        node,
                        new TxSigner(1337, signer),
                        form,
                        Duration.ofSeconds(20));
                var outbox = submitter.create(
                        LaneCalls.deployOutbox(new ChainId("eip155:1337"), true, LaneRoles.of(ACCOUNT)));
                assertThat(node.code(outbox)).as(form.name()).isNotEqualTo(Bytes.EMPTY);
            }
            assertThat(rpc.call("eth_getTransactionCount", ACCOUNT.toHex(), "latest")
                            .quantity())
                    .isEqualTo(TxForm.values().length);
        }
    }

    @Test
    void takesBothWaysToWriteTheLastOctet() {
        try (var signer = Web3Signer.of(service(), ACCOUNT)) {
            var message = Bytes.utf8("unsigned transaction");
            var expected = KEY.signHashed(message);
            assertThat(signer.signHashed(message)).isEqualTo(expected);
            manner = Manner.COUNTS_FROM_ZERO;
            assertThat(signer.signHashed(message)).isEqualTo(expected);
        }
    }

    @Test
    void usesNoSignatureThatIsNotTheAccounts() {
        try (var signer = Web3Signer.of(service(), ACCOUNT)) {
            manner = Manner.SIGNS_WITH_ANOTHER;
            assertThatThrownBy(() -> signer.signHashed(Bytes.of(1)))
                    .isInstanceOf(ChainException.Dishonest.class)
                    .hasMessageContaining("expected a signature of " + ACCOUNT);
            manner = Manner.GARBLES;
            assertThatThrownBy(() -> signer.signHashed(Bytes.of(1))).isInstanceOf(ChainException.Dishonest.class);
            manner = Manner.FAILS;
            assertThatThrownBy(() -> signer.signHashed(Bytes.of(1)))
                    .isInstanceOf(ChainException.Unavailable.class)
                    .hasMessageContaining("HTTP status 500");
        }
    }

    @Test
    void signsNoDigest() {
        try (var signer = Web3Signer.of(service(), ACCOUNT)) {
            assertThatThrownBy(() -> signer.sign(SECRET))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining("keep this key in a keystore");
        }
    }

    @Test
    void isRefusedWhereTheServiceHasNoSuchKey() {
        var other = KeyPair.named("nobody").address();
        assertThatThrownBy(() -> Web3Signer.of(service(), other))
                .isInstanceOf(ChainException.Refused.class)
                .hasMessageContaining("expected the key of " + other + " among its 2");
    }
}
