package io.waybill.core.client.committee;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.CommitteeRejection.NothingAttested;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.proof.Rlp;

/// The block from which on a committee is believed, which operators pin: `RLP [ height, hash, timestamp ]`.
///
/// @param height 1 ≤ height < 2^62
/// @param hash   not zero
/// @param timeMs milliseconds since 1970, 1 ≤ timeMs < 2^48
public record CommitteeAnchor(long height, Bytes32 hash, long timeMs) {
    public CommitteeAnchor {
        if (height < 1 || height >= AttestedBlock.HEIGHT_LIMIT)
            throw new IllegalArgumentException("anchor: expected 1 ≤ height < 2^62, got " + height);
        if (hash.isZero()) throw new IllegalArgumentException("anchor: expected a hash, got zero");
        if (timeMs < 1 || timeMs >= AttestedBlock.TIME_LIMIT)
            throw new IllegalArgumentException("anchor: expected 1 ≤ time < 2^48 ms, got " + timeMs);
    }

    /// What the constructor of the client's contract takes.
    public Bytes encode() {
        return Rlp.list(Rlp.of(height), Rlp.of(hash.value()), Rlp.of(timeMs)).encode();
    }

    ConsensusState state(Committee committee) {
        return new ConsensusState(height, hash, Bytes32.ZERO, timeMs, committee.setHash(), 0);
    }

    /// Reads the wire form; total.
    public static Verdict<CommitteeAnchor> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, CommitteeAnchor::of);
    }

    private static Verdict<CommitteeAnchor> of(Rlp item) {
        var parts = item.items();
        if (parts.size() != 3) return reject(new MalformedUpdate("anchor"));
        long height = parts.get(0).number();
        if (height < 1 || height >= AttestedBlock.HEIGHT_LIMIT) return reject(new MalformedUpdate("height"));
        var hash = parts.get(1).octets();
        if (hash.size() != 32) return reject(new MalformedUpdate("hash"));
        long timeMs = parts.get(2).number();
        if (timeMs < 1 || timeMs >= AttestedBlock.TIME_LIMIT) return reject(new MalformedUpdate("timestamp"));
        if (hash.isZero()) return reject(new NothingAttested("hash"));
        return accept(new CommitteeAnchor(height, new Bytes32(hash), timeMs));
    }
}
