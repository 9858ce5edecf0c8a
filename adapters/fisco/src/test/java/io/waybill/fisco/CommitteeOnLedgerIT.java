package io.waybill.fisco;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.Host;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.committee.AttestedBlock;
import io.waybill.core.client.committee.CheckpointRecord;
import io.waybill.core.client.committee.CheckpointRecords;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.client.committee.CommitteeUpdate;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.Sm2KeyPair;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.fisco.LedgerDevnet;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A committee's client on ledgers of either crypto, where chains with BLS or with many headers are believed by
/// it. The shared vectors are judged in [VectorsOnLedgerIT]; here verifiers sign for the address that the ledger
/// gives.
class CommitteeOnLedgerIT {
    private static final ChainId HERE = new ChainId("fisco:chain0-group0");
    private static final ChainId FOLLOWED = new ChainId("eip155:1030");
    private static final long NOW_MS = 1_800_000_000_000L;
    private static final Address OUTBOX = KeyPair.named("outbox").address();
    private static final LaneId LANE = new LaneId(word("lane"));
    private static final List<KeyPair> KEYS = IntStream.range(0, 5)
            .mapToObj(i -> KeyPair.named("verifier/" + i))
            .sorted(Comparator.comparing(KeyPair::address))
            .toList();

    private static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    @ParameterizedTest
    @EnumSource(FiscoSuite.class)
    void believesThreeOfFiveAndFreezesWhenTheyContradictThemselves(FiscoSuite suite) {
        var vertx = Vertx.vertx();
        var clock = SettableClock.at(Instant.ofEpochMilli(NOW_MS));
        try (var ledger = LedgerDevnet.start(vertx, TwoLedgers.options("chain0").with(suite), clock);
                var rpc = new JsonRpc(vertx, ledger.rpc())) {
            var key = suite == FiscoSuite.SM ? Sm2KeyPair.named("deployer") : KeyPair.named("deployer");
            tried(FiscoAccount.open(rpc, HERE, "group0", suite, key, Duration.ofSeconds(20)), suite);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void tried(FiscoAccount account, FiscoSuite suite) {
        var host = suite == FiscoSuite.SM ? Host.FISCO_SM : Host.FISCO;
        var committee = new Committee(KEYS.stream().map(KeyPair::address).toList(), 3);
        var trust = new ClientCalls.Trust(86_400_000, 0, account.address());
        var anchor = new CommitteeAnchor(10, word("block 10"), NOW_MS - 2);
        var contract = account.deploy(ClientCalls.deployCommittee(host, FOLLOWED, HERE, trust, committee, anchor));
        var self = new ClientRef(
                HERE, contract, ClientCalls.decodeClientId(account.call(contract, ClientCalls.clientId())));
        var records = new CheckpointRecords(IntStream.rangeClosed(1, 3)
                .mapToObj(size ->
                        CheckpointRecord.of(OUTBOX, LogRole.PACKETS, new Checkpoint(LANE, size, word("root " + size))))
                .toList());
        var block = new AttestedBlock(11, word("block 11"), records.root(), NOW_MS - 1);

        account.transact(contract, ClientCalls.update(signed(block, self)));

        for (int i = 0; i < 3; i++) {
            var asked = ClientCalls.verifyCheckpoint(OUTBOX, LogRole.PACKETS, LANE, 11, records.proof(i));
            var answer = account.call(contract, asked);
            assertThat(answer)
                    .isEqualTo(Bytes.concat(size(i + 1), word("root " + (i + 1)).value()));
        }
        var other = new AttestedBlock(11, block.hash(), word("another root"), block.timeMs());
        account.transact(contract, ClientCalls.update(signed(other, self)));
        assertThat(ClientCalls.decodeStatus(account.call(contract, ClientCalls.status())))
                .isEqualTo(ClientStatus.FROZEN);
    }

    private static Bytes size(int size) {
        return Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(size));
    }

    private static Bytes signed(AttestedBlock block, ClientRef client) {
        var digest = block.digest(client);
        var signatures =
                KEYS.subList(1, 4).stream().map(each -> each.sign(digest)).toList();
        return new CommitteeUpdate(block, signatures).encode();
    }
}
