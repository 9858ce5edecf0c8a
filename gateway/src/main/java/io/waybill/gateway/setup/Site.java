package io.waybill.gateway.setup;

import io.waybill.contracts.Artifact;
import io.waybill.contracts.Artifacts;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneParams;
import io.waybill.contracts.LaneRoles;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ClientId;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LaneTerms;
import io.waybill.core.port.ChainException;
import java.util.List;

/// What stands on one chain: an Outbox and an Inbox, each compared with the code of this release.
public record Site(ContractHost host, Address outbox, Address inbox) {
    /// Sets up a chain's Outbox and Inbox.
    ///
    /// @param checkpointOnChange whether event proofs of this chain cover every field of a receipt with its
    ///     length, so that
    ///     a change may end with its own checkpoint; never on FISCO BCOS, rule R2.5
    /// @param roles              who opens lanes and stops them there, and who is above both
    public static Site create(ContractHost host, boolean checkpointOnChange, LaneRoles roles) {
        var outbox = host.deploy(LaneCalls.deployOutbox(host.chain(), checkpointOnChange, roles));
        var inbox = host.deploy(LaneCalls.deployInbox(host.chain(), checkpointOnChange, roles));
        var site = new Site(host, outbox, inbox);
        site.compare();
        return site;
    }

    /// Refuses contracts whose code is not this release's, rule R1.4.
    public void compare() {
        require(Artifacts.OUTBOX, outbox);
        require(Artifacts.INBOX, inbox);
    }

    /// Creates a light client here and checks that it calls itself what it should.
    ///
    /// @param creationCode with its arguments, the anchor among them
    public Address createClient(Artifact kind, Bytes creationCode, ClientId expected) {
        var client = host.deploy(creationCode);
        require(kind, client);
        var found = ClientCalls.decodeClientId(host.call(client, ClientCalls.clientId()));
        if (!found.equals(expected)) {
            throw new ChainException.Refused(
                    "client on %s: expected the id %s, found %s".formatted(host.chain(), expected, found));
        }
        return client;
    }

    private void require(Artifact artifact, Address address) {
        if (!artifact.isDeployedAs(host.code(address))) {
            throw new ChainException.Refused("%s on %s: expected the code of %s, release %s, found another"
                    .formatted(address, host.chain(), artifact.name(), artifact.releaseHash()));
        }
    }

    /// Opens a lane at both of its ends and checks that both know it by its id. The code at both ends is compared
    /// first.
    ///
    /// @param clientAtSource      the client of the destination, a contract on the source
    /// @param clientAtDestination the client of the source, a contract on the destination
    /// @param senders             ascending accounts that may send; their root is in the terms
    public static void open(
            LaneTerms lane,
            Site source,
            Address clientAtSource,
            Site destination,
            Address clientAtDestination,
            List<Address> senders) {
        source.compare();
        destination.compare();
        source.host.transact(
                source.outbox, LaneCalls.openOutboxLane(LaneParams.atOutbox(lane, clientAtSource), senders));
        destination.host.transact(
                destination.inbox, LaneCalls.openInboxLane(LaneParams.atInbox(lane, clientAtDestination)));
        source.known(source.outbox, lane.id());
        destination.known(destination.inbox, lane.id());
    }

    /// Asks a contract for a lane's log: a contract that does not know the id refuses.
    private void known(Address contract, LaneId lane) {
        LaneCalls.decodeLog(host.call(contract, LaneCalls.log(lane)));
    }
}
