package io.waybill.gateway.setup;

import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.DeliveryProof;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneParams;
import io.waybill.contracts.ReceiverCalls;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.LaneId;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Delivery;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Tries on what was deployed what must never be believed there: what nothing stands behind, zeros, empty proofs,
/// and a second binding. A contract that takes any of it is not the one that was meant.
public final class LaneProbe {
    private static final Pattern ERROR = Pattern.compile("([A-Z][A-Za-z]+)\\(");
    private static final String TAKEN = "accepted";

    private final Opened opened;
    private final List<LaneWanted> wanted;
    private final List<Finding> findings = new ArrayList<>();

    private LaneProbe(Opened opened, List<LaneWanted> wanted) {
        this.opened = opened;
        this.wanted = opened.opened(wanted);
    }

    /// What one attempt met.
    ///
    /// @param test     number of the attack in the catalogue of negative tests
    /// @param what     was tried
    /// @param expected names of the refusals that are right
    /// @param found    name of the refusal, or `accepted`
    public record Finding(String test, ChainId chain, String what, Set<String> expected, String found) {
        public Finding {
            expected = new TreeSet<>(expected);
        }

        /// Whether the contract did what it must.
        public boolean right() {
            return expected.contains(found);
        }
    }

    /// Tries everything at both ends of every lane. Nothing changes where everything is refused.
    ///
    /// @throws ChainException.Unavailable if a chain does not answer
    public static List<Finding> probe(Opened opened, List<LaneWanted> wanted) {
        var probe = new LaneProbe(opened, wanted);
        for (var lane : opened.lanes()) {
            var terms = lane.terms();
            var source = opened.site(terms.source());
            var destination = opened.site(terms.destination());
            probe.end(lane.name(), terms, source, source.outbox(), LogRole.STATUSES, terms.inbox());
            probe.end(lane.name(), terms, destination, destination.inbox(), LogRole.PACKETS, terms.outbox());
            probe.undelivered(lane.name(), terms, destination);
            probe.secondBinding(lane.name(), terms, source, destination);
        }
        return probe.findings;
    }

    /// From a committee's anchor nothing can be proven: until the first update its height is an unknown one.
    ///
    /// @param theirs whose checkpoint this end would have to be shown
    private void end(String lane, LaneTerms terms, Site site, Address contract, LogRole theirs, Address counterparty) {
        var host = site.host();
        var other = host.chain().equals(terms.source()) ? terms.destination() : terms.source();
        var client = opened.client(other, host.chain()).ref().contract();
        long height = ClientCalls.decodeHeight(host.call(client, ClientCalls.latestHeight()));
        var at = "%s, %s".formatted(lane, contract.equals(site.outbox()) ? "Outbox" : "Inbox");

        refused(
                "NT-02",
                site,
                "%s: a lane that nobody opened".formatted(at),
                Set.of("LaneNotOpen"),
                () -> host.call(contract, submit(theirs, new LaneId(random()), height, Bytes.EMPTY)));
        refused(
                "NT-02",
                site,
                "%s: a header that its client was never shown".formatted(at),
                Set.of("UnknownHeight"),
                () -> host.call(
                        client, ClientCalls.verifyCheckpoint(counterparty, theirs, terms.id(), 0, Bytes.EMPTY)));
        refused(
                "NT-02",
                site,
                "%s: an update of nothing".formatted(at),
                Set.of("MalformedRlp"),
                () -> host.call(client, ClientCalls.update(Bytes.EMPTY)));
        refused(
                "NT-04",
                site,
                "%s: the lane zero".formatted(at),
                Set.of("LaneNotOpen"),
                () -> host.call(contract, submit(theirs, new LaneId(Bytes32.ZERO), height, Bytes.EMPTY)));
        refused(
                "NT-04",
                site,
                "%s: an empty proof".formatted(at),
                Set.of("MalformedRlp", "UnknownHeight"),
                () -> host.call(contract, submit(theirs, terms.id(), height, Bytes.EMPTY)));
        refused(
                "NT-04",
                site,
                "%s: a proof of nothing but zeros".formatted(at),
                Set.of("MalformedRlp", "MalformedEventProof", "UnknownHeight"),
                () -> host.call(contract, submit(theirs, terms.id(), height, Bytes.of(new byte[64]))));
        refused(
                "NT-04",
                site,
                "%s: the header zero".formatted(at),
                Set.of("UnknownHeight"),
                () -> host.call(contract, submit(theirs, terms.id(), 0, Bytes.EMPTY)));
        var zero = ClientCalls.decodeConsensusState(0, host.call(client, ClientCalls.consensusState(0)));
        add(
                "NT-04",
                site,
                "%s: what its client holds of the height zero".formatted(at),
                Set.of("nothing"),
                zero.isEmpty() ? "nothing" : "something");
    }

