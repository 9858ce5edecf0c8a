package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.policy.OutboundPolicy;
import java.util.Set;

/// Calls what our software never would: contracts of others, in the name of their users.
final class Anybody {
    private Anybody() {}

    static ReceiptJson call(EvmSubmitter account, Address to, Bytes calldata) {
        return account.call(new OutboundPolicy(Set.of(to), Set.of(calldata.slice(0, 4)), false), to, calldata);
    }
}
