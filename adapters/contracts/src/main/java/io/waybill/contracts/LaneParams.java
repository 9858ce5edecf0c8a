package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.lane.LaneTerms;

/// What an owner opens a lane with, seen from one of its ends; the contract adds its own name and computes the lane's
/// id from all of it, rule R1.3.
///
/// @param client             the contract of the light client of the other chain, on this one
/// @param counterpartyClient the client of this chain, on the other one
/// @param counterparty       the Inbox or Outbox at the other end
/// @param salt               32 random octets, not zero
public record LaneParams(
        Address client,
        ChainId counterpartyChain,
        ClientId counterpartyClient,
        Address counterparty,
        Bytes32 salt,
        LaneTerms.Terms terms) {

    /// The types of these values, as signatures write them.
    static final String TYPE = "(address,bytes32,bytes32,address,bytes32,(uint32,uint64,uint64,bytes32,bytes32))";

    /// The parameters with which the Outbox of a lane is told of it.
    ///
    /// @param client the contract of the destination's client, on the source chain
    public static LaneParams atOutbox(LaneTerms lane, Address client) {
        return new LaneParams(client, lane.destination(), lane.sourceClient(), lane.inbox(), lane.salt(), lane.terms());
    }

    /// The parameters with which the Inbox of a lane is told of it.
    ///
    /// @param client the contract of the source's client, on the destination chain
    public static LaneParams atInbox(LaneTerms lane, Address client) {
        return new LaneParams(
                client, lane.source(), lane.destinationClient(), lane.outbox(), lane.salt(), lane.terms());
    }

    Abi abi() {
        return Abi.tuple(
                Abi.of(client),
                Abi.of(counterpartyChain.hash()),
                Abi.of(counterpartyClient.value()),
                Abi.of(counterparty),
                Abi.of(salt),
                Abi.tuple(
                        Abi.of(terms.maxPacket()),
                        Abi.of(terms.window()),
                        Abi.of(terms.maxTimeoutMs()),
                        Abi.of(terms.sendersRoot()),
                        Abi.of(terms.policyHash())));
    }
}
