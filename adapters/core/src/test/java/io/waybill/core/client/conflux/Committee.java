package io.waybill.core.client.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.conflux.LedgerInfo.BlockInfo;
import io.waybill.core.digest.Bls;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import supranational.blst.P1;
import supranational.blst.P2;
import supranational.blst.SecretKey;

/// A committee whose secrets a test knows; members are numbered in the order of their accounts.
final class Committee {
    private final List<Member> members;
    private final EpochState state;

    private Committee(List<Member> members, EpochState state) {
        this.members = members;
        this.state = state;
    }

    private record Member(SecretKey secret, Validator validator) {}

    /// @param power of each member, in the order of their accounts
    static Committee of(long epoch, long... power) {
        var members = new ArrayList<Member>();
        for (int i = 0; i < power.length; i++) members.add(member("epoch " + epoch + " member " + i));
        members.sort((a, b) -> a.validator.compareTo(b.validator));
        for (int i = 0; i < power.length; i++) {
            var member = members.get(i);
            var validator = member.validator;
            members.set(
                    i,
                    new Member(
                            member.secret,
                            new Validator(validator.account(), validator.publicKey(), validator.vrfKey(), power[i])));
        }
        var validators = members.stream().map(Member::validator).toList();
        return new Committee(members, EpochState.of(epoch, validators, Bytes.utf8("seed")));
    }

    private static Member member(String name) {
        var secret = new SecretKey();
        secret.keygen(Digests.sha256(Bytes.utf8(name)).value().toArray());
        var key = Bytes.of(new P1(secret).compress());
        var vrfKey = Bytes.concat(Bytes.of(2), Digests.sha256(key).value());
        var account = Digests.keccak256(Bytes.concat(key, vrfKey));
        return new Member(secret, new Validator(account, key, vrfKey, 0));
    }

    EpochState state() {
        return state;
    }

    long epoch() {
        return state.epoch();
    }

    Bytes32 account(int member) {
        return members.get(member).validator.account();
    }

    /// All members sign.
    SignedLedgerInfo sign(LedgerInfo info) {
        return sign(info, IntStream.range(0, members.size()).toArray());
    }

    SignedLedgerInfo sign(LedgerInfo info, int... signers) {
        return sign(Bls.Scheme.CONFLUX, info, signers);
    }

    SignedLedgerInfo sign(Bls.Scheme scheme, LedgerInfo info, int... signers) {
        return new SignedLedgerInfo(
                info,
                Arrays.stream(signers).mapToObj(this::account).toList(),
                aggregate(scheme, info.signedMessage(), signers));
    }

    Bytes aggregate(Bls.Scheme scheme, Bytes message, int... signers) {
        var sum = new P2();
        for (int signer : signers) {
            var point = new P2().hash_to(message.toArray(), scheme.tag(), new byte[0]);
            sum.add(point.sign_with(members.get(signer).secret));
        }
        return Bytes.of(sum.to_affine().serialize());
    }

    /// What this committee may say of a pivot: with a round and a time that follow from the height.
    LedgerInfo info(long height, @Nullable Committee next) {
        return info(new Pivot(height, Digests.sha256(Bytes.u64(height))), next == null ? null : next.state);
    }

    LedgerInfo info(@Nullable Pivot pivot, @Nullable EpochState next) {
        long height = pivot == null ? 0 : pivot.height();
        return new LedgerInfo(
                new BlockInfo(
                        state.epoch(),
                        height / 60,
                        Digests.sha256(Bytes.utf8("block " + height)),
                        Bytes32.ZERO,
                        height,
                        timeMs(height) * 1000,
                        next,
                        pivot),
                Digests.sha256(Bytes.utf8("votes")));
    }

    static long timeMs(long height) {
        return 1_800_000_000_000L + height * 500;
    }
}
