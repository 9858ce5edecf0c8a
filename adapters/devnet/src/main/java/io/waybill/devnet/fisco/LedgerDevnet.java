package io.waybill.devnet.fisco;

import io.vertx.core.Vertx;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.digest.SigningKey;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.RpcServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A local FISCO BCOS ledger on loopback: four sealers, standard or national cryptography, version 3.16.4. A block is
/// made
/// of the transactions that are waiting, as soon as there are any; a transaction is answered when its block is
/// committed.
public final class LedgerDevnet implements AutoCloseable {
    private final Options options;
    private final LedgerEvm evm;
    private final LedgerChain chain;
    private final RpcServer server;
    private volatile Misbehaviour misbehaviour = Misbehaviour.NONE;

    /// What the ledger is like.
    ///
    /// @param chain   `chainID` of its nodes
    /// @param group   `groupID` of its nodes
    /// @param sealers how many seal, ≥ 1, each of weight 1
    /// @param port    of the JSON-RPC server; 0 takes a free one
    /// @param suite   the cryptography that the chain is made with
    /// @param precompiled whether contracts find the precompile 0x100a; always with national cryptography. An EVM
    ///     without it is some ten times faster
    public record Options(String chain, String group, int sealers, int port, FiscoSuite suite, boolean precompiled) {
        /// `chain0`, `group0`, four sealers, a free port, standard cryptography, no precompile.
        public static final Options DEFAULT = new Options("chain0", "group0", 4, 0);

        public Options {
            if (suite == FiscoSuite.SM && !precompiled)
                throw new IllegalArgumentException("national cryptography: expected the precompile, got none");
        }

        /// Standard cryptography, no precompile.
        public Options(String chain, String group, int sealers, int port) {
            this(chain, group, sealers, port, FiscoSuite.STANDARD, false);
        }

        /// The same with the precompile, and the cryptography that it is a part of.
        public Options with(FiscoSuite other) {
            return new Options(chain, group, sealers, port, other, true);
        }
    }

    /// What a lying node of this ledger does.
    public enum Misbehaviour {
        /// It is honest.
        NONE,
        /// It shows headers one of whose signatures a stranger made.
        FORGED_SEAL,
        /// It shows headers of another block of the same height, with a full quorum of signatures: what a leader who
        /// deceives the others can make.
        CONFLICTING_HEADER,
        /// It changes the data of logs in receipts.
        FALSE_RECEIPTS
    }

    private LedgerDevnet(Vertx vertx, Options options, InstantSource clock) {
        this.options = options;
        this.evm = options.precompiled() ? new ScriptedEvm(options.suite()) : new AnvilEvm(vertx, clock.millis());
        this.chain = new LedgerChain(
                options, evm, new ConsensusContract(Sealers.named(options.suite(), options.sealers())), clock);
        this.server = RpcServer.start(vertx, options.port(), new LedgerMethods(this, chain, evm)::answer);
    }

    public static LedgerDevnet start(Vertx vertx, Options options) {
        return start(vertx, options, InstantSource.system());
    }

    /// Starts a ledger whose blocks are made at the time that a clock tells, or a millisecond after the one before.
    public static LedgerDevnet start(Vertx vertx, Options options, InstantSource clock) {
        return new LedgerDevnet(vertx, options, clock);
    }

    /// Where its JSON-RPC answers.
    public URI rpc() {
        return server.address();
    }

    /// The server, which can be told to hang, to reset and to answer garbage.
    public RpcServer server() {
        return server;
    }

    /// How this ledger was started, as its nodes tell it.
    public Options options() {
        return options;
    }

    public long head() {
        return chain.head();
    }

    /// A header as it was sealed, whatever the node is told to show.
    ///
    /// @param number 1 to [#head()]
    public FiscoHeader header(long number) {
        return chain.block(number).header();
    }

    /// The signatures over a header.
    public List<Seal> seals(long number) {
        return chain.block(number).seals();
    }

    /// Makes a block with one transaction in it that does nothing: a ledger makes no blocks without transactions.
    public FiscoHeader mine() {
        return chain.heartbeat();
    }

    /// The keys that seal the next block, ascending by node id.
    public List<SigningKey> sealers() {
        return chain.consensus().sealers().list().stream()
                .map(Sealers.Sealer::key)
                .toList();
    }

    /// Runs another node, which governance may then make an observer and a sealer (system contract 0x…1003).
    public void run(SigningKey node) {
        chain.consensus().know(node);
    }

    public void misbehave(Misbehaviour other) {
        misbehaviour = other;
    }

    Misbehaviour misbehaviour() {
        return misbehaviour;
    }

    /// A block as the node shows it now, or null if there is none of that number.
    @Nullable
    LedgerBlock shown(long number) {
        if (number < 1 || number > chain.head()) return null;
        var block = chain.block(number);
        return switch (misbehaviour) {
            case NONE, FALSE_RECEIPTS -> block;
            case FORGED_SEAL -> chain.forged(block);
            case CONFLICTING_HEADER -> chain.conflicting(block);
        };
    }

    /// The hash of another block of a height this ledger has, sealed by a quorum.
    public Bytes32 conflictingHash(long number) {
        return chain.conflicting(chain.block(number)).hash();
    }

    @Override
    public void close() {
        server.close();
        evm.close();
    }
}
