package io.waybill.evm;

import io.waybill.contracts.AllowedCalls;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.policy.OutboundPolicy;
import io.waybill.core.policy.Outgoing;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.SignedTx;
import io.waybill.core.port.TxResult;
import io.waybill.rpc.RpcError;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;

/// Brings transactions of one account onto the chain. One at a time takes a nonce and is handed to the node;
/// waiting for receipts goes on side by side.
final class EvmSubmitter {
    private static final int NONCES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(EvmSubmitter.class);
    private static final OutboundPolicy CREATING = AllowedCalls.settingUp(Set.of());

    private final Web3j web3j;
    private final EvmNode node;
    private final TxSigner signer;
    private final TxForm form;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final SpentOnGas audit = new SpentOnGas();
    private final AtomicInteger waiting = new AtomicInteger();
    private long next;

    /// @param patience how long a transaction may take to get into a block
    EvmSubmitter(Web3j web3j, EvmNode node, TxSigner signer, TxForm form, Duration patience) {
        this.web3j = web3j;
        this.node = node;
        this.signer = signer;
        this.form = form;
        this.patience = patience;
    }

    Address address() {
        return signer.address();
    }

    /// Calls a contract in a transaction and waits for its receipt. The call is tried first without one, so that a
    /// refusal costs nothing and names its error.
    ///
    /// @param policy what may be signed here
    /// @throws ChainException.Refused     if the policy, the contract or the node refused it
    /// @throws ChainException.Unavailable if it is not known whether it got into a block; the message names it
    ReceiptJson call(OutboundPolicy policy, Address to, Bytes calldata) {
        judge(policy.judge(Outgoing.call(to, calldata)));
        node.call(address(), to, calldata);
        var receipt = bring(policy, to, calldata, node.estimate(address(), to, calldata));
        if (receipt.receipt().success()) return receipt;
        node.callAt(receipt.height(), address(), to, calldata);
        throw new ChainException.Refused("transaction %s: failed in block %d with %d gas"
                .formatted(receipt.tx(), receipt.height(), receipt.gasUsed()));
    }

    /// Creates a contract.
    Address create(Bytes code) {
        var receipt = bring(CREATING, null, code, node.estimateCreation(address(), code));
        var created = receipt.created();
        if (receipt.receipt().success() && created != null) return created;
        throw new ChainException.Refused("creation %s: failed in block %d".formatted(receipt.tx(), receipt.height()));
    }

    /// Signs a creation without handing it in; its limit is its nonce.
    SignedTx signCreation(Bytes code) {
        long estimate = node.estimateCreation(address(), code);
        long nonce = nonce(DefaultBlockParameterName.PENDING);
        var signed = signed(CREATING, nonce, estimate + estimate / 4, price(), null, code);
        return new SignedTx(signed.hash(), signed.octets(), nonce);
    }

    /// Hands a signed creation in, again if need be, and waits for its receipt.
    ///
    /// @return the contract, or nothing if the nonce went to another transaction
    Optional<Address> created(SignedTx signed) {
        if (node.receipt(signed.hash()).isEmpty()) {
            boolean passed = nonce(DefaultBlockParameterName.LATEST) > signed.limit();
            if (passed && node.receipt(signed.hash()).isEmpty()) return Optional.empty();
            if (!passed) accepted(new TxSigner.Signed(signed.octets(), signed.hash()), true);
        }
        var receipt = await(new TxSigner.Signed(signed.octets(), signed.hash()));
        // It may have been paid for long ago, by a process before this one.
        audit.paid(null);
        var created = receipt.created();
        if (receipt.receipt().success() && created != null) return Optional.of(created);
        throw new ChainException.Refused("creation %s: failed in block %d".formatted(receipt.tx(), receipt.height()));
    }

    /// What became of a transaction.
    ///
    /// @throws ChainException.Dishonest if its block is not the one the node shows at that height
    TxResult result(ReceiptJson receipt) {
        var block = node.stamp(receipt.height());
        if (!block.hash().equals(receipt.blockHash())) {
            throw new ChainException.Dishonest("receipt %s: names block %s, the chain has %s"
                    .formatted(receipt.tx(), receipt.blockHash(), block.hash()));
        }
        return new TxResult(receipt.tx(), receipt.height(), block.timeMs(), receipt.gasUsed());
    }

    private ReceiptJson bring(OutboundPolicy policy, @Nullable Address to, Bytes data, long estimate) {
        var signed = handIn(policy, to, data, estimate + estimate / 4);
        @Nullable BigInteger fee = null;
        try {
            var receipt = await(signed);
            fee = receipt.fee();
            return receipt;
        } finally {
            audit.paid(fee);
            if (waiting.decrementAndGet() == 0) lookAtBalance();
        }
    }

