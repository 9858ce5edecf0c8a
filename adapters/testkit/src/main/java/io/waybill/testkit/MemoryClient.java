package io.waybill.testkit;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection;
import io.waybill.core.EncodingRejection;
import io.waybill.core.EventRejection;
import io.waybill.core.FiscoRejection;
import io.waybill.core.LaneId;
import io.waybill.core.QbftRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.client.LightClient;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The light client of a chain in memory: real rules over real signatures, only simpler than those of a real chain.
/// It borrows the code of [ClientKind#QBFT], whose octet only matters inside its id.
///
/// @param sealer         the address whose key seals the chain's headers
/// @param trustingPeriod age of the latest header at which the client expires
/// @param drift          how far a header's time may lie ahead
/// @param maxStep        how many heights one update may span, so that longer ways need several
public record MemoryClient(
        ClientId id, ChainId chain, Address sealer, Duration trustingPeriod, Duration drift, long maxStep)
        implements LightClient {
    private static final int UPDATE = 8 + MemoryHeader.SIZE + 65;

    @Override
    public ClientKind kind() {
        return ClientKind.QBFT;
    }

    @Override
    public ClientStatus status(ClientState state, long nowMs) {
        return state.status(trustingPeriod.toMillis(), nowMs);
    }

    @Override
    public Verdict<ClientState> update(ClientState state, Bytes update, long nowMs) {
        if (update.size() != UPDATE) return Verdict.reject(new EncodingRejection.MalformedUpdate("size"));
        var status = status(state, nowMs);
        if (status != ClientStatus.ACTIVE) return Verdict.reject(new ClientRejection.ClientNotActive(status));
        var trusted = state.at(update.number(0, 8));
        if (trusted == null) return Verdict.reject(new ClientRejection.UnknownTrustedHeight(update.number(0, 8)));
        var header = MemoryHeader.decode(chain, update.slice(8, 8 + MemoryHeader.SIZE));
        var reason = refusal(trusted, header, update.slice(8 + MemoryHeader.SIZE, UPDATE), nowMs);
        if (reason != null) return Verdict.reject(reason);
        var known = state.at(header.height());
        if (known == null) return Verdict.accept(state.with(header.state()));
        return Verdict.accept(known.hash().equals(header.hash()) ? state : state.freeze());
    }

    private @Nullable Rejection refusal(ConsensusState trusted, MemoryHeader header, Bytes seal, long nowMs) {
        long span = header.height() - trusted.height();
        if (span <= 0) return new ClientRejection.HeightNotNewer(trusted.height(), header.height());
        if (span > maxStep) return new FiscoRejection.TooManyHeaders((int) span, (int) maxStep);
        if (header.timeMs() < trusted.timeMs()) {
            return new ClientRejection.TimeBeforeTrusted(trusted.timeMs(), header.timeMs());
        }
        long latest = nowMs + drift.toMillis();
        if (header.timeMs() > latest) return new ClientRejection.HeaderFromTheFuture(header.timeMs(), latest);
        var signer = Secp256k1.recover(header.hash(), seal).map(Secp256k1::address);
        if (signer.isEmpty()) return new QbftRejection.SealInvalid(0);
        return signer.get().equals(sealer) ? null : new QbftRejection.SealByStranger(signer.get());
    }

    @Override
    public Verdict<Checkpoint> verifyCheckpoint(
            ClientState state, Address emitter, LogRole role, LaneId lane, long height, Bytes eventProof) {
        var trusted = state.at(height);
        if (trusted == null) return Verdict.reject(new ClientRejection.UnknownHeight(height));
        if (eventProof.size() < 4 + MemoryEvent.SIZE || (eventProof.size() - 4) % MemoryEvent.SIZE != 0) {
            return Verdict.reject(new EncodingRejection.MalformedEventProof("size"));
        }
        int index = (int) eventProof.number(0, 4);
        var events = eventProof.slice(4, eventProof.size());
        int count = events.size() / MemoryEvent.SIZE;
        if (index < 0 || index >= count) return Verdict.reject(new EventRejection.LogIndexOutOfRange(index, count));
        var root = Digests.sha256(events);
        if (!root.equals(trusted.receiptsRoot())) {
            return Verdict.reject(new EventRejection.ReceiptsRootMismatch(trusted.receiptsRoot(), root));
        }
        var event = MemoryEvent.decode(events.slice(index * MemoryEvent.SIZE, (index + 1) * MemoryEvent.SIZE));
        return judge(event, emitter, role, lane);
    }

    private static Verdict<Checkpoint> judge(MemoryEvent event, Address emitter, LogRole role, LaneId lane) {
        if (!event.emitter().equals(emitter)) return Verdict.reject(new EventRejection.WrongEmitter());
        if (!event.topic().equals(role.topic())) return Verdict.reject(new EventRejection.WrongTopic());
        if (!event.lane().equals(lane.value())) return Verdict.reject(new EventRejection.WrongLane(event.lane()));
        if (event.size() < 1 || event.size() >= Checkpoint.SIZE_LIMIT) {
            return Verdict.reject(new EventRejection.CheckpointSizeOutOfRange());
        }
        if (event.root().isZero()) return Verdict.reject(new EventRejection.CheckpointRootZero());
        return Verdict.accept(new Checkpoint(lane, event.size(), event.root()));
    }
}
