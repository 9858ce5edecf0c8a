package io.waybill.core.policy;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.PolicyRejection;
import io.waybill.core.PolicyRejection.CreationNotAllowed;
import io.waybill.core.PolicyRejection.FunctionNotAllowed;
import io.waybill.core.PolicyRejection.InternalContract;
import io.waybill.core.PolicyRejection.KindNotAllowed;
import io.waybill.core.PolicyRejection.NotSponsored;
import io.waybill.core.PolicyRejection.StorageLimitTooHigh;
import io.waybill.core.PolicyRejection.TargetNotAllowed;
import io.waybill.core.PolicyRejection.ValueNotZero;
import io.waybill.core.Verdict;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// What this software may sign: calls of named functions of named contracts, without value. The table is the
/// policy: read it from top to bottom, the first rule that applies refuses.
///
/// @param contracts targets that are ours
/// @param functions that may be called there, four octets each
/// @param creating  whether contracts may be created: by who sets lanes up, never by who carries them
public record OutboundPolicy(Set<Address> contracts, Set<Bytes> functions, boolean creating) {
    /// The most storage, in octets, that a transaction in Conflux' Core space may take collateral for: ours, so
    /// that a mistaken limit locks little.
    public static final long MOST_STORAGE = 1024;

    private static final int SELECTOR = 4;

    /// One row of the table.
    ///
    /// @param code    its name, that of what it refuses with
    /// @param refuses what it refuses, for people
    public record Rule(
            String code, String refuses, BiFunction<OutboundPolicy, Outgoing, Optional<PolicyRejection>> judge) {}

    private static final List<Rule> TABLE = List.of(
            new Rule(
                    "KindNotAllowed",
                    "blobs (EIP-4844), delegations of an account to code (EIP-7702), kinds that are not known",
                    (_, tx) -> when(
                            tx.kind() != Outgoing.Kind.PLAIN,
                            new KindNotAllowed(tx.kind().name().toLowerCase(Locale.ROOT)))),
            new Rule(
                    "ValueNotZero",
                    "any value, in every space",
                    (_, tx) -> when(tx.value().signum() != 0, new ValueNotZero(tx.value()))),
            new Rule(
                    "CreationNotAllowed",
                    "the creation of contracts, but in a setup",
                    (policy, tx) -> when(tx.to() == null && !policy.creating(), new CreationNotAllowed())),
            new Rule(
                    "InternalContract",
                    "Conflux' own contracts: calls between its spaces, staking, its PoS register, sponsors, admins",
                    (_, tx) -> tx.to() != null && isInternal(tx.to())
                            ? Optional.of(new InternalContract(tx.to()))
                            : Optional.empty()),
            new Rule(
                    "TargetNotAllowed",
                    "contracts that are not named",
                    (policy, tx) -> tx.to() != null && !policy.contracts().contains(tx.to())
                            ? Optional.of(new TargetNotAllowed(tx.to()))
                            : Optional.empty()),
            new Rule(
                    "FunctionNotAllowed",
                    "functions that are not named, and calls of none",
                    (policy, tx) -> when(
                            tx.to() != null && !policy.functions().contains(selector(tx.data())),
                            new FunctionNotAllowed(selector(tx.data())))),
            new Rule(
                    "NotSponsored",
                    "transactions of Conflux' Core space whose gas or collateral no sponsor pays",
                    (_, tx) -> when(tx.payer() == Outgoing.Payer.SENDER_WITH_COLLATERAL, new NotSponsored())),
            new Rule(
                    "StorageLimitTooHigh",
                    "more storage than " + MOST_STORAGE + " octets in Conflux' Core space",
                    (_, tx) -> when(
                            tx.storageLimit().compareTo(BigInteger.valueOf(MOST_STORAGE)) > 0,
                            new StorageLimitTooHigh(tx.storageLimit(), MOST_STORAGE))));

    public OutboundPolicy {
        contracts = Set.copyOf(contracts);
        functions = Set.copyOf(functions);
    }

    /// The rules, in the order in which they are asked.
    public static List<Rule> table() {
        return TABLE;
    }

    /// Judges a transaction.
    public Verdict<Outgoing> judge(Outgoing tx) {
        for (var rule : TABLE) {
            var refused = rule.judge().apply(this, tx);
            if (refused.isPresent()) return reject(refused.get());
        }
        return accept(tx);
    }

    private static Optional<PolicyRejection> when(boolean applies, PolicyRejection reason) {
        return applies ? Optional.of(reason) : Optional.empty();
    }

    /// `0x0888000000000000000000000000000000000000` and the 255 addresses after it.
    private static boolean isInternal(Address target) {
        var octets = target.value();
        return octets.at(0) == 0x08
                && octets.at(1) == 0x88
                && octets.slice(2, 20 - 1).isZero();
    }

    private static Bytes selector(Bytes data) {
        return data.slice(0, Math.min(SELECTOR, data.size()));
    }
}
