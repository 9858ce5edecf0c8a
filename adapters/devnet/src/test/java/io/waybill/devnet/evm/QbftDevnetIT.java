package io.waybill.devnet.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.port.ChainException;
import io.waybill.devnet.RpcServer;
import io.waybill.devnet.evm.QbftDevnet.Misbehaviour;
import io.waybill.rpc.JsonRpc;
import io.waybill.rpc.RpcError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QbftDevnetIT {
    private static Vertx vertx;
    private static QbftDevnet chain;
    private static JsonRpc rpc;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        chain = QbftDevnet.start(vertx, QbftDevnet.Options.DEFAULT);
        rpc = new JsonRpc(vertx, List.of(chain.rpc()), new JsonRpc.Limits(Duration.ofSeconds(5), 1 << 20, 4));
    }

    @AfterAll
    static void stop() {
        rpc.close();
        chain.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void honestAgain() {
        chain.misbehave(Misbehaviour.NONE);
        chain.server().behave(RpcServer.Manner.ANSWER);
    }

    @Nested
    class Blocks {
        @Test
        void areSealedByAQuorumOfTheirValidators() {
            var header = chain.mine();

            assertThat(header.validators()).hasSize(4).isSorted();
            assertThat(signers(header)).hasSize(3).doesNotHaveDuplicates().allMatch(header.validators()::contains);
        }

        @Test
        void areLinkedToTheirParents() {
            var parent = chain.mine();

            assertThat(chain.mine().parentHash()).isEqualTo(parent.hash());
        }

        @Test
        void reReadFromTheirRawOctets() {
            var header = chain.mine();
            var raw = rpc.call("debug_getRawHeader", "0x" + Long.toHexString(header.number()))
                    .bytes();

            assertThat(QbftHeader.decode(ClientKind.QBFT, raw)).isEqualTo(Verdict.accept(header));
        }

        @Test
        void areToldByNumberAndByHash() {
            var header = chain.mine();
            var byNumber = rpc.call("eth_getBlockByNumber", "latest", false);
            var byHash = rpc.call("eth_getBlockByHash", header.hash().toHex(), false);

            assertThat(byNumber.at("hash").bytes32()).isEqualTo(header.hash());
            assertThat(byHash.node()).isEqualTo(byNumber.node());
        }

        @Test
        void areSealedByTheNewSetFromTheBlockAfterAChangeOn() {
            var newcomer = KeyPair.named("newcomer");
            chain.add(newcomer);
            assertThat(chain.mine().validators()).hasSize(5).contains(newcomer.address());

            chain.drop(newcomer.address());
            assertThat(chain.mine().validators()).hasSize(4).doesNotContain(newcomer.address());
        }
    }

    @Nested
    class Answers {
        @Test
        void areNullForBlocksToCome() {
            assertThat(rpc.call("eth_getBlockByNumber", "0xffffff", false).isNull())
                    .isTrue();
        }

        @Test
        void areErrorsAsBesuGivesThem() {
            assertThatThrownBy(() -> rpc.call("eth_nope"))
                    .isInstanceOfSatisfying(
                            RpcError.class, e -> assertThat(e.code()).isEqualTo(-32601));
            assertThatThrownBy(() -> rpc.call("eth_getBlockByNumber", "finalized", false))
                    .isInstanceOfSatisfying(
                            RpcError.class, e -> assertThat(e.code()).isEqualTo(-39001));
            assertThatThrownBy(() -> rpc.call("eth_sendRawTransaction", "0x00"))
                    .isInstanceOfSatisfying(
                            RpcError.class, e -> assertThat(e.code()).isEqualTo(-32602));
        }

        @Test
        void stopWhenToldToResetOrToTalkGarbage() {
            chain.server().behave(RpcServer.Manner.RESET);
            assertThatThrownBy(() -> rpc.call("eth_blockNumber")).isInstanceOf(ChainException.Unavailable.class);

            chain.server().behave(RpcServer.Manner.GARBAGE);
            assertThatThrownBy(() -> rpc.call("eth_blockNumber")).isInstanceOf(ChainException.Unavailable.class);
        }
    }

    @Nested
    class Misbehaving {
        @Test
        void showsASealThatAStrangerMade() {
            var header = chain.mine();
            chain.misbehave(Misbehaviour.FORGED_SEAL);

            assertThat(signers(shown(header)))
                    .anyMatch(signer -> !header.validators().contains(signer));
        }

        @Test
        void showsAnotherBlockThatValidatorsSealed() {
            var header = chain.mine();
            chain.misbehave(Misbehaviour.CONFLICTING_HEADER);

            var other = shown(header);
            assertThat(other.hash()).isNotEqualTo(header.hash());
            assertThat(signers(other)).hasSize(3).allMatch(header.validators()::contains);
        }

        private QbftHeader shown(QbftHeader header) {
            var raw = rpc.call("debug_getRawHeader", "0x" + Long.toHexString(header.number()))
                    .bytes();
            return QbftHeader.decode(ClientKind.QBFT, raw).orElseThrow();
        }
    }

    private static List<Address> signers(QbftHeader header) {
        return header.extra().seals().stream()
                .map((Bytes seal) ->
                        Secp256k1.recover(header.sealDigest(), seal).orElseThrow())
                .map(Secp256k1::address)
                .toList();
    }
}
