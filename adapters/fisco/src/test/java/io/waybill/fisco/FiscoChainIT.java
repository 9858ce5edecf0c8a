package io.waybill.fisco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.fisco.FiscoUpdate;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.SigningKey;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Chain.Send;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.RpcServer;
import io.waybill.devnet.fisco.LedgerDevnet.Misbehaviour;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.ChainContract;
import io.waybill.testkit.ContractSetting;
import io.waybill.testkit.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The real contracts on two ledgers with watchers, spoken to by this adapter alone.
final class FiscoChainIT extends ChainContract {
    private static final Address CONSENSUS = Address.hex("0x0000000000000000000000000000000000001003");

    private static TwoLedgers ledgers;

    @BeforeAll
    static void start() {
        ledgers = new TwoLedgers();
    }

    @AfterAll
    static void stop() {
        ledgers.close();
    }

    @AfterEach
    void honestAgain() {
        ledgers.from.ledger.misbehave(Misbehaviour.NONE);
        ledgers.from.ledger.server().behave(RpcServer.Manner.ANSWER);
    }

    @Override
    protected ContractSetting setting() {
        return ledgers.setting;
    }

    private static List<Send> one(long number) {
        long timeoutMs = System.currentTimeMillis() + Duration.ofHours(1).toMillis();
        return List.of(new Send(Samples.attestation(number).encode(), timeoutMs));
    }

    private static ClientRef verifier() {
        return ledgers.setting.ofSource().ref();
    }

    /// Applies updates to a client that begins at the anchor, and says what it believes then.
    private static ClientState followed(List<Bytes> updates) {
        var state = ClientState.anchoredAt(ledgers.setting.ofSource().anchor());
        for (var update : updates) {
            state = ledgers.setting
                    .ofSource()
                    .rules()
                    .update(state, update, System.currentTimeMillis())
                    .orElseThrow();
        }
        return state;
    }

    private static long anchorHeight() {
        return ledgers.setting.ofSource().anchor().height();
    }

    private static SealerSet sealersAt(long height) {
        return ledgers.from.ledger.header(height).sealers();
    }

    @Nested
    class HeaderUpdates {
        @Test
        void cutALongGapIntoUpdatesOf64Headers() {
            for (int i = 0; i < 140; i++) ledgers.from.ledger.mine();
            long target = ledgers.setting.source().head();
            long trusted = target - 140;

            var updates = ledgers.setting.source().headerUpdates(verifier(), trusted, target);

            assertThat(updates)
                    .extracting(update ->
                            FiscoUpdate.decode(update).orElseThrow().headers().size())
                    .startsWith(64)
                    .allMatch(size -> size <= FiscoUpdate.MOST_HEADERS);
            assertThat(updates).hasSizeGreaterThanOrEqualTo(3);
            assertThat(followed(ledgers.setting.source().headerUpdates(verifier(), anchorHeight(), target))
                            .latest()
                            .hash())
                    .isEqualTo(ledgers.from.ledger.header(target).hash(FiscoSuite.STANDARD));
        }

        @Test
        void walkThroughAChangeOfTheSealersWithTheOldOnesVouching() {
            var leaver = ledgers.from.ledger.sealers().getLast();
            long before = ledgers.setting.source().head();
            govern("remove(string)", leaver, 0);
            ledgers.from.ledger.mine();
            assertThat(sealersAt(before + 2).ids()).hasSize(3);
            govern("addObserver(string)", leaver, 0);
            govern("addSealer(string,uint256)", leaver, 1);
            for (int i = 0; i < 8; i++) ledgers.from.ledger.mine();
            long after = ledgers.setting.source().head();
            assertThat(sealersAt(after)).isEqualTo(sealersAt(before));

            var updates = ledgers.setting.source().headerUpdates(verifier(), anchorHeight(), after);

            assertThat(updates.size()).isGreaterThan(1);
            assertThat(followed(updates).at(after))
                    .isNotNull()
                    .satisfies(state -> assertThat(state.hash())
                            .isEqualTo(ledgers.from.ledger.header(after).hash(FiscoSuite.STANDARD)));
        }

        @Test
        void waitForATargetThatTheChainHasNotReached() {
            long head = ledgers.setting.source().head();

            assertThatThrownBy(() -> ledgers.setting.source().headerUpdates(verifier(), head, head + 1))
                    .isInstanceOf(ChainException.Unavailable.class)
                    .hasMessageContaining("the chain is at " + head);
        }

