package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.QbftRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.qbft.ContractProof;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.QbftOptions;
import io.waybill.core.client.qbft.QbftUpdate;
import io.waybill.core.client.qbft.ValidatorContract;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A recorded QBFT or IBFT 2.0 chain judged header by header. Each is judged at its own time, from the highest
/// header accepted below it: a recording cannot be too old.
public final class QbftReplay {
    private static final ChainId RECORDED = new ChainId("eip155:0");
    private static final long FOREVER = Duration.ofDays(365_000).toMillis();

    private final QbftOptions options;
    private final Map<Long, RecordedChain.Block> parents;
    private final List<ReplayLine> lines = new ArrayList<>();
    private final TreeMap<Long, Believed> accepted = new TreeMap<>();
    private @Nullable QbftClient client;
    private @Nullable ClientState state;

    private QbftReplay(QbftOptions options, Map<Long, RecordedChain.Block> parents) {
        this.options = options;
        this.parents = parents;
    }

    private record Believed(QbftHeader header, List<Address> validators) {}

    /// Judges a recorded chain in the order it is recorded, as [RecordedChain] describes it. The anchor is
    /// accepted as given, if its hash and form hold; headers before it are passed over, and so is block 0,
    /// which is no anchor (rule R1.1). A QBFT recording with headers that list no validators, while it says who
    /// seals the next block, is one of a chain in contract mode; there the anchor needs the block before it.
    ///
    /// @param kind     QBFT, IBFT2 or QBFT_CONTRACT
    /// @param anchor   height of the first trusted header, or null for the first that can be one
    public static List<ReplayLine> of(ClientKind kind, Json recorded, @Nullable Long anchor) {
        var chain = RecordedChain.read(kind == ClientKind.IBFT2 ? kind : ClientKind.QBFT, recorded);
        var contract = kind != ClientKind.IBFT2 && (kind == ClientKind.QBFT_CONTRACT || unlisted(chain))
                ? chain.contract()
                : null;
        if (kind == ClientKind.QBFT_CONTRACT && contract == null) throw recorded.unreadable("proofs of validators");
        var options = contract == null ? QbftOptions.DEFAULT : QbftOptions.of(contract);
        var run = new QbftReplay(options, contract == null ? Map.of() : chain.parents());
        for (var block : chain.blocks()) {
            if (!run.before(block.height(), anchor)) run.judge(block);
        }
        return List.copyOf(run.lines);
    }

    private static boolean unlisted(RecordedChain chain) {
        return chain.blocks().stream()
                .anyMatch(block -> block.header() instanceof Verdict.Accepted<QbftHeader>(var header)
                        && header.number() > 0
                        && header.validators().isEmpty());
    }

    /// Whether a block is passed over: the genesis block, and what comes before the anchor.
    private boolean before(long height, @Nullable Long anchor) {
        if (height == 0) return true;
        if (client != null || height < 0) return false;
        return anchor == null ? options.contract() != null && !parents.containsKey(height - 1) : height < anchor;
    }

    private void judge(RecordedChain.Block block) {
        switch (block.header()) {
            case Verdict.Rejected<QbftHeader>(QbftRejection.HeaderHashMismatch mismatch) ->
                refuse(block.height(), mismatch.computed(), mismatch);
            case Verdict.Rejected<QbftHeader>(var reason) -> refuse(block.height(), null, reason);
            case Verdict.Accepted<QbftHeader>(var header) -> judge(header);
        }
    }

    private void judge(QbftHeader header) {
        var contract = options.contract();
        if (contract == null) judge(new Believed(header, header.validators()), null);
        else prove(contract, header);
    }

    /// Finds who seals a header in contract mode, by rule R6.5.
    private void prove(ValidatorContract contract, QbftHeader header) {
        switch (proof(contract, header.number() - 1)) {
            case Verdict.Rejected<ContractProof>(var reason) -> refuse(header.number(), header.hash(), reason);
            case Verdict.Accepted<ContractProof>(var proof) -> {
                switch (proof.validators(contract, header)) {
                    case Verdict.Rejected<List<Address>>(var reason) -> refuse(header.number(), header.hash(), reason);
                    case Verdict.Accepted<List<Address>>(var set) -> judge(new Believed(header, set), proof);
                }
            }
        }
    }

    private Verdict<ContractProof> proof(ValidatorContract contract, long height) {
        var parent = parents.get(height);
        if (parent == null || parent.proof() == null) return Verdict.reject(new MalformedUpdate("contractProof"));
        var json = parent.proof();
        return parent.header().then(header -> {
            try {
                return Verdict.accept(ContractProofJson.read(json, header, contract));
            } catch (ChainException.Unavailable e) {
                return Verdict.reject(new MalformedUpdate(String.valueOf(e.getMessage())));
            }
        });
    }

    private void judge(Believed offered, @Nullable ContractProof proof) {
        if (client == null || state == null) anchor(offered, proof);
        else follow(client, state, offered, proof);
    }

    private void anchor(Believed offered, @Nullable ContractProof proof) {
        var header = offered.header();
        var contract = options.contract();
        var verdict = contract == null || proof == null
                ? QbftClient.anchor(header)
                : QbftClient.anchor(header, contract, proof);
        switch (verdict) {
            case Verdict.Rejected<ClientState>(var reason) -> refuse(header.number(), header.hash(), reason);
            case Verdict.Accepted<ClientState>(var trusted) -> {
                client = QbftClient.of(RECORDED, header, FOREVER, 0, options);
                state = trusted;
                accepted.put(header.number(), offered);
                lines.add(ReplayLine.anchor(header.number(), header.hash()));
            }
        }
    }

    private void follow(QbftClient rules, ClientState before, Believed offered, @Nullable ContractProof proof) {
        var header = offered.header();
        long number = header.number();
        var below = accepted.lowerEntry(number);
        if (below == null) {
            refuse(number, header.hash(), new ClientRejection.HeightNotNewer(accepted.firstKey(), number));
            return;
        }
        var trusted = below.getValue().validators();
        var shown = trusted.equals(offered.validators()) ? List.<Address>of() : trusted;
        var update = new QbftUpdate(below.getKey(), shown, header, proof);
        switch (rules.update(before, update.encode(), header.timeMs())) {
            case Verdict.Rejected<ClientState>(var reason) -> refuse(number, header.hash(), reason);
            case Verdict.Accepted<ClientState>(var after)
            when after.frozen() ->
                refuse(number, header.hash(), new ClientRejection.ClientNotActive(ClientStatus.FROZEN));
            case Verdict.Accepted<ClientState>(var after) -> {
                state = after;
                accepted.put(number, offered);
                lines.add(ReplayLine.accepted(number, header.hash()));
            }
        }
    }

    private void refuse(long height, @Nullable Bytes32 hash, Rejection reason) {
        lines.add(ReplayLine.refused(height, hash, reason));
    }
}
