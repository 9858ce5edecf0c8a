package io.waybill.core.client.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.regex.Pattern;

/// A block of the PoW pivot chain that the PoS chain decided on.
///
/// @param height    of the block, which is also its epoch's number and the block number in eSpace
/// @param blockHash `keccak256` of its header
public record Pivot(long height, Bytes32 blockHash) {
    private static final int TEXT = 66;
    private static final Pattern HASH = Pattern.compile("0x[0-9a-f]{64}");

    /// The hash is a string in BCS: `0x` and lower-case digits.
    Bytes encode() {
        return Bytes.concat(Bcs.u64(height), Bcs.octets(Bytes.utf8(blockHash.toHex())));
    }

    static Pivot read(Bcs.Reader in) {
        long height = in.u64("pivot.height");
        var text = in.octets(TEXT, TEXT, "pivot.blockHash").toUtf8();
        if (!HASH.matcher(text).matches()) throw in.malformed("pivot.blockHash");
        return new Pivot(height, Bytes32.hex(text));
    }
}
