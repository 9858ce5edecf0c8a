package io.waybill.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.SignedTx;
import io.waybill.core.port.Signer;
import io.waybill.core.proof.fisco.FiscoTransaction;
import io.waybill.rpc.RpcError;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Signs native transactions and sees them into a block, each at most once: while the outcome of one is unknown,
/// the same octets are sent again, never others for the same purpose. Only when the chain has passed a
/// transaction's block limit without it may another be signed in its place.
final class FiscoTransactions {
    /// How many blocks a transaction may wait; nodes allow 1000.
    private static final long BLOCKS_TO_WAIT = 500;
    private static final long PAUSE_MS = 50;

    private final FiscoNode node;
    private final GroupInfo group;
    private final Signer signer;
    private final Duration deadline;
    private final SecureRandom random = new SecureRandom();
    private final Map<Purpose, SignedTx> undecided = new HashMap<>();

    /// @param deadline from signing to the receipt
    FiscoTransactions(FiscoNode node, GroupInfo group, Signer signer, Duration deadline) {
        this.node = node;
        this.group = group;
        this.signer = signer;
        this.deadline = deadline;
    }

    /// The account that signs.
    Address address() {
        return signer.address();
    }

    /// What a transaction is for.
    ///
    /// @param to the contract called, or null for a creation
    private record Purpose(@Nullable Address to, Bytes data) {}

    /// Executes a call or a creation and waits until it is in a block, whatever its status there.
    ///
    /// @param to the contract to call, or null to create one
    /// @throws ChainException.Refused     if the node's pool refused it
    /// @throws ChainException.Unavailable if the outcome is unknown at the deadline; calling again with the same
    ///     arguments looks for it first
    FiscoNode.Outcome execute(@Nullable Address to, Bytes data) {
        var purpose = new Purpose(to, data);
        var signed = take(purpose);
        boolean decided = false;
        try {
            var outcome = settle(signed);
            decided = true;
            return outcome;
        } catch (ChainException.Refused e) {
            decided = true;
            throw e;
        } finally {
            if (!decided) keep(purpose, signed);
        }
    }

    /// Signs a creation without handing it in.
    SignedTx signCreation(Bytes code) {
        return sign(new Purpose(null, code));
    }

    /// Hands a signed transaction in, again if need be, and waits until it is in a block.
    ///
    /// @return nothing if the chain has passed its block limit without it
    Optional<FiscoNode.Outcome> execute(SignedTx signed) {
        return passed(signed) ? Optional.empty() : Optional.of(settle(signed));
    }

    private SignedTx take(Purpose purpose) {
        SignedTx before;
        synchronized (undecided) {
            before = undecided.remove(purpose);
        }
        if (before != null) {
            boolean dead = false;
            try {
                dead = passed(before);
            } catch (ChainException.Unavailable e) {
                keep(purpose, before);
                throw e;
            }
            if (!dead) return before;
        }
        return sign(purpose);
    }

    /// Whether the chain has passed a transaction's block limit without it.
    private boolean passed(SignedTx signed) {
        return node.height() > signed.limit() && node.receipt(signed.hash()).isEmpty();
    }

    private void keep(Purpose purpose, SignedTx signed) {
        synchronized (undecided) {
            undecided.putIfAbsent(purpose, signed);
        }
    }

    private SignedTx sign(Purpose purpose) {
        long blockLimit = node.height() + BLOCKS_TO_WAIT;
        var nonce = new BigInteger(128, random).toString();
        var to = purpose.to() == null ? "" : purpose.to().toHex();
        var suite = node.suite();
        var signed = FiscoTransaction.call(group.chainId(), group.groupId(), blockLimit, nonce, to, purpose.data())
                .sign(suite, signer);
        return new SignedTx(signed.hash(suite), signed.encode(suite), blockLimit);
    }

    private FiscoNode.Outcome settle(SignedTx signed) {
        long end = System.nanoTime() + deadline.toNanos();
        ChainException.Unavailable last = null;
        do {
            try {
                return sent(signed);
            } catch (ChainException.Unavailable e) {
                last = e;
            }
            try {
                var found = node.receipt(signed.hash());
                if (found.isPresent()) return found.get();
            } catch (ChainException.Unavailable e) {
                last = e;
            }
            pause();
        } while (System.nanoTime() < end);
        throw new ChainException.Unavailable(
                "transaction %s: outcome unknown, %s".formatted(signed.hash(), last.getMessage()), last);
    }

    private FiscoNode.Outcome sent(SignedTx signed) {
        FiscoNode.Outcome outcome;
        try {
            outcome = node.send(signed.octets());
        } catch (RpcError e) {
            var found = node.receipt(signed.hash());
            if (found.isPresent()) return found.get();
            var why = "transaction %s: %s, %s".formatted(signed.hash(), ReceiptStatus.explain(e.code()), e.reason());
            if (ReceiptStatus.known(e.code()) || ReceiptStatus.passing(e.code())) {
                throw new ChainException.Unavailable(why, e);
            }
            throw new ChainException.Refused(why);
        }
        if (!outcome.tx().equals(signed.hash())) {
            throw new ChainException.Unavailable(
                    "transaction %s: node answered for %s".formatted(signed.hash(), outcome.tx()));
        }
        return outcome;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainException.Unavailable("interrupted", e);
        }
    }
}
