package io.waybill.fisco;

import io.waybill.contracts.ContractErrors;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.SignedTx;
import io.waybill.core.port.Signer;
import io.waybill.core.port.TxResult;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.JsonRpc;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One account on one group: calls, transactions and deployments. A transaction counts as done when its receipt is
/// found under the root in its block's header.
public final class FiscoAccount {
    private static final long PAUSE_MS = 50;

    private final FiscoNode node;
    private final FiscoBlocks blocks;
    private final FiscoTransactions transactions;
    private final Duration deadline;

    private FiscoAccount(FiscoNode node, FiscoTransactions transactions, Duration deadline) {
        this.node = node;
        this.blocks = new FiscoBlocks(node);
        this.transactions = transactions;
        this.deadline = deadline;
    }

    /// Opens an account after asking the node which group it serves.
    ///
    /// @param id       `fisco:<chain>-<group>`, which the node's answer must be
    /// @param group    such as `group0`
    /// @param suite    the cryptography the chain was made with: configured, and compared with the node's answer
    /// @param signer   of secp256k1, or of SM2 on a chain of national cryptography
    /// @param deadline of one transaction, from signing to its block
    /// @throws ChainException.Refused     if the node serves another group, or one of another
    ///     cryptography, or of WebAssembly
    /// @throws ChainException.Unavailable if the node gives no readable answer
    public static FiscoAccount open(
            JsonRpc rpc, ChainId id, String group, FiscoSuite suite, Signer signer, Duration deadline) {
        var node = new FiscoNode(rpc, group, suite);
        var info = node.groupInfo();
        if (!info.caip2().equals(id.name())) {
            throw new ChainException.Refused("group: expected %s, node serves %s".formatted(id, info.caip2()));
        }
        if (info.smCrypto() != (suite == FiscoSuite.SM)) {
            throw new ChainException.Refused("%s: expected %s, node runs %s"
                    .formatted(id, crypto(suite == FiscoSuite.SM), crypto(info.smCrypto())));
        }
        if (info.wasm()) throw new ChainException.Refused(id + ": expected an EVM, node runs WebAssembly");
        return new FiscoAccount(node, new FiscoTransactions(node, info, signer, deadline), deadline);
    }

    private static String crypto(boolean national) {
        return national ? "SM2 and SM3" : "standard crypto";
    }

    FiscoNode node() {
        return node;
    }

    FiscoBlocks blocks() {
        return blocks;
    }

    /// A transaction in its block.
    record Executed(Bytes32 tx, FiscoBlocks.Checked block, int index) {
        FiscoReceipt receipt() {
            return block.receipts().get(index);
        }

        TxResult result() {
            var header = block.block().header();
            return new TxResult(
                    tx,
                    header.number(),
                    header.timeMs(),
                    Long.parseLong(receipt().gasUsed()));
        }
    }

    /// Runs a call at the newest block.
    ///
    /// @return what the contract returned
    /// @throws ChainException.Refused if the contract refused, naming its error
    public Bytes call(Address to, Bytes calldata) {
        var called = node.called(to, calldata);
        if (called.status() == ReceiptStatus.SUCCESS) return called.output();
        throw new ChainException.Refused("call: " + explain(called.status(), called.output()));
    }

    /// The runtime code at an address; empty where there is none.
    public Bytes code(Address address) {
        return node.code(address);
    }

    /// The account that signs.
    public Address address() {
        return transactions.address();
    }

    /// Executes a call of a contract in a transaction and waits until it is in a block.
    ///
    /// @throws ChainException.Refused     if the contract or the node's pool refused it
    /// @throws ChainException.Unavailable if the outcome is unknown at the deadline; the same call again looks for
    ///     it first
    public TxResult transact(Address to, Bytes calldata) {
        return succeeded(execute(to, calldata)).result();
    }

    /// Creates a contract and waits until it is in a block.
    ///
    /// @param creationCode with the constructor's arguments
    public Address deploy(Bytes creationCode) {
        var receipt = succeeded(execute(null, creationCode)).receipt();
        return Address.hex(receipt.contractAddress());
    }

    /// Signs the creation of a contract without handing it in.
    public SignedTx sign(Bytes creationCode) {
        return transactions.signCreation(creationCode);
    }

    /// Hands a signed creation in, again if need be, and waits until it is in a block.
    ///
    /// @return the contract, or nothing if the chain will never take it
    /// @throws ChainException.Refused if the constructor refused
    public Optional<Address> created(SignedTx signed) {
        return transactions
                .execute(signed)
                .map(outcome ->
                        Address.hex(succeeded(inBlock(outcome)).receipt().contractAddress()));
    }

    /// The newest height.
    public long head() {
        return node.height();
    }

    /// A header whose hash was recomputed.
    public FiscoHeader header(long height) {
        return blocks.header(height).header();
    }

    /// Executes a transaction and waits until it is in a block, whether it succeeds there or not.
    ///
    /// @param to the contract to call, or null to create one
    Executed execute(@Nullable Address to, Bytes data) {
        return inBlock(transactions.execute(to, data));
    }

    private Executed inBlock(FiscoNode.Outcome outcome) {
        var block = await(outcome.height());
        int index = block.indexOf(outcome.tx());
        if (index < 0) {
            throw new ChainException.Dishonest("transaction %s: node says block %d, which is without it"
                    .formatted(outcome.tx(), outcome.height()));
        }
        return new Executed(outcome.tx(), block, index);
    }

    static Executed succeeded(Executed executed) {
        var receipt = executed.receipt();
        if (receipt.status() == ReceiptStatus.SUCCESS) return executed;
        throw new ChainException.Refused(
                "transaction %s: %s".formatted(executed.tx(), explain(receipt.status(), receipt.output())));
    }

    /// Another endpoint may lag behind the one that executed.
    private FiscoBlocks.Checked await(long height) {
        long end = System.nanoTime() + deadline.toNanos();
        while (node.height() < height && System.nanoTime() < end) pause();
        return blocks.at(height);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainException.Unavailable("interrupted", e);
        }
    }

    private static String explain(long status, Bytes output) {
        var words = ReceiptStatus.explain(status);
        return status == ReceiptStatus.REVERTED ? words + ": " + ContractErrors.decode(output) : words;
    }
}
