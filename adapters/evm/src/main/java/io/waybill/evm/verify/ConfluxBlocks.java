package io.waybill.evm.verify;

import io.waybill.core.ConfluxRejection.TooFewBlameVotes;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.committee.AttestedBlock;
import io.waybill.core.client.committee.CheckpointRecords;
import io.waybill.core.client.conflux.ConfluxClient;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.conflux.EpochProof;
import io.waybill.evm.conflux.ConfluxFinality;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Blocks of eSpace as the light client of Conflux judges them: committee to committee, headers back from a
/// signed pivot, the votes of the miners in between, and every receipt of the epoch.
public final class ConfluxBlocks implements BlockSource {
    private final ConfluxClient client;
    private final ConfluxFinality node;
    private final InstantSource clock;
    private final Consumer<LedgerInfo> ended;
    private ClientState state;

    /// @param state of the client, as it was anchored
    public ConfluxBlocks(ConfluxClient client, ClientState state, ConfluxFinality node, InstantSource clock) {
        this(client, state, node, clock, info -> {});
    }

    /// @param state of the client, as it was anchored
    /// @param ended is told each ledger info judged that ends a PoS epoch: a later beginning
    public ConfluxBlocks(
            ConfluxClient client,
            ClientState state,
            ConfluxFinality node,
            InstantSource clock,
            Consumer<LedgerInfo> ended) {
        this.client = client;
        this.state = state;
        this.node = node;
        this.clock = clock;
        this.ended = ended;
    }

    @Override
    public synchronized Optional<AttestedBlock> block(long height) {
        return block(height, node.pivotFor(height));
    }

    /// The block as a pivot at a height or above shows it. Where a header above the one that commits to the epoch
    /// blames it, the votes are counted from the one that blames, and it takes as many headers more.
    private Optional<AttestedBlock> block(long height, long target) {
        follow(target);
        var pivot = state.history().ceilingEntry(target);
        if (pivot == null) return Optional.empty();
        var proof = node.epoch(pivot.getKey(), height);
        var params = client.params();
        var verdict = proof.verify(pivot.getKey(), pivot.getValue().hash(), params.minVotes(), params.space());
        return switch (verdict) {
            case Verdict.Accepted<EpochProof.Epoch>(var epoch) ->
                Optional.of(new AttestedBlock(
                        height, epoch.hash(), CheckpointRecords.of(epoch.logs()).root(), epoch.timeMs()));
            case Verdict.Rejected<EpochProof.Epoch>(TooFewBlameVotes(int counted, int needed)) ->
                block(height, pivot.getKey() + needed - counted);
            case Verdict.Rejected<EpochProof.Epoch>(var reason) ->
                throw new ChainException.Dishonest("epoch %d: %s".formatted(height, reason.explain()));
        };
    }

    @Override
    public synchronized void follow() {
        follow(Long.MAX_VALUE);
    }

    private void follow(long target) {
        if (state.latest().height() >= target) return;
        var latest = state.latest();
        for (var update : node.updates(latest.height(), latest.version(), target)) {
            state = switch (client.update(state, update.encode(), clock.millis())) {
                case Verdict.Accepted<ClientState>(var after) -> after;
                case Verdict.Rejected<ClientState>(var reason) ->
                    throw new ChainException.Dishonest("ledger info: " + reason.explain());
            };
            if (client.status(state, clock.millis()) != ClientStatus.ACTIVE) {
                throw new ChainException.Dishonest("ledger infos: two contradict each other; nothing more is signed");
            }
            var info = update.signed().info();
            if (info.commitInfo().nextEpochState() != null) ended.accept(info);
        }
    }
}
