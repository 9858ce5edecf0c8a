package io.waybill.evm;

import io.waybill.contracts.AllowedCalls;
import io.waybill.contracts.EasCalls;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.eas.EasAttestation;
import io.waybill.core.eas.EasEvent;
import io.waybill.core.policy.OutboundPolicy;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Origin;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people attest and revoke at an Ethereum Attestation Service, sent on a lane by its EasSource. Events of
/// final blocks say what to look at; what is sent is what EAS says, since the contract asks EAS itself. Fields
/// that do not hash to the uid of the event are sent nowhere.
public final class EasOrigin implements Origin {
    private static final Logger LOG = LoggerFactory.getLogger(EasOrigin.class);
    private static final long LONGEST_PAGE = 1000;
    private static final int AT_ONCE = 16;
    private static final long MOST_BUMPS = 256;
    /// Refusals that another call would meet again: another member was faster, or there is nothing to send any
    /// more.
    private static final Set<String> SETTLED =
            Set.of("AlreadySent", "AttestationRevoked", "AttestationExpired", "AttestationStands", "PacketTooLarge");
    private static final List<Bytes32> TOPICS =
            Arrays.stream(EasEvent.Kind.values()).map(EasEvent.Kind::topic).toList();

    private final EvmNode node;
    private final EvmSubmitter submitter;
    private final Contracts contracts;
    private final OutboundPolicy policy;
    private final Map<Bytes, Boolean> allowed = new HashMap<>();
    private long next;
    private long page = LONGEST_PAGE;

    /// Where attestations are made and where they are sent.
    ///
    /// @param eas    whose events are read
    /// @param source EasSource that sends them
    /// @param from   height at which looking begins: that of the EasSource, or lower
    public record Contracts(Address eas, Address source, long from) {}

    EasOrigin(EvmNode node, EvmSubmitter submitter, Contracts contracts) {
        this.node = node;
        this.submitter = submitter;
        this.contracts = contracts;
        this.policy = AllowedCalls.mirroring(contracts.source());
        this.next = contracts.from();
    }

    @Override
    public synchronized boolean take() {
        long head = node.head();
        if (next > head) return false;
        long last = Math.min(head, next + page - 1);
        var events = events(last);
        // Revocations go after what they revoke.
        for (var kind : EasEvent.Kind.values()) {
            carry(events.stream()
                    .filter(event -> event.kind() == kind && isWanted(event))
                    .toList());
        }
        next = last + 1;
        page = Math.min(LONGEST_PAGE, page * 2);
        return next <= head;
    }

    private List<EasEvent> events(long last) {
        try {
            return node.emitted(contracts.eas(), TOPICS, next, last).stream()
                    .map(log -> EasEvent.read(log, contracts.eas()))
                    .filter(Verdict::isAccepted)
                    .map(Verdict::orElseThrow)
                    .toList();
        } catch (ChainException.Unavailable e) {
            // Too much for one answer, perhaps: less is asked for the next time.
            page = Math.max(1, page / 2);
            throw e;
        }
    }

    private boolean isWanted(EasEvent event) {
        return allows(EasCalls.allowsSchema(event.schema())) && allows(EasCalls.allowsAttester(event.attester()));
    }

    private boolean allows(Bytes question) {
        return allowed.computeIfAbsent(question, asked -> EasCalls.decodeFlag(node.call(contracts.source(), asked)));
    }

    private void carry(List<EasEvent> events) {
        var room = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("eas-", 0).factory())) {
            var going = events.stream()
                    .map(event -> threads.submit((Callable<Boolean>) () -> {
                        room.acquire();
                        try {
                            return carry(event);
                        } finally {
                            room.release();
                        }
                    }))
                    .toList();
            for (var one : going) one.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChainException cause) throw cause;
            throw new IllegalStateException("EAS: " + e.getCause(), e);
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
            throw new ChainException.Unavailable("EAS: interrupted", e);
        }
    }

    /// Sends one, unless it was sent.
    private boolean carry(EasEvent event) {
        var state = EasCalls.decodeState(node.call(contracts.source(), EasCalls.state(event.uid())));
        return switch (event.kind()) {
            case ATTESTED ->
                state == EasCalls.State.NONE
                        && bump(event)
                                .map(bump -> send(event, EasCalls.attest(event.uid(), bump)))
                                .orElse(false);
            case REVOKED -> state == EasCalls.State.SENT && send(event, EasCalls.revoke(event.uid()));
        };
    }

    /// What EAS counted up for a uid, if what it says of it hashes to that.
    private Optional<Long> bump(EasEvent event) {
        var answer = node.call(contracts.eas(), EasCalls.getAttestation(event.uid()));
        var made = EasCalls.decodeAttestation(contracts.eas(), answer)
                .orElseThrow(() -> new ChainException.Dishonest(
                        "EAS: the node shows an event of %s, and no attestation".formatted(event.uid())));
        if (made.revokedAt() != 0) return Optional.empty();
        var found = LongStream.range(0, MOST_BUMPS)
                .filter(bump -> isJudged(event, made.fields().withBump(bump)))
                .boxed()
                .findFirst();
        if (found.isEmpty()) LOG.error("eas.fields-of-another-uid uid={}", event.uid());
        return found;
    }

    private static boolean isJudged(EasEvent event, EasAttestation shipped) {
        return event.judge(shipped) instanceof Verdict.Accepted<EasAttestation>;
    }

    private boolean send(EasEvent event, Bytes calldata) {
        try {
            var receipt = submitter.call(policy, contracts.source(), calldata);
            LOG.debug("eas.sent uid={} kind={} tx={}", event.uid(), event.kind(), receipt.tx());
            return true;
        } catch (ChainException.Refused e) {
            var why = String.valueOf(e.getMessage());
            if (SETTLED.stream().noneMatch(why::contains)) throw e;
            LOG.info("eas.not-sent uid={} kind={} why={}", event.uid(), event.kind(), why);
            return false;
        }
    }
}
