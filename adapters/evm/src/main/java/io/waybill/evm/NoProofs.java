package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.Sighting;
import java.util.List;

/// Of a chain that is only delivered to: nothing is proven from it here.
record NoProofs() implements EventProofs {
    @Override
    public Bytes event(Address emitter, LaneId lane, LogRole role, Sighting sighting) {
        throw new ChainException.Refused("event proof: expected verifiers of this chain, found none configured");
    }

    @Override
    public List<Bytes> updates(ClientRef verifier, long trusted, long target) {
        throw new ChainException.Refused("header updates: expected verifiers of this chain, found none configured");
    }
}
