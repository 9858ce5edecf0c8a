package io.waybill.devnet.evm;

import io.vertx.core.Vertx;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.qbft.BftExtra;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.devnet.Anvil;
import io.waybill.devnet.RpcServer;
import io.waybill.rpc.Json;
import io.waybill.rpc.JsonRpc;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A local EVM chain whose blocks are sealed as Besu QBFT by a few validators, behind Ethereum JSON-RPC on loopback.
///
/// Contract code is executed by anvil. Each block it makes is sealed anew: the roots, the bloom, the gas and the time
/// are
/// anvil's; parent hash, proposer and seals are this chain's.
public final class QbftDevnet implements AutoCloseable {
    private static final Bytes VANITY = Bytes.concat(Bytes.of(new byte[26]), Bytes.utf8("devnet"));
    private static final Bytes BASE_FEE = Bytes.EMPTY;

    private final Options options;
    private final Anvil anvil;
    private final JsonRpc evm;
    private final RpcServer server;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<QbftHeader> headers = new ArrayList<>();
    private final Vertx vertx;
    private final @Nullable Long ticker;
    private volatile Validators validators;
    private volatile Misbehaviour misbehaviour = Misbehaviour.NONE;

    /// What the chain is like.
    ///
    /// @param chainId     of EIP-155
    /// @param validators  how many seal, ≥ 1
    /// @param port        of the JSON-RPC server; 0 takes a free one
    /// @param blockPeriod how often a block is made, or null for one block at each transaction
    public record Options(
            long chainId,
            int validators,
            int port,
            @Nullable Duration blockPeriod) {
        /// Chain 1337, four validators, a free port, a block at each transaction.
        public static final Options DEFAULT = new Options(1337, 4, 0, null);
    }

    /// What a lying node of this chain does.
    public enum Misbehaviour {
        /// It is honest.
        NONE,
        /// It shows headers one of whose seals a stranger made.
        FORGED_SEAL,
        /// It shows headers that claim other receipts than were sealed.
        FORGED_RECEIPTS_ROOT,
        /// It shows headers of another block of the same height, sealed by validators who equivocate.
        CONFLICTING_HEADER,
        /// It changes the data of logs in receipts.
        FALSE_RECEIPTS
    }

    private QbftDevnet(Vertx vertx, Options options, InstantSource clock) {
        this.vertx = vertx;
        this.options = options;
        this.clock = clock;
        this.validators = Validators.named(options.validators());
        this.anvil = Anvil.start(Anvil.Options.DEFAULT
                .withChainId(options.chainId())
                .withHardfork("paris")
                .withGasLimit(100_000_000)
                .withGenesisTime(clock.instant().getEpochSecond())
                .withoutMining());
        this.evm = new JsonRpc(vertx, anvil.rpc());
        headers.add(seal(evm.call("eth_getBlockByNumber", "0x0", false)));
        this.server = RpcServer.start(vertx, options.port(), new QbftMethods(this, evm)::answer);
        this.ticker = options.blockPeriod() == null ? null : tick(options.blockPeriod());
    }

    public static QbftDevnet start(Vertx vertx, Options options) {
        return new QbftDevnet(vertx, options, InstantSource.system());
    }

    private long tick(Duration period) {
        return vertx.setPeriodic(
                period.toMillis(), _ -> Thread.ofVirtual().name("qbft-devnet").start(this::mine));
    }

    /// Where its JSON-RPC answers.
    public URI rpc() {
        return server.address();
    }

    /// The server, which can be told to hang, to reset and to answer garbage.
    public RpcServer server() {
        return server;
    }

    public long chainId() {
        return options.chainId();
    }

    public long head() {
        return headers().size() - 1L;
    }

    /// A header as it was sealed, whatever the node is told to show.
    public QbftHeader header(long number) {
        return headers().get((int) number);
    }

    /// Makes a block of what is pending.
    public QbftHeader mine() {
        lock.lock();
        try {
            evm.call("evm_mine", Json.quantity(nextTime()));
            var sealed = seal(evm.call("eth_getBlockByNumber", Json.quantity(headers.size()), false));
            headers.add(sealed);
            return sealed;
        } finally {
            lock.unlock();
        }
    }

    /// The time a block would have now, seconds since 1970.
    long nextTime() {
        return Math.max(clock.instant().getEpochSecond(), headers().getLast().timestamp());
    }

    /// Lets a transaction into a block: at once, or with the next tick.
    void transactionCame() {
        if (ticker == null) mine();
    }

    /// Adds a validator; it seals from the next block on.
    public void add(KeyPair newcomer) {
        validators = validators.with(newcomer);
    }

    /// Drops a validator; the others seal from the next block on.
    public void drop(Address leaver) {
        validators = validators.without(leaver);
    }

    /// The keys that seal the next block.
    public List<KeyPair> validators() {
        return validators.keys();
    }

    public void misbehave(Misbehaviour other) {
        misbehaviour = other;
    }

    Misbehaviour misbehaviour() {
        return misbehaviour;
    }

    /// Another block of a height this chain has, with a full quorum of seals.
    public QbftHeader conflicting(long number) {
        return validators.equivocate(header(number), Digests.keccak256(Bytes.utf8("another block")));
    }

    /// A header as the node shows it now.
    QbftHeader shown(long number) {
        var header = header(number);
        if (number == 0) return header;
        return switch (misbehaviour) {
            case NONE, FALSE_RECEIPTS -> header;
            case FORGED_SEAL -> Validators.forge(header);
            case CONFLICTING_HEADER -> conflicting(number);
            case FORGED_RECEIPTS_ROOT ->
                conflicting(number).withSeals(header.extra().seals());
        };
    }

    private List<QbftHeader> headers() {
        lock.lock();
        try {
            return List.copyOf(headers);
        } finally {
            lock.unlock();
        }
    }

    private QbftHeader seal(Json block) {
        long number = block.at("number").quantity();
        var set = validators;
        var header = new QbftHeader(
                ClientKind.QBFT,
                number == 0 ? Bytes32.ZERO : headers.getLast().hash(),
                set.proposer(number),
                block.at("stateRoot").bytes32(),
                block.at("transactionsRoot").bytes32(),
                block.at("receiptsRoot").bytes32(),
                block.at("logsBloom").bytes(),
                number,
                block.at("gasLimit").quantity(),
                block.at("gasUsed").quantity(),
                block.at("timestamp").quantity(),
                new BftExtra(VANITY, set.addresses(), null, 0, List.of()),
                List.of(BASE_FEE));
        return number == 0 ? header : set.seal(header);
    }

    @Override
    public void close() {
        if (ticker != null) vertx.cancelTimer(ticker);
        server.close();
        evm.close();
        anvil.close();
    }
}
