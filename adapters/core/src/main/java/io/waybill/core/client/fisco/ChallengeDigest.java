package io.waybill.core.client.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.port.ClientRef;

/// What watchers and operators of a client of mode CHALLENGED sign, rule R1.6: each for one client contract, one
/// header and one purpose, and no other.
///
/// Each digest is the SHA-256 of `"waybill/<purpose>/1"`, the verifying chain's id (32), the verifying contract (20),
/// the client's id (32) and the fields that each method names, one after the other, each of fixed width.
public final class ChallengeDigest {
    private ChallengeDigest() {}

    /// Of a watcher who holds what waits: purpose `hold`, fields `height u64`, `header hash (32)`,
    /// `round u64`.
    ///
    /// @param round of [io.waybill.core.client.Pending]
    public static Bytes32 hold(ClientRef verifier, long height, Bytes32 headerHash, long round) {
        return WatcherDigest.of("hold", verifier, Bytes.u64(height), headerHash.value(), Bytes.u64(round));
    }

    /// Of operators who release what is held: purpose `release`, the fields of [#hold].
    public static Bytes32 release(ClientRef verifier, long height, Bytes32 headerHash, long round) {
        return WatcherDigest.of("release", verifier, Bytes.u64(height), headerHash.value(), Bytes.u64(round));
    }

    /// Of operators who agree to a new list of sealers: purpose `sealers`, fields `height u64`, `header hash (32)`,
    /// `hash of the new list (32)`.
    ///
    /// @param first the first header that names the new list
    public static Bytes32 sealers(ClientRef verifier, ConsensusState first) {
        return WatcherDigest.of(
                "sealers",
                verifier,
                Bytes.u64(first.height()),
                first.hash().value(),
                first.setHash().value());
    }
}
