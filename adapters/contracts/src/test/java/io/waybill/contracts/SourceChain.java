package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.Quorum;
import io.waybill.core.client.qbft.BftExtra;
import io.waybill.core.client.qbft.QbftEventProof;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.QbftUpdate;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Delivery;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaTrie;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// A QBFT chain that exists as headers alone, sealed by keys anyone can derive: enough for its client contract,
/// which is shown headers and receipts and nothing else.
final class SourceChain {
    private final List<KeyPair> validators;
    private final long anchorSeconds;
    private final QbftHeader anchor;

    /// @param anchorSeconds time of block 1
    SourceChain(long anchorSeconds) {
        this(anchorSeconds, 4);
    }

    SourceChain(long anchorSeconds, int size) {
        this.validators = IntStream.range(0, size)
                .mapToObj(i -> KeyPair.named("contracts-validator-" + i))
                .sorted(Comparator.comparing(KeyPair::address))
                .toList();
        this.anchorSeconds = anchorSeconds;
        this.anchor = header(1, List.of(), Quorum.bft(size));
    }

    QbftHeader anchor() {
        return anchor;
    }

    /// A header over receipts.
    QbftHeader header(long number, List<EvmReceipt> receipts, int seals) {
        var root = MerklePatriciaTrie.of(
                        receipts.stream().map(EvmReceipt::encode).toList())
                .root();
        var unsealed = new QbftHeader(
                ClientKind.QBFT,
                Bytes32.ZERO,
                validators.getFirst().address(),
                Bytes32.ZERO,
                Bytes32.ZERO,
                root,
                Bytes.of(new byte[256]),
                number,
                30_000_000,
                0,
                anchorSeconds + number,
                new BftExtra(
                        Bytes.of(new byte[32]),
                        validators.stream().map(KeyPair::address).toList(),
                        null,
                        0,
                        List.of()),
                List.of());
        var digest = unsealed.sealDigest();
        return unsealed.withSeals(
                validators.stream().limit(seals).map(key -> key.sign(digest)).toList());
    }

    Bytes update(QbftHeader header) {
        return QbftUpdate.between(anchor, header).encode();
    }

    /// The receipt of a transaction that emitted a checkpoint.
    static EvmReceipt receipt(Address emitter, LogRole role, LaneId lane, long size, Bytes32 root) {
        var data = Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(size), root.value());
        var log = new EvmLog(emitter, List.of(role.topic(), lane.value()), data);
        return EvmReceipt.of(2, true, 21_000, List.of(log));
    }

    /// Leaves `[first, end)` of a log, proven from the block at a height that emitted the checkpoint of the whole log.
    Delivery delivery(Address emitter, LogRole role, LaneId lane, List<Bytes> leaves, long height, int first, int end) {
        var log = LaneLog.of(leaves);
        var receipts = List.of(receipt(emitter, role, lane, log.size(), log.root()));
        return new Delivery(
                lane,
                update(header(height, receipts, Quorum.bft(validators.size()))),
                height,
                QbftEventProof.of(receipts, 0, 0).encode(),
                log.checkpoint(lane, log.size()),
                first,
                leaves.subList(first, end),
                log.rangeProof(first, end, log.size()));
    }
}
