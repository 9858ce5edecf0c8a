package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.devnet.Anvil;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.Samples;
import java.util.List;
import java.util.stream.StreamSupport;

/// One EVM with a client of a [SourceChain], and a lane contract of one kind with one lane opened on it.
final class LaneFixture implements AutoCloseable {
    static final long BEGAN = 1_800_000_000L;
    static final long NOW_MS = BEGAN * 1000;
    static final ChainId HERE = new ChainId("eip155:1337");
    static final ChainId THERE = new ChainId("eip155:7331");
    static final Address COUNTERPARTY = Address.hex("0x00000000000000000000000000000000000c0de1");

    final SourceChain source;
    final TestEvm evm;
    final Address client;
    final Address contract;
    final LaneTerms terms;
    final LaneId lane;
    final LogRole own;
    /// Each in a hand of its own; the one that sends otherwise opens lanes and has no other role.
    final LaneRoles roles;
    private final int window;
    private final Vertx vertx = Vertx.vertx();
    private final Anvil anvil;

    /// @param own `PACKETS` for an Outbox, `STATUSES` for an Inbox
    LaneFixture(LogRole own, boolean checkpointOnChange) {
        this(own, checkpointOnChange, 4);
    }

    /// @param validators of the source chain
    LaneFixture(LogRole own, boolean checkpointOnChange, int validators) {
        this(own, checkpointOnChange, validators, 30);
    }

    /// @param window how many packets may await acknowledgement
    LaneFixture(LogRole own, boolean checkpointOnChange, int validators, int window) {
        this.own = own;
        this.window = window;
        source = new SourceChain(BEGAN - 1000, validators);
        anvil = Anvil.start(Anvil.Options.DEFAULT
                .withHardfork("paris")
                .withGenesisTime(BEGAN - 100)
                .withSmallCode()
                .withoutMining());
        evm = new TestEvm(new JsonRpc(vertx, anvil.rpc()));
        evm.time(BEGAN);
        var others = evm.accounts().stream()
                .filter(account -> !account.equals(evm.account()))
                .toList();
        roles = new LaneRoles(others.get(0), evm.account(), others.get(1));
        var trust = new ClientCalls.Trust(7 * 86_400_000L, 15_000, evm.account());
        client = evm.deploy(ClientCalls.deployQbft(
                THERE, ClientKind.QBFT, trust, source.anchor().encode()));
        contract = evm.deploy(
                outbox()
                        ? LaneCalls.deployOutbox(HERE, checkpointOnChange, roles)
                        : LaneCalls.deployInbox(HERE, checkpointOnChange, roles));
        terms = terms(TokenPolicy.HASH);
        lane = LaneCalls.decodeLaneId(evm.call(contract, open(terms)));
        assertThat(lane).isEqualTo(terms.id());
        evm.transact(contract, open(terms));
    }

    private boolean outbox() {
        return own == LogRole.PACKETS;
    }

    LaneTerms terms(Bytes32 policy) {
        var limits = new LaneTerms.Terms(
                1002, window, 86_400_000, LaneLog.leaf(evm.account().value()), policy);
        var followed =
                QbftClient.of(THERE, source.anchor(), 7 * 86_400_000L, 15_000).id();
        var other = new io.waybill.core.ClientId(Digests.sha256(Bytes.utf8("the client at the other end")));
        var salt = Digests.sha256(Bytes.utf8("salt"));
        return outbox()
                ? new LaneTerms(HERE, other, contract, THERE, followed, COUNTERPARTY, salt, limits)
                : new LaneTerms(THERE, followed, COUNTERPARTY, HERE, other, contract, salt, limits);
    }

    Bytes open(LaneTerms offered) {
        return outbox()
                ? LaneCalls.openOutboxLane(LaneParams.atOutbox(offered, client), List.of(evm.account()))
                : LaneCalls.openInboxLane(LaneParams.atInbox(offered, client));
    }

    /// A packet of this lane that ends as Delivered.
    Bytes packet(long index) {
        return new Packet(
                        lane,
                        index,
                        COUNTERPARTY,
                        NOW_MS + 3_600_000,
                        Samples.attestation(index).encode())
                .encode();
    }

    LaneReader reader() {
        return new LaneReader(reads(evm), contract, own, lane);
    }

    List<PacketStatus> statuses(long from, long to) {
        return reader().entries(from, to).stream()
                .map(entry -> PacketStatus.decode(entry.leaf()).orElseThrow())
                .toList();
    }

    LaneState state() {
        return LaneCalls.decodeLog(evm.call(contract, LaneCalls.log(lane)));
    }

    Bytes32 root() {
        return LaneCalls.decodeRoot(evm.call(contract, LaneCalls.root(lane)));
    }

    static ContractReads reads(TestEvm evm) {
        return new ContractReads() {
            @Override
            public Bytes call(Address to, Bytes data) {
                return evm.call(to, data);
            }

            @Override
            public List<BlockLog> logs(long height) {
                var filter = Json.MAPPER
                        .createObjectNode()
                        .put("fromBlock", Json.quantity(height))
                        .put("toBlock", Json.quantity(height));
                return StreamSupport.stream(
                                evm.rpc().call("eth_getLogs", filter).list().spliterator(), false)
                        .map(LaneFixture::log)
                        .toList();
            }
        };
    }

    static BlockLog log(Json log) {
        return new BlockLog(
                log.at("address").address(),
                log.at("topics").list(Json::bytes32),
                log.at("data").bytes(),
                log.at("transactionHash").bytes32(),
                (int) log.at("transactionIndex").quantity(),
                (int) log.at("logIndex").quantity(),
                NOW_MS);
    }

    @Override
    public void close() {
        anvil.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
