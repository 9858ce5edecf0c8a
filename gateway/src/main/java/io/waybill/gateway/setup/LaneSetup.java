package io.waybill.gateway.setup;

import io.waybill.contracts.Artifacts;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.CouncilCalls;
import io.waybill.contracts.EasCalls;
import io.waybill.contracts.Host;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneParams;
import io.waybill.contracts.LaneRoles;
import io.waybill.contracts.LaneRoles.Role;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.gateway.Network;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Brings lanes to be between two chains, in two steps as the rules want it: clients of each chain on the other,
/// then lanes that name them for ever. Each step looks first whether it was done; one that was is left alone, so
/// a setup that was cut off goes on where it was, and one that is through does nothing.
public final class LaneSetup {
    private final List<Side> sides;
    private final List<LaneWanted> lanes;
    private final Logbook logbook;
    private final Consumer<String> told;
    private final boolean acting;

    /// @param sides two
    /// @param told  what was done, a line each
    public LaneSetup(List<Side> sides, List<LaneWanted> lanes, Logbook logbook, Consumer<String> told) {
        this(sides, lanes, logbook, told, true);
    }

    private LaneSetup(
            List<Side> sides, List<LaneWanted> lanes, Logbook logbook, Consumer<String> told, boolean acting) {
        if (sides.size() != 2) throw new IllegalArgumentException("sides: expected 2, got " + sides.size());
        this.sides = List.copyOf(sides);
        this.lanes = List.copyOf(lanes);
        this.logbook = logbook;
        this.told = told;
        this.acting = acting;
    }

    /// A setup that looks and does nothing: what is not there yet is refused.
    ///
    /// @param logbook that is not written, see [FileLogbook#read]
    public static LaneSetup looking(List<Side> sides, List<LaneWanted> lanes, Logbook logbook) {
        return new LaneSetup(sides, lanes, logbook, _ -> {}, false);
    }

    /// What is still to be done, by name, as far as the logbook knows.
    public List<String> left() {
        var names = new ArrayList<String>();
        for (var side : sides) {
            if (side.council() instanceof Side.Seat.Create) names.add("council on " + side.chain());
            if (side.contracts() instanceof Side.Contracts.Create) {
                names.add("outbox on " + side.chain());
                names.add("inbox on " + side.chain());
            }
        }
        for (int i = 0; i < sides.size(); i++) names.add(clientName(i));
        lanes.stream().filter(lane -> lane.eas() != null).forEach(lane -> names.add("EAS source of " + lane.name()));
        lanes.forEach(lane -> names.add("lane " + lane.name()));
        names.removeIf(logbook::has);
        return names;
    }

    private String clientName(int followed) {
        return "client of %s on %s"
                .formatted(sides.get(followed).chain(), sides.get(1 - followed).chain());
    }

    /// Goes as far as there is to go.
    ///
    /// @throws ChainException if a chain refuses or does not answer; another call goes on
    public Opened open() {
        var sites = sides.stream().map(this::site).toList();
        var clients = List.of(client(0, sites.get(1)), client(1, sites.get(0)));
        var opened = new Opened(sites, clients, List.of(), List.of());
        var named = new ArrayList<Network.NamedLane>();
        var origins = new ArrayList<EasWanted.Opened>();
        for (var lane : lanes) {
            var eas = lane.eas();
            if (eas == null) {
                named.add(open(lane, opened));
                continue;
            }
            var origin = origin(lane, eas, opened.site(lane.source()));
            origins.add(origin);
            var open = open(lane.with(origin.source()), opened);
            bind(origin, open, opened.site(lane.source()).host());
            named.add(open);
        }
        return new Opened(sites, clients, named, origins);
    }

    /// Creates the contract that sends for EAS. It is a sender of its lane, so it stands before the lane does.
    private EasWanted.Opened origin(LaneWanted lane, EasWanted eas, Site source) {
        var host = source.host();
        if (host.kind() != Host.EVM) {
            throw new ChainException.Refused(
                    "EAS of lane %s: expected a source that is an EVM, found %s".formatted(lane.name(), host.chain()));
        }
        long from = Long.parseLong(logbook.chosen("height of EAS source of " + lane.name(), () -> "" + host.head()));
        var terms = new EasCalls.Terms(
                host.chain(),
                source.outbox(),
                eas.contract(),
                lane.maxTimeoutMs(),
                host.owner(),
                eas.schemas(),
                eas.attesters());
        var contract = create("EAS source of " + lane.name(), host, EasCalls.deploy(terms));
        source.require(Artifacts.EAS_SOURCE, contract);
        return new EasWanted.Opened(lane.name(), eas.contract(), contract, from);
    }

    private void bind(EasWanted.Opened origin, Network.NamedLane lane, ContractHost host) {
        var bound = EasCalls.decodeLane(host.call(origin.source(), EasCalls.lane()));
        if (bound.isEmpty() && acting)
            host.transact(origin.source(), EasCalls.bind(lane.terms().id()));
        bound = EasCalls.decodeLane(host.call(origin.source(), EasCalls.lane()));
        if (bound.filter(lane.terms().id()::equals).isEmpty()) {
            throw new ChainException.Refused("%s on %s: expected to be bound to the lane %s, found %s"
                    .formatted(origin.source(), host.chain(), lane.terms().id(), bound));
        }
    }