    private static Bytes submit(LogRole theirs, LaneId lane, long height, Bytes proof) {
        var checkpoint = new Checkpoint(lane, 1, random());
        var leaves = List.of(Bytes.EMPTY);
        return LaneCalls.submit(
                theirs, new Delivery(lane, Bytes.EMPTY, height, proof, checkpoint, 0, leaves, List.of()));
    }

    /// A message that nobody delivered is not delivered, whatever is shown.
    private void undelivered(String lane, LaneTerms terms, Site site) {
        var host = site.host();
        var nothing = new DeliveryProof(Bytes.EMPTY, Bytes.EMPTY, List.of());
        refused(
                "NT-04",
                site,
                "%s, Inbox: a packet that is nothing".formatted(lane),
                Set.of("MalformedStatus", "RangeOutOfBounds"),
                () -> host.call(site.inbox(), ReceiverCalls.isDelivered(terms.id(), nothing)));
    }

    /// Bindings are tried in transactions by our account, for chains do not let everyone say who calls; the
    /// contract refuses before anything changes. An account that gave its role up is refused for that.
    private void secondBinding(String lane, LaneTerms terms, Site source, Site destination) {
        var outgoing = LaneParams.atOutbox(
                terms, opened.client(terms.destination(), terms.source()).ref().contract());
        var incoming = LaneParams.atInbox(
                terms, opened.client(terms.source(), terms.destination()).ref().contract());
        var senders = wanted.stream()
                .filter(each -> each.name().equals(lane))
                .findFirst()
                .orElseThrow()
                .senders();
        bound(
                lane + ", Outbox: bound again",
                source,
                source.outbox(),
                "LaneAlreadyOpen",
                LaneCalls.openOutboxLane(outgoing, senders));
        bound(
                lane + ", Inbox: bound again",
                destination,
                destination.inbox(),
                "LaneAlreadyOpen",
                LaneCalls.openInboxLane(incoming));
        bound(
                lane + ", Outbox: a client that follows another chain",
                source,
                source.outbox(),
                "ClientOfAnotherChain",
                LaneCalls.openOutboxLane(elsewhere(outgoing, terms.source()), senders));
        bound(
                lane + ", Inbox: a client that follows another chain",
                destination,
                destination.inbox(),
                "ClientOfAnotherChain",
                LaneCalls.openInboxLane(elsewhere(incoming, terms.destination())));
    }

    private static LaneParams elsewhere(LaneParams params, ChainId chain) {
        return new LaneParams(
                params.client(), chain, params.counterpartyClient(), params.counterparty(), random(), params.terms());
    }

    private void bound(String what, Site site, Address contract, String expected, Bytes call) {
        refused(
                "NT-31",
                site,
                what,
                Set.of(expected, "AccessControlUnauthorizedAccount"),
                () -> site.host().transact(contract, call));
    }

    private void refused(String test, Site site, String what, Set<String> expected, Runnable attempt) {
        String found = TAKEN;
        try {
            attempt.run();
        } catch (ChainException.Refused e) {
            var message = String.valueOf(e.getMessage());
            var named = ERROR.matcher(message);
            found = named.find() ? named.group(1) : message;
        }
        add(test, site, what, expected, found);
    }

    private void add(String test, Site site, String what, Set<String> expected, String found) {
        findings.add(new Finding(test, site.host().chain(), what, expected, found));
    }

    private static Bytes32 random() {
        var octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        return new Bytes32(Bytes.of(octets));
    }
}
