package io.waybill.contracts;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.client.qbft.QbftEventProof;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.QbftUpdate;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Delivery;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.devnet.Anvil;
import io.waybill.rpc.JsonRpc;
import java.util.List;

/// A lane with both of its ends on one EVM: each end is shown headers, sealed here, that hold what the other end says
/// of its log.
final class LaneWorld implements AutoCloseable {
    private static final long TRUST_MS = 7 * 86_400_000L;
    private static final long DRIFT_MS = 15_000;
    static final int WINDOW = 24;

    final TestEvm evm;
    final LaneTerms terms;
    final LaneRoles roles;
    final End outbox;
    final End inbox;
    final Address clientAtOutbox;
    final Address clientAtInbox;
    private final Vertx vertx = Vertx.vertx();
    private final Anvil anvil;

    /// One end of the lane, and the headers of the chain it is said to be on.
    final class End {
        final LogRole role;
        final Address contract;
        private final ChainId chain;
        private final SourceChain headers = new SourceChain(LaneFixture.BEGAN - 1000);
        private QbftHeader latest = headers.anchor();

        private End(LogRole role, ChainId chain) {
            this.role = role;
            this.chain = chain;
            this.contract = evm.deploy(
                    role == LogRole.PACKETS
                            ? LaneCalls.deployOutbox(chain, true, roles)
                            : LaneCalls.deployInbox(chain, true, roles));
        }

        private ClientId clientId() {
            return QbftClient.of(chain, headers.anchor(), TRUST_MS, DRIFT_MS).id();
        }

        /// The client of this end's chain, for the other end.
        private Address client() {
            var trust = new ClientCalls.Trust(TRUST_MS, DRIFT_MS, evm.account());
            return evm.deploy(ClientCalls.deployQbft(
                    chain, ClientKind.QBFT, trust, headers.anchor().encode()));
        }

        LaneState state() {
            return LaneCalls.decodeLog(evm.call(contract, LaneCalls.log(terms.id())));
        }

        /// What the contract says of its log, which must not be empty.
        Checkpoint checkpoint() {
            var root = LaneCalls.decodeRoot(evm.call(contract, LaneCalls.root(terms.id())));
            return new Checkpoint(terms.id(), state().size(), root);
        }

        /// A new block that holds what the contract says of its log now.
        Seen publish() {
            var checkpoint = checkpoint();
            var receipts =
                    List.of(SourceChain.receipt(contract, role, terms.id(), checkpoint.size(), checkpoint.root()));
            var header = headers.header(latest.number() + 1, receipts, 3);
            var seen = new Seen(
                    checkpoint, receipts, QbftUpdate.between(latest, header).encode(), header.number());
            latest = header;
            return seen;
        }
    }

    /// A checkpoint in a block.
    ///
    /// @param update that brings the block's header after the one before it
    record Seen(Checkpoint checkpoint, List<EvmReceipt> receipts, Bytes update, long height) {
        /// The call that shows leaves `[first, end)` of a log to the other end.
        ///
        /// @param log of the leaves that the other end holds, at least as many as the checkpoint counts
        Bytes show(LogRole role, List<Bytes> leaves, LaneLog log, int first, int end, boolean known) {
            return LaneCalls.submit(
                    role,
                    new Delivery(
                            checkpoint.lane(),
                            known ? Bytes.EMPTY : update,
                            height,
                            QbftEventProof.of(receipts, 0, 0).encode(),
                            checkpoint,
                            first,
                            leaves.subList(first, end),
                            log.rangeProof(first, end, checkpoint.size())));
        }
    }

    LaneWorld() {
        anvil = Anvil.start(Anvil.Options.DEFAULT
                .withHardfork("paris")
                .withGenesisTime(LaneFixture.BEGAN - 100)
                .withoutMining());
        evm = new TestEvm(new JsonRpc(vertx, anvil.rpc()));
        evm.time(LaneFixture.BEGAN);
        roles = LaneRoles.of(evm.account());
        outbox = new End(LogRole.PACKETS, LaneFixture.HERE);
        inbox = new End(LogRole.STATUSES, LaneFixture.THERE);
        terms = new LaneTerms(
                LaneFixture.HERE,
                outbox.clientId(),
                outbox.contract,
                LaneFixture.THERE,
                inbox.clientId(),
                inbox.contract,
                Digests.sha256(Bytes.utf8("salt")),
                new LaneTerms.Terms(
                        1002, WINDOW, 86_400_000, LaneLog.leaf(evm.account().value()), TokenPolicy.HASH));
        clientAtOutbox = inbox.client();
        clientAtInbox = outbox.client();
        var senders = List.of(evm.account());
        evm.transact(outbox.contract, LaneCalls.openOutboxLane(LaneParams.atOutbox(terms, clientAtOutbox), senders));
        evm.transact(inbox.contract, LaneCalls.openInboxLane(LaneParams.atInbox(terms, clientAtInbox)));
    }

    @Override
    public void close() {
        anvil.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
