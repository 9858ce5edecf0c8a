package io.waybill.evm.conflux;

import io.waybill.core.Bytes;
import io.waybill.rpc.Json;
import java.math.BigInteger;

/// Keys of validators in the 48 octets that ledger infos hold; older nodes answer the 96 octets of both
/// coordinates.
final class CommitteeKey {
    private static final int COMPRESSED = 48;
    private static final int UNCOMPRESSED = 96;
    private static final BigInteger P = new BigInteger(
            "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16);
    private static final int IS_COMPRESSED = 0x80;
    private static final int IS_LARGER = 0x20;

    private CommitteeKey() {}

    /// @throws io.waybill.core.port.ChainException.Unavailable if it is of neither length
    static Bytes read(Json json) {
        var octets = json.bytes();
        if (octets.size() == COMPRESSED) return octets;
        if (octets.size() != UNCOMPRESSED || octets.at(0) >= IS_LARGER) throw json.unreadable("48 or 96 octets");
        var y = new BigInteger(1, octets.slice(COMPRESSED, UNCOMPRESSED).toArray());
        boolean larger = y.shiftLeft(1).compareTo(P) > 0;
        int flags = IS_COMPRESSED | (larger ? IS_LARGER : 0);
        return octets.slice(0, COMPRESSED).with(0, octets.at(0) | flags);
    }
}
