package io.waybill.core.proof.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.List;

/// All receipts of an epoch: for each block in the order of execution, pivot last, the receipt of each transaction,
/// of both spaces and of skipped ones too. Two tries lie on each other: a block's over receipts, the epoch's over
/// the blocks' roots.
///
/// @param blocks encodings of receipts, by block
public record EpochReceipts(List<List<Bytes>> blocks) {
    public EpochReceipts {
        blocks = blocks.stream().map(List::copyOf).toList();
    }

    public static EpochReceipts of(List<List<ConfluxReceipt>> blocks) {
        return new EpochReceipts(blocks.stream()
                .map(block -> block.stream().map(ConfluxReceipt::encode).toList())
                .toList());
    }

    /// What the pivot header five epochs later commits to.
    public Bytes32 root() {
        return overBlocks().root();
    }

    private SimpleTrie overBlocks() {
        return SimpleTrie.of(blocks.stream()
                .map(block -> SimpleTrie.of(block).root().value())
                .toList());
    }

    /// The proof of a block's root in the epoch.
    SimpleTrieProof block(int index) {
        return overBlocks().proof(index);
    }

    /// The proof of a receipt in its block.
    SimpleTrieProof receipt(int block, int index) {
        return SimpleTrie.of(blocks.get(block)).proof(index);
    }
}
