package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.contracts.AllowedCalls;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneContracts;
import io.waybill.contracts.LaneRoles;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.LogRole;
import io.waybill.core.policy.Outgoing;
import io.waybill.core.port.Chain.Send;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.LogEntry;
import io.waybill.devnet.RpcServer;
import io.waybill.devnet.evm.QbftDevnet.Misbehaviour;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.ChainContract;
import io.waybill.testkit.ContractSetting;
import io.waybill.testkit.HandCarrier;
import io.waybill.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The real contracts on two QBFT chains, spoken to by this adapter alone.
final class EvmChainIT extends ChainContract {
    private static TwoChains chains;

    @BeforeAll
    static void start() {
        chains = new TwoChains();
    }

    @AfterAll
    static void stop() {
        chains.close();
    }

    @AfterEach
    void honestAgain() {
        chains.from.devnet.misbehave(Misbehaviour.NONE);
        chains.from.devnet.server().behave(RpcServer.Manner.ANSWER);
    }

    @Override
    protected ContractSetting setting() {
        return chains.setting;
    }

    private static List<Send> one(long number) {
        long timeoutMs = System.currentTimeMillis() + Duration.ofHours(1).toMillis();
        return List.of(new Send(Samples.attestation(number).encode(), timeoutMs));
    }

    @Nested
    class Nonces {
        @Test
        void areTakenOnceByManyThreads() throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var sent = new ArrayList<Future<List<LogEntry>>>();
                for (int i = 0; i < 12; i++) {
                    int number = i;
                    sent.add(threads.submit(() -> chains.setting.source().send(chains.terms.id(), one(number))));
                }
                var indices = new ArrayList<Long>();
                for (var one : sent) indices.add(one.get().getFirst().index());
                assertThat(indices).doesNotHaveDuplicates().hasSize(12);
            }
        }

        @Test
        void areTakenAgainAfterAnotherProcessOfTheSameAccountSent() {
            var other = chains.from
                    .verticle(chains.from.devnet.rpc(), chains.from.key)
                    .chain(new LaneContracts(chains.from.id, chains.from.outbox, chains.from.inbox, Set.of()));
            long before = chains.setting
                    .source()
                    .send(chains.terms.id(), one(1))
                    .getFirst()
                    .index();

            other.send(chains.terms.id(), one(2));

            assertThat(chains.setting.source().send(chains.terms.id(), one(3)))
                    .extracting(LogEntry::index)
                    .containsExactly(before + 2);
        }
    }

    @Nested
    class Policy {
        @Test
        void refusesAClientThatIsNotOurs() {
            var ours = chains.setting.ofSource().ref();
            var stranger = new ClientRef(ours.chain(), chains.from.key.address(), ours.id());

            assertThatThrownBy(() -> chains.setting.destination().updateClient(stranger, Bytes.EMPTY))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining("token policy");
        }

        @Test
        void refusesAClientThatLivesOnTheOtherChain() {
            var elsewhere = chains.setting.ofDestination().ref();

            assertThatThrownBy(() -> chains.setting.destination().updateClient(elsewhere, Bytes.EMPTY))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining("client: expected one on eip155:1338, got one on eip155:1337");
        }

        @Test
        void refusesAFunctionThatIsNotOnTheList() {
            var policy = AllowedCalls.carrying(Set.of(chains.from.outbox));
            var looking = Outgoing.call(chains.from.outbox, LaneCalls.log(chains.terms.id()));

            assertThat(policy.judge(looking)).isInstanceOf(Verdict.Rejected.class);
        }

        @Test
        void neverMovesValue() {
            var sent = chains.setting.source().send(chains.terms.id(), one(4)).getFirst();
            try (var rpc = new JsonRpc(chains.vertx, chains.from.devnet.rpc())) {
                var tx = rpc.call("eth_getTransactionByHash", sent.tx().toHex());
                assertThat(tx.at("value").quantity()).isZero();
                assertThat(tx.at("type").quantity()).isEqualTo(2);
            }
        }

        @Test
        void sendsLegacyTransactionsWhereTheChainKnowsNoOthers() {
            var settings = new EvmVerticle.Settings(
                    chains.from.id,
                    ClientKind.QBFT,
                    List.of(chains.from.devnet.rpc()),
                    TxForm.LEGACY,
                    Duration.ofSeconds(20));
            var verticle = new EvmVerticle(settings, KeyPair.named("legacy"));
            chains.vertx
                    .deployVerticle(verticle)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            var deployer = verticle.deployer();

            var outbox = deployer.deploy(LaneCalls.deployOutbox(chains.from.id, true, LaneRoles.of(deployer.owner())));

            assertThat(deployer.code(outbox).isEmpty()).isFalse();
        }
    }

    @Nested
    class ValidatorSets {
        @Test
        void areFollowedThroughJoiningAndLeaving() {
            var carrier = new HandCarrier(chains.setting, LogRole.PACKETS);
            var newcomer = KeyPair.named("newcomer");
            chains.from.devnet.add(newcomer);
            chains.from.devnet.mine();
            chains.from.devnet.mine();
            var leaver = chains.from.devnet.validators().getFirst().address();
            chains.from.devnet.drop(leaver);
            chains.from.devnet.mine();
            chains.setting.source().send(chains.terms.id(), one(5));
            long head = chains.setting.source().head();

            carrier.updates(head)
                    .forEach(update -> chains.setting
                            .destination()
                            .updateClient(chains.setting.ofSource().ref(), update));

            assertThat(chains.setting
                            .destination()
                            .client(chains.setting.ofSource().ref())
                            .accepted())
                    .containsEntry(head, chains.from.devnet.header(head).hash());
        }
    }

    @Nested
    class LyingNodes {
        @Test
        void areFoundOutByTheirReceipts() {
            var sighting =
                    chains.setting.source().send(chains.terms.id(), one(6)).getFirst();
            chains.from.devnet.misbehave(Misbehaviour.FALSE_RECEIPTS);

            assertThatThrownBy(() -> chains.setting
                            .source()
                            .entries(LogRole.PACKETS, chains.terms.id(), sighting.index(), sighting.index() + 1))
                    .isInstanceOf(ChainException.Dishonest.class);
        }

        @Test
        void areRefusedByTheContractForAForgedSeal() {
            chains.setting.source().send(chains.terms.id(), one(7));
            var carrier = new HandCarrier(chains.setting, LogRole.PACKETS);
            long head = chains.setting.source().head();
            var client = chains.setting.ofSource().ref();
            long trusted =
                    chains.setting.destination().client(client).accepted().lastKey();
            assertThat(carrier.know(trusted).height()).isEqualTo(trusted);
            chains.from.devnet.misbehave(Misbehaviour.FORGED_SEAL);

            var updates = chains.setting.source().headerUpdates(client, trusted, head);

            assertThatThrownBy(() -> chains.setting.destination().updateClient(client, updates.getLast()))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining("SealByStranger");
        }

        @Test
        void areOutagesWhenTheyAnswerGarbageOrReset() {
            for (var manner : List.of(RpcServer.Manner.GARBAGE, RpcServer.Manner.RESET)) {
                chains.from.devnet.server().behave(manner);
                assertThatThrownBy(() -> chains.setting.source().head()).isInstanceOf(ChainException.Unavailable.class);
            }
        }
    }

    @Nested
    class Verticle {
        @Test
        void refusesToStartOnAnotherChain() {
            var settings = new EvmVerticle.Settings(
                    new ChainId("eip155:1"),
                    ClientKind.QBFT,
                    List.of(chains.from.devnet.rpc()),
                    TxForm.DYNAMIC_FEE,
                    Duration.ofSeconds(5));

            var deployed = chains.vertx
                    .deployVerticle(new EvmVerticle(settings, KeyPair.named("anyone")))
                    .toCompletionStage()
                    .toCompletableFuture();

            assertThatThrownBy(deployed::join)
                    .hasRootCauseInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining("expected 1, the node says 1337");
        }
    }
}