    /// Whether the account did nothing but pay for gas; looked at while nothing of it is under way. A balance
    /// that says otherwise is an alarm in the log, and nothing stops for it.
    private void lookAtBalance() {
        if (!lock.tryLock()) return;
        try {
            if (waiting.get() > 0) return;
            audit.found(node.balance(address()))
                    .ifPresent(why ->
                            LOG.warn("policy.alarm account={} rule={} why={}", address(), why.code(), why.explain()));
        } catch (ChainException e) {
            audit.paid(null);
        } finally {
            lock.unlock();
        }
    }

    /// Signs what the policy lets through: judged are the very octets that the chain would get.
    private TxSigner.Signed signed(
            OutboundPolicy policy, long nonce, long gasLimit, long price, @Nullable Address to, Bytes data) {
        var signed = signer.sign(form, nonce, gasLimit, price, to, data);
        judge(Outgoing.ofEvm(signed.octets()).then(policy::judge));
        return signed;
    }

    private static void judge(Verdict<Outgoing> verdict) {
        if (verdict instanceof Verdict.Rejected<Outgoing>(var reason))
            throw new ChainException.Refused(reason.explain());
    }

    /// Takes a nonce, signs and hands the transaction to the node. A nonce that another process took meanwhile is
    /// given up for the next one.
    private TxSigner.Signed handIn(OutboundPolicy policy, @Nullable Address to, Bytes data, long gasLimit) {
        lock.lock();
        try {
            long price = price();
            for (int tried = 1; ; tried++) {
                long pending = nonce(DefaultBlockParameterName.PENDING);
                long nonce = waiting.get() == 0 ? pending : Math.max(pending, next);
                var signed = signed(policy, nonce, gasLimit, price, to, data);
                if (accepted(signed, tried == NONCES)) {
                    next = nonce + 1;
                    waiting.incrementAndGet();
                    return signed;
                }
                next = nonce + 1;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether the node has the transaction, as far as is known: a node that did not answer may have it.
    private boolean accepted(TxSigner.Signed signed, boolean last) {
        try {
            web3j.ethSendRawTransaction(signed.octets().toHex()).send();
            return true;
        } catch (RpcError e) {
            if (EvmErrors.isKnown(e)) return true;
            if (EvmErrors.isNonceTaken(e) && !last) return false;
            throw new ChainException.Refused("transaction %s: %s".formatted(signed.hash(), e.getMessage()));
        } catch (ChainException.Unavailable _) {
            return true;
        } catch (IOException e) {
            throw new ChainException.Unavailable("transaction %s: %s".formatted(signed.hash(), e.getMessage()), e);
        }
    }

    /// Waits for the receipt, and hands the transaction in again each time the node turns out not to answer.
    private ReceiptJson await(TxSigner.Signed signed) {
        long end = System.nanoTime() + patience.toNanos();
        for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try {
                var receipt = node.receipt(signed.hash());
                if (receipt.isPresent()) return receipt.get();
            } catch (ChainException.Unavailable e) {
                if (System.nanoTime() > end) throw outOfSight(signed.hash(), e);
            }
            if (System.nanoTime() > end) throw outOfSight(signed.hash(), null);
            rest(signed.hash(), pause);
            if (pause.equals(LONGEST_PAUSE)) handInAgain(signed);
        }
    }

    private void handInAgain(TxSigner.Signed signed) {
        try {
            web3j.ethSendRawTransaction(signed.octets().toHex()).send();
        } catch (RpcError | ChainException.Unavailable | IOException _) {
            // It is in the pool or in a block, or the node is away: the receipt will tell.
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private static void rest(Bytes32 hash, Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw outOfSight(hash, e);
        }
    }

    private static ChainException.Unavailable outOfSight(Bytes32 hash, @Nullable Throwable cause) {
        var message = "transaction %s: not known to be in a block".formatted(hash);
        return cause == null ? new ChainException.Unavailable(message) : new ChainException.Unavailable(message, cause);
    }

    private long nonce(DefaultBlockParameterName at) {
        try {
            return web3j.ethGetTransactionCount(address().toHex(), at)
                    .send()
                    .getTransactionCount()
                    .longValueExact();
        } catch (RpcError e) {
            throw EvmErrors.of(e);
        } catch (IOException e) {
            throw new ChainException.Unavailable("nonce: " + e.getMessage(), e);
        }
    }

    private long price() {
        try {
            return web3j.ethGasPrice().send().getGasPrice().longValueExact();
        } catch (RpcError e) {
            throw EvmErrors.of(e);
        } catch (IOException e) {
            throw new ChainException.Unavailable("gas price: " + e.getMessage(), e);
        }
    }
}
