package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.client.qbft.QbftEventProof;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.Sighting;
import java.util.List;

/// Proofs from a chain whose validators seal: header updates from set to set, receipts in their trie.
record SealedProofs(SealedNode node) implements EventProofs {
    @Override
    public Bytes event(Address emitter, LaneId lane, LogRole role, Sighting sighting) {
        var block = node.block(sighting.height());
        var wanted = Bytes.concat(
                Bytes.of(new byte[24]),
                Bytes.u64(sighting.checkpoint().size()),
                sighting.checkpoint().root().value());
        for (int i = 0; i < block.receipts().size(); i++) {
            var logs = block.receipts().get(i).receipt().logs();
            for (int j = 0; j < logs.size(); j++) {
                var log = logs.get(j);
                if (log.address().equals(emitter)
                        && log.topics().equals(List.of(role.topic(), lane.value()))
                        && log.data().equals(wanted)) {
                    return new QbftEventProof(i, j, block.trie().proof(i)).encode();
                }
            }
        }
        throw new ChainException.Unavailable("checkpoint event: the node shows none in block " + sighting.height());
    }

    @Override
    public List<Bytes> updates(ClientRef verifier, long trusted, long target) {
        return new ValidatorWalk(node::header).updates(trusted, target);
    }
}
