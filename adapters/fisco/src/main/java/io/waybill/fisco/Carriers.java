package io.waybill.fisco;

import io.waybill.contracts.Carrier;
import io.waybill.contracts.ContractErrors;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection;
import io.waybill.core.LaneId;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Sighting;
import io.waybill.core.proof.fisco.FiscoEventProof;
import java.util.Optional;
import java.util.stream.IntStream;

/// Checkpoints that can be proven on FISCO BCOS 3.x: those that a contract creation carried, in a block whose tree
/// cannot be read in another way, rule R5. A checkpoint that fails the rule is as good as none.
final class Carriers {
    private static final int ATTEMPTS = 5;

    private final FiscoAccount account;

    Carriers(FiscoAccount account) {
        this.account = account;
    }

    /// The last checkpoint of a log that is proven by a receipt of one block, if there is one.
    Optional<Sighting> newest(Address contract, LogRole role, LaneId lane, long height) {
        var block = account.blocks().at(height);
        return IntStream.iterate(block.receipts().size() - 1, index -> index >= 0, index -> index - 1)
                .mapToObj(index ->
                        judge(contract, role, lane, block, index).map(checkpoint -> sighting(checkpoint, block, index)))
                .flatMap(verdict -> verdict instanceof Verdict.Accepted<Sighting>(var sighting)
                        ? java.util.stream.Stream.of(sighting)
                        : java.util.stream.Stream.empty())
                .findFirst();
    }

    /// Creates carriers until one can be proven: the log may change in the carrier's own block, or a node of the
    /// tree may begin as a receipt does, once in 2^24.
    Sighting publish(Address contract, LogRole role, LaneId lane) {
        var why = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var executed = account.execute(null, Carrier.initCode(contract, lane));
            if (tooEarly(executed)) {
                why = "its log changes in every block";
                continue;
            }
            FiscoAccount.succeeded(executed);
            var block = executed.block();
            switch (judge(contract, role, lane, block, executed.index())) {
                case Verdict.Accepted<Checkpoint>(var checkpoint) -> {
                    return sighting(checkpoint, block, executed.index());
                }
                case Verdict.Rejected<Checkpoint>(EventRejection.GroupPrefix prefix) -> why = prefix.explain();
                case Verdict.Rejected<Checkpoint>(var reason) -> throw refused(executed.tx(), reason);
            }
        }
        throw new ChainException.Unavailable("checkpoint of lane %s: %s".formatted(lane, why));
    }

    /// The wire form of the proof that a sighting is real.
    ///
    /// @throws ChainException.Refused if it does not prove that sighting
    Bytes proof(Address contract, LogRole role, LaneId lane, Sighting sighting) {
        var block = account.blocks().at(sighting.height());
        int index = block.indexOf(sighting.tx());
        if (index < 0) {
            throw new ChainException.Refused(
                    "checkpoint: block %d is without transaction %s".formatted(sighting.height(), sighting.tx()));
        }
        return switch (judge(contract, role, lane, block, index)) {
            case Verdict.Rejected<Checkpoint>(var reason) -> throw refused(sighting.tx(), reason);
            case Verdict.Accepted<Checkpoint>(var checkpoint) -> {
                if (!checkpoint.equals(sighting.checkpoint())) {
                    throw new ChainException.Refused("checkpoint: expected %s, transaction %s carries %s"
                            .formatted(sighting.checkpoint(), sighting.tx(), checkpoint));
                }
                yield built(block, index).encode();
            }
        };
    }

    private Verdict<Checkpoint> judge(
            Address contract, LogRole role, LaneId lane, FiscoBlocks.Checked block, int index) {
        var header = block.block().header();
        return built(block, index)
                .verify(account.node().suite(), contract, role, lane, header.number(), header.receiptsRoot());
    }

    private FiscoEventProof built(FiscoBlocks.Checked block, int index) {
        var suite = account.node().suite();
        return FiscoEventProof.of(suite, block.receipts().get(index), block.leaves(suite), index);
    }

    private static Sighting sighting(Checkpoint checkpoint, FiscoBlocks.Checked block, int index) {
        return new Sighting(
                checkpoint,
                block.block().header().number(),
                block.block().transactions().get(index));
    }

    private static boolean tooEarly(FiscoAccount.Executed executed) {
        var receipt = executed.receipt();
        return receipt.status() == ReceiptStatus.REVERTED
                && ContractErrors.decode(receipt.output()).name().equals("CheckpointTooEarly");
    }

    private static ChainException.Refused refused(Bytes32 tx, Rejection reason) {
        return new ChainException.Refused("checkpoint of transaction %s: %s".formatted(tx, reason.explain()));
    }
}