        /// What a deceiving leader gets sealed is refused by the watchers, whose nodes committed another block.
        @Test
        void doNotGetWatchersToSignWhatTheirNodesDidNotCommit() {
            ledgers.from.ledger.mine();
            long target = ledgers.from.ledger.mine().number();
            ledgers.setting.source().headerUpdates(verifier(), target - 1, target);
            ledgers.from.ledger.misbehave(Misbehaviour.CONFLICTING_HEADER);

            assertThatThrownBy(() -> ledgers.setting.source().headerUpdates(verifier(), target - 1, target))
                    .isInstanceOf(ChainException.class)
                    .isNotInstanceOf(ChainException.Refused.class);
        }

        @Test
        void doWithoutASealThatAStrangerMade() {
            ledgers.from.ledger.mine();
            long target = ledgers.from.ledger.mine().number();
            ledgers.from.ledger.misbehave(Misbehaviour.FORGED_SEAL);
            List<Bytes> updates;
            try {
                updates = ledgers.setting.source().headerUpdates(verifier(), target - 1, target);
            } catch (ChainException.Unavailable e) {
                assertThat(e).hasMessageContaining("none that the sealers trusted");
                return;
            }
            assertThat(FiscoUpdate.decode(updates.getLast()).orElseThrow().seals())
                    .hasSizeGreaterThanOrEqualTo(3);
        }

        private void govern(String function, SigningKey node, long weight) {
            var id = Bytes.utf8(node.publicKey().toHex().substring(2));
            var selector = Digests.keccak256(Bytes.utf8(function)).value().slice(0, 4);
            var head = function.contains(",") ? Bytes.concat(word(64), word(weight)) : word(32);
            ledgers.from.account.transact(CONSENSUS, Bytes.concat(selector, head, word(id.size()), id));
        }

        private Bytes word(long value) {
            return Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(value));
        }
    }

    @Nested
    class Checkpoints {
        @Test
        void areNotTakenFromAnOrdinaryTransaction() {
            var lane = ledgers.terms.id();
            ledgers.setting.source().send(lane, one(1));
            ledgers.setting.source().publishCheckpoint(LogRole.PACKETS, lane);
            ledgers.from.account.transact(ledgers.from.outbox, io.waybill.contracts.LaneCalls.checkpoint(lane));

            assertThat(ledgers.setting.source().checkpoint(LogRole.PACKETS, lane))
                    .isEmpty();
            assertThat(ledgers.setting.source().publishCheckpoint(LogRole.PACKETS, lane))
                    .isEqualTo(ledgers.setting
                            .source()
                            .checkpoint(LogRole.PACKETS, lane)
                            .orElseThrow());
        }
    }

    @Nested
    class LyingNodes {
        @Test
        void areFoundOutByTheirReceipts() {
            var sent = ledgers.setting.source().send(ledgers.terms.id(), one(2)).getFirst();
            ledgers.from.ledger.misbehave(Misbehaviour.FALSE_RECEIPTS);
            var again = open(KeyPair.named("another"));

            assertThatThrownBy(() -> again.blocks().at(sent.height()))
                    .isInstanceOf(ChainException.Dishonest.class)
                    .hasMessageContaining("receipts root of block " + sent.height());
        }
    }

    @Nested
    class Transactions {
        @Test
        void areNotEvenBegunWhileTheNodeIsAway() {
            ledgers.from.ledger.server().behave(RpcServer.Manner.RESET);

            assertThatThrownBy(() -> open(KeyPair.named("another"))).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void areRefusedInTheWordsOfTheContract() {
            assertThatThrownBy(() -> ledgers.from.account.transact(
                            ledgers.from.outbox,
                            io.waybill.contracts.LaneCalls.checkpoint(
                                    new io.waybill.core.LaneId(Digests.sha256(Bytes.utf8("no lane"))))))
                    .isInstanceOf(ChainException.Refused.class)
                    .hasMessageContaining("status 16 (reverted): LaneNotOpen");
        }
    }

    @Nested
    class Groups {
        @Test
        void areOpenedOnlyUnderTheirOwnName() {
            try (var rpc = new JsonRpc(ledgers.vertx, ledgers.from.ledger.rpc())) {
                assertThatThrownBy(() -> FiscoAccount.open(
                                rpc,
                                new ChainId("fisco:chain9-group0"),
                                "group0",
                                FiscoSuite.STANDARD,
                                KeyPair.named("another"),
                                Duration.ofSeconds(5)))
                        .isInstanceOf(ChainException.Refused.class)
                        .hasMessage("group: expected fisco:chain9-group0, node serves fisco:chain0-group0");
            }
        }
    }

    private static FiscoAccount open(KeyPair key) {
        return FiscoAccount.open(
                new JsonRpc(ledgers.vertx, ledgers.from.ledger.rpc()),
                ledgers.from.id,
                "group0",
                FiscoSuite.STANDARD,
                key,
                Duration.ofSeconds(10));
    }
}
