package io.waybill.devnet.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.SigningKey;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.FiscoTransaction;
import io.waybill.core.proof.fisco.ReceiptTree;
import io.waybill.core.proof.fisco.SignedFiscoTransaction;
import io.waybill.devnet.RpcFault;
import io.waybill.devnet.fisco.LedgerBlock.Executed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// The chain of blocks: judges transactions, lets the EVM execute those that wait, and seals.
final class LedgerChain {
    static final int VERSION = 0x03100400;

    private static final int BLOCK_LIMIT = 1000;
    private static final int BLOCK_SIZE = 1000;

    private final LedgerDevnet.Options options;
    private final FiscoSuite suite;
    private final SigningKey heartbeat;
    private final LedgerEvm evm;
    private final ConsensusContract consensus;
    private final Genesis genesis;
    private final InstantSource clock;
    private final ReentrantLock sealing = new ReentrantLock();
    private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final CopyOnWriteArrayList<LedgerBlock> blocks = new CopyOnWriteArrayList<>();
    private final Map<Bytes32, Executed> byHash = new ConcurrentHashMap<>();
    private final Set<Bytes> nonces = new HashSet<>();
    private final AtomicLong heartbeats = new AtomicLong();
    private Bytes32 stateRoot = Bytes32.ZERO;

    private record Waiting(SignedFiscoTransaction transaction, Address sender, CompletableFuture<Executed> done) {}

    LedgerChain(LedgerDevnet.Options options, LedgerEvm evm, ConsensusContract consensus, InstantSource clock) {
        this.options = options;
        this.suite = options.suite();
        this.heartbeat = Sealers.key(suite, "heartbeat");
        this.evm = evm;
        this.consensus = consensus;
        this.clock = clock;
        this.genesis = Genesis.of(options, consensus.sealers(), VERSION);
    }

    Genesis genesis() {
        return genesis;
    }

    ConsensusContract consensus() {
        return consensus;
    }

    long head() {
        return blocks.size();
    }

    /// The time of a block made now: later than its parent's.
    long nowMs() {
        return Math.max(clock.millis(), head() == 0 ? 0 : block(head()).header().timeMs() + 1);
    }

    /// A block by its number, from 1 on.
    LedgerBlock block(long number) {
        return blocks.get((int) number - 1);
    }

    Bytes32 hash(long number) {
        return number == 0 ? genesis.hash() : block(number).hash();
    }

    /// Takes a transaction and answers when its block is committed.
    ///
    /// @throws RpcFault if a node would refuse the transaction
    Executed submit(SignedFiscoTransaction transaction) {
        var sender = transaction.sender(suite).orElseThrow(() -> new RpcFault(10005, "InvalidSignature"));
        judge(transaction.transaction());
        var mine = new Waiting(transaction, sender, new CompletableFuture<>());
        waiting.add(mine);
        sealing.lock();
        try {
            while (!mine.done().isDone()) seal();
        } finally {
            sealing.unlock();
        }
        return mine.done().join();
    }

    private void judge(FiscoTransaction transaction) {
        if (!transaction.chainId().equals(options.chain())) throw new RpcFault(10006, "InvalidChainId");
        if (!transaction.groupId().equals(options.group())) throw new RpcFault(10007, "InvalidGroupId");
        long limit = transaction.blockLimit();
        if (limit <= head() || limit > head() + BLOCK_LIMIT) throw new RpcFault(10001, "BlockLimitCheckFail");
        synchronized (nonces) {
            if (!nonces.add(transaction.nonce())) throw new RpcFault(10000, "NonceCheckFail");
        }
    }

    FiscoHeader heartbeat() {
        var nonce = "9" + heartbeats.incrementAndGet() + Math.abs(clock.millis());
        var transaction = FiscoTransaction.call(
                options.chain(),
                options.group(),
                head() + 500,
                nonce,
                "0x00000000000000000000000000000000000000aa",
                Bytes.EMPTY);
        return block(submit(transaction.sign(suite, heartbeat)).receipt().blockNumber())
                .header();
    }

    Optional<Executed> find(Bytes32 transaction) {
        return Optional.ofNullable(byHash.get(transaction));
    }