    private Site site(Side side) {
        var host = side.host();
        var council = council(side);
        var site = switch (side.contracts()) {
            case Side.Contracts.Use(var outbox, var inbox) -> used(side, new Site(host, council, outbox, inbox));
            case Side.Contracts.Create() -> {
                var roles = new LaneRoles(council, host.owner(), side.pauser());
                boolean own = side.checkpointOnChange();
                var outbox = create(side, "outbox", LaneCalls.deployOutbox(host.kind(), host.chain(), own, roles));
                var inbox = create(side, "inbox", LaneCalls.deployInbox(host.kind(), host.chain(), own, roles));
                yield new Site(host, council, outbox, inbox);
            }
        };
        site.compare();
        return site;
    }

    private static Site used(Side side, Site site) {
        side.host().know(site.outbox());
        side.host().know(site.inbox());
        return site;
    }

    private Address council(Side side) {
        return switch (side.council()) {
            case Side.Seat.Use(var account) -> account;
            case Side.Seat.Create(var members, int approvals, long delayMs) -> {
                var council =
                        create(side, "council", CouncilCalls.deploy(side.host().kind(), members, approvals, delayMs));
                new Site(side.host(), council, Address.ZERO, Address.ZERO).require(Artifacts.COUNCIL, council);
                yield council;
            }
        };
    }

    /// Creates the client of one side on the other and checks that it calls itself what it should.
    private Network.Client client(int which, Site home) {
        var side = sides.get(which);
        var followed = side.followed();
        var first = Bytes.hex(logbook.chosen(
                "anchor of " + side.chain(), () -> followed.first().toHex()));
        var here = home.host().chain();
        var name = clientName(which);
        var code = followed.creation(home.host().kind(), here, home.council(), first);
        var contract = create(name, home.host(), code);
        home.require(followed.artifact(), contract);
        var anchor = followed.anchor(here, contract, first);
        var found = ClientCalls.decodeClientId(home.host().call(contract, ClientCalls.clientId()));
        if (!found.equals(anchor.id())) {
            throw new ChainException.Refused("%s: expected the id %s, found %s".formatted(name, anchor.id(), found));
        }
        return new Network.Client(new ClientRef(here, contract, anchor.id()), anchor);
    }

    private Address create(Side side, String what, Bytes code) {
        return create("%s on %s".formatted(what, side.chain()), side.host(), code);
    }

    private Address create(String name, ContractHost host, Bytes code) {
        var contract = logbook.created(name, host, code);
        told.accept("%s: %s".formatted(name, contract));
        return contract;
    }

    private Network.NamedLane open(LaneWanted wanted, Opened opened) {
        var source = opened.site(wanted.source());
        var destination = opened.site(wanted.destination());
        var atSource = opened.client(wanted.destination(), wanted.source());
        var atDestination = opened.client(wanted.source(), wanted.destination());
        var salt = Bytes32.hex(logbook.chosen("salt of " + wanted.name(), LaneSetup::random));
        var terms = new LaneTerms(
                wanted.source(),
                atDestination.ref().id(),
                source.outbox(),
                wanted.destination(),
                atSource.ref().id(),
                destination.inbox(),
                salt,
                wanted.terms());
        var outgoing = LaneParams.atOutbox(terms, atSource.ref().contract());
        bind(source, source.outbox(), terms, LaneCalls.openOutboxLane(outgoing, wanted.senders()));
        var incoming = LaneParams.atInbox(terms, atDestination.ref().contract());
        bind(destination, destination.inbox(), terms, LaneCalls.openInboxLane(incoming));
        told.accept("lane %s: %s"
                .formatted(
                        wanted.name(),
                        logbook.chosen(
                                "lane " + wanted.name(),
                                () -> terms.id().value().toHex())));
        return new Network.NamedLane(wanted.name(), terms);
    }

    /// Opens one end, unless it is open: a call that was cut off may have come through.
    private void bind(Site site, Address contract, LaneTerms terms, Bytes call) {
        if (site.knows(contract, terms.id())) return;
        var host = site.host();
        if (!acting) {
            throw new ChainException.Refused("%s on %s: expected the lane %s to be open, found that it is not"
                    .formatted(contract, host.chain(), terms.id()));
        }
        if (!site.mayOpen(contract, host.owner())) {
            throw new ChainException.Refused(
                    "%s on %s: expected the account %s to have the role OPENER, found that it has not; its council can grant it"
                            .formatted(contract, host.chain(), host.owner()));
        }
        host.transact(contract, call);
        if (!site.knows(contract, terms.id())) {
            throw new ChainException.Refused("%s on %s: expected to know the lane %s, found that it does not"
                    .formatted(contract, host.chain(), terms.id()));
        }
    }

    /// Gives up the role by which our account opens lanes. Afterwards it is nobody there, unless a council says so.
    public void renounce(Opened opened) {
        for (var site : opened.sites()) {
            var host = site.host();
            for (var contract : List.of(site.outbox(), site.inbox())) {
                if (!site.mayOpen(contract, host.owner())) continue;
                host.transact(contract, LaneRoles.renounce(Role.OPENER, host.owner()));
                told.accept("%s on %s: %s opens lanes no more".formatted(contract, host.chain(), host.owner()));
            }
        }
    }

    private static String random() {
        var octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        return Bytes.of(octets).toHex();
    }
}
