package io.waybill.core.client.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import org.jspecify.annotations.Nullable;

/// One member of a committee.
///
/// @param account     the account's address, a hash of its keys
/// @param publicKey   BLS12-381 key, 48 octets compressed
/// @param votingPower seats in the committee, `0 ≤ votingPower ≤ 2^40`
/// @param vrfKey      secp256k1 key, 33 octets compressed; null where the account has none
public record Validator(
        Bytes32 account, Bytes publicKey, @Nullable Bytes vrfKey, long votingPower) implements Comparable<Validator> {
    /// The most voting power that one member may have: sums of a committee stay far below 2^63.
    public static final long MOST_POWER = 1L << 40;

    private static final int KEY = 48;
    private static final int VRF_KEY = 33;

    public Validator {
        if (publicKey.size() != KEY) throw new IllegalArgumentException("key: expected 48 octets, got " + publicKey);
        if (vrfKey != null && vrfKey.size() != VRF_KEY)
            throw new IllegalArgumentException("vrf key: expected 33 octets, got " + vrfKey);
        if (votingPower < 0 || votingPower > MOST_POWER)
            throw new IllegalArgumentException("voting power: expected 0 to 2^40, got " + votingPower);
    }

    /// The address that the keys make, `keccak256(publicKey || vrfKey)`; the stated one where there is no VRF key.
    Bytes32 derivedAccount() {
        return vrfKey == null ? account : Digests.keccak256(Bytes.concat(publicKey, vrfKey));
    }

    Bytes encode() {
        return Bytes.concat(
                account.value(), Bcs.octets(publicKey), Bcs.option(vrfKey, Bcs::octets), Bcs.u64(votingPower));
    }

    static Validator read(Bcs.Reader in) {
        var account = new Bytes32(in.take(32, "account"));
        var key = in.octets(KEY, KEY, "publicKey");
        var vrfKey = in.option(vrf -> vrf.octets(VRF_KEY, VRF_KEY, "vrfPublicKey"), "vrfPublicKey");
        long power = in.u64("votingPower");
        if (power > MOST_POWER) throw in.malformed("votingPower");
        return new Validator(account, key, vrfKey, power);
    }

    @Override
    public int compareTo(Validator other) {
        return account.compareTo(other.account);
    }
}