    private void seal() {
        var batch = new ArrayList<Waiting>();
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            batch.add(next);
            if (batch.size() == BLOCK_SIZE) break;
        }
        long number = head() + 1;
        var sealers = consensus.sealers();
        long time = nowMs();
        var executed = execute(batch, number, time);
        var header = header(number, time, sealers, executed);
        var hash = header.hash(suite);
        blocks.add(new LedgerBlock(header, hash, sealers.seal(hash, (int) header.sealer()), executed));
        executed.forEach(done -> byHash.put(done.hash(), done));
        for (int i = 0; i < batch.size(); i++) batch.get(i).done().complete(executed.get(i));
    }

    private List<Executed> execute(List<Waiting> batch, long number, long time) {
        var calls = batch.stream()
                .filter(one -> !governs(one))
                .map(LedgerChain::call)
                .toList();
        var outcome = evm.execute(calls, number, time);
        stateRoot = outcome.stateRoot();
        var done = outcome.executions().iterator();
        var executed = new ArrayList<Executed>();
        for (var one : batch) {
            var receipt = governs(one) ? govern(one, number) : receipt(done.next(), number);
            executed.add(new Executed(one.transaction(), one.transaction().hash(suite), one.sender(), receipt));
        }
        return executed;
    }

    private static boolean governs(Waiting one) {
        return one.transaction().transaction().to().equals(ConsensusContract.ADDRESS);
    }

    private static LedgerEvm.Call call(Waiting one) {
        var transaction = one.transaction().transaction();
        var to = transaction.to().isEmpty() ? null : Address.hex(transaction.to());
        return new LedgerEvm.Call(one.sender(), to, transaction.input());
    }

    private FiscoReceipt govern(Waiting one, long number) {
        var output = consensus.run(one.transaction().transaction().input());
        return FiscoReceipt.plain("21000", "", 0, output, List.of(), number);
    }

    private static FiscoReceipt receipt(LedgerEvm.Execution done, long number) {
        var logs = done.logs().stream()
                .map(log -> new FiscoReceipt.Log(digits(log.address()), log.topics(), log.data()))
                .toList();
        return FiscoReceipt.plain(
                Long.toString(done.gasUsed()),
                done.contractAddress().map(LedgerChain::digits).orElse(""),
                done.status(),
                done.output(),
                logs,
                number);
    }

    private static String digits(Address address) {
        return address.toHex().substring(2);
    }

    private FiscoHeader header(long number, long time, Sealers sealers, List<Executed> executed) {
        long gas = executed.stream()
                .mapToLong(done -> Long.parseLong(done.receipt().gasUsed()))
                .sum();
        return new FiscoHeader(
                VERSION,
                number,
                hash(number - 1),
                ReceiptTree.root(suite, executed.stream().map(Executed::hash).toList()),
                ReceiptTree.root(
                        suite,
                        executed.stream()
                                .map(done -> done.receipt().hash(suite))
                                .toList()),
                stateRoot,
                Long.toString(gas),
                time,
                number % sealers.list().size(),
                sealers.set(),
                Bytes.EMPTY);
    }

    /// The block with one of its signatures made by a stranger.
    LedgerBlock forged(LedgerBlock block) {
        var seals = new ArrayList<>(block.seals());
        seals.set(0, new Seal(seals.getFirst().index(), Sealers.seal(suite, heartbeat, block.hash())));
        return new LedgerBlock(block.header(), block.hash(), seals, block.executed());
    }

    /// Another block of the same height under a quorum of signatures.
    LedgerBlock conflicting(LedgerBlock block) {
        var honest = block.header();
        var header = new FiscoHeader(
                honest.version(),
                honest.number(),
                honest.parentHash(),
                honest.txsRoot(),
                Digests.keccak256(Bytes.utf8("another block")),
                honest.stateRoot(),
                honest.gasUsed(),
                honest.timeMs(),
                honest.sealer(),
                honest.sealers(),
                honest.extraData());
        var hash = header.hash(suite);
        var seals = consensus.sealers(honest.sealers()).seal(hash, (int) honest.sealer());
        return new LedgerBlock(header, hash, seals, block.executed());
    }
}
