package io.waybill.core.policy;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.PolicyRejection.MalformedOutgoing;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A transaction that somebody asks this software to sign, as far as the policy looks at it.
///
/// @param kind         what it can do beside a call
/// @param to           null for the creation of a contract
/// @param value        in the smallest unit of the chain's coin
/// @param storageLimit octets of storage that its sender may have to pay collateral for; 0 but in Conflux' Core space
public record Outgoing(
        Kind kind, @Nullable Address to, BigInteger value, Bytes data, BigInteger storageLimit, Payer payer) {
    /// What a transaction can do beside a call or a creation: nothing; carry blobs, EIP-4844; let code act for an
    /// account, EIP-7702; or nobody knows here.
    public enum Kind {
        PLAIN,
        BLOBS,
        DELEGATION,
        UNKNOWN
    }

    /// Who pays for it. The sender pays gas on an EVM and on a ledger; in Conflux' Core space he pays gas and
    /// collateral for storage, or the contract's sponsor pays both.
    public enum Payer {
        SENDER,
        SENDER_WITH_COLLATERAL,
        SPONSOR
    }

    /// A call without value on an EVM or a ledger.
    public static Outgoing call(Address to, Bytes data) {
        return new Outgoing(Kind.PLAIN, to, BigInteger.ZERO, data, BigInteger.ZERO, Payer.SENDER);
    }

    /// A creation without value on an EVM or a ledger.
    public static Outgoing creation(Bytes code) {
        return new Outgoing(Kind.PLAIN, null, BigInteger.ZERO, code, BigInteger.ZERO, Payer.SENDER);
    }

    /// Reads the octets of a transaction of an EVM, signed or to be signed, of any kind that begins as those of
    /// EIP-2718 and its followers; total. Of a kind that is not known, nothing but that is read.
    public static Verdict<Outgoing> ofEvm(Bytes octets) {
        if (octets.isEmpty()) return malformed("octets");
        int first = octets.at(0);
        if (first >= 0xc0)
            return Rlp.parse(octets, Outgoing::because, item -> fields(Kind.PLAIN, item.items(), 3, 6, 9));
        var rest = octets.slice(1, octets.size());
        return switch (first) {
            case 1 -> Rlp.parse(rest, Outgoing::because, item -> fields(Kind.PLAIN, item.items(), 4, 8, 11));
            case 2 -> Rlp.parse(rest, Outgoing::because, item -> fields(Kind.PLAIN, item.items(), 5, 9, 12));
            case 3 -> accept(of(Kind.BLOBS));
            case 4 -> accept(of(Kind.DELEGATION));
            default -> accept(of(Kind.UNKNOWN));
        };
    }

    private static Outgoing of(Kind kind) {
        return new Outgoing(kind, null, BigInteger.ZERO, Bytes.EMPTY, BigInteger.ZERO, Payer.SENDER);
    }

    private static Rejection because(String part) {
        return new MalformedOutgoing(part);
    }

    /// @param at       index of `to`; value and data follow
    /// @param unsigned how many fields there are before it is signed
    /// @param signed   how many afterwards
    private static Verdict<Outgoing> fields(Kind kind, List<Rlp> items, int at, int unsigned, int signed) {
        if (items.size() != unsigned && items.size() != signed) return malformed("number of fields");
        return call(
                items.get(at),
                items.get(at + 1),
                items.get(at + 2),
                (to, value) -> data -> new Outgoing(kind, to, value, data, BigInteger.ZERO, Payer.SENDER));
    }

    /// Reads the octets of a native transaction of Conflux' Core space of the first kind, signed or to be signed:
    /// `[nonce, gasPrice, gas, to, value, storageLimit, epochHeight, chainId, data]`; total.
    ///
    /// @param sponsored whether the contract has sponsors for gas and for collateral who take this sender
    public static Verdict<Outgoing> ofCore(Bytes octets, boolean sponsored) {
        return Rlp.parse(octets, Outgoing::because, item -> {
            var items = item.items();
            var fields = items.size() == 4 ? items.getFirst().items() : items;
            if (fields.size() != 9) return malformed("number of fields");
            var limit = fields.get(5).octets();
            if (limit.size() > 8) return malformed("storage limit");
            var payer = sponsored ? Payer.SPONSOR : Payer.SENDER_WITH_COLLATERAL;
            return call(
                    fields.get(3),
                    fields.get(4),
                    fields.get(8),
                    (to, value) -> data -> new Outgoing(Kind.PLAIN, to, value, data, number(limit), payer));
        });
    }

    /// What a call says, once its value is read.
    private interface Call {
        Function<Bytes, Outgoing> of(@Nullable Address to, BigInteger value);
    }

    private static Verdict<Outgoing> call(Rlp to, Rlp value, Rlp data, Call call) {
        int size = to.octets().size();
        if (size != 0 && size != 20) return malformed("target");
        if (value.octets().size() > 32) return malformed("value");
        return accept(call.of(size == 0 ? null : new Address(to.octets()), number(value.octets()))
                .apply(data.octets()));
    }

    private static BigInteger number(Bytes octets) {
        return new BigInteger(1, octets.toArray());
    }

    private static Verdict<Outgoing> malformed(String part) {
        return reject(new MalformedOutgoing(part));
    }
}
