package io.waybill.core.client.committee;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.CommitteeRejection.NothingAttested;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.digest.Digests;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.Rlp;
import java.util.List;

/// What verifiers say of one block of the chain they watch.
///
/// @param height block number, 1 ≤ height < 2^62
/// @param hash   of the block, as that chain names it
/// @param root   of the checkpoints it holds, see [CheckpointRecords]
/// @param timeMs the block's time, milliseconds since 1970, below 2^48
public record AttestedBlock(long height, Bytes32 hash, Bytes32 root, long timeMs) {
    /// One more than the largest height, so that no height after it leaves a `long`.
    static final long HEIGHT_LIMIT = 1L << 62;

    static final long TIME_LIMIT = 1L << 48;

    /// What a verifier signs, rule R1.6: `sha256("waybill/committee/1" || verifying chainId || verifying contract
    /// || clientId || height u64 || hash || root || timeMs u64)`.
    public Bytes32 digest(ClientRef verifier) {
        return Digests.sha256(Bytes.concat(
                Bytes.utf8("waybill/committee/1"),
                verifier.chain().hash().value(),
                verifier.contract().value(),
                verifier.id().value().value(),
                Bytes.u64(height),
                hash.value(),
                root.value(),
                Bytes.u64(timeMs)));
    }

    /// What the client keeps of it.
    ConsensusState state(Committee committee) {
        return new ConsensusState(height, hash, root, timeMs, committee.setHash(), 0);
    }

    /// The four fields as they are sent.
    List<Rlp> items() {
        return List.of(Rlp.of(height), Rlp.of(hash.value()), Rlp.of(root.value()), Rlp.of(timeMs));
    }

    /// Reads the first four of some fields.
    static Verdict<AttestedBlock> of(List<Rlp> fields) {
        long height = fields.get(0).number();
        if (height < 1 || height >= HEIGHT_LIMIT) return reject(new MalformedUpdate("height"));
        var hash = fields.get(1).octets();
        if (hash.size() != 32) return reject(new MalformedUpdate("hash"));
        var root = fields.get(2).octets();
        if (root.size() != 32) return reject(new MalformedUpdate("root"));
        long timeMs = fields.get(3).number();
        if (timeMs < 1 || timeMs >= TIME_LIMIT) return reject(new MalformedUpdate("timestamp"));
        if (hash.isZero()) return reject(new NothingAttested("hash"));
        if (root.isZero()) return reject(new NothingAttested("root"));
        return accept(new AttestedBlock(height, new Bytes32(hash), new Bytes32(root), timeMs));
    }
}
