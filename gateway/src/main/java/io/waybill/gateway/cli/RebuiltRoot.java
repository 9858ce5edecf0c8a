package io.waybill.gateway.cli;

import io.waybill.core.Bytes32;
import org.jspecify.annotations.Nullable;

/// A header beside the receipts of its block.
///
/// @param name       what the receipts are of: `block` or `epoch`
/// @param number     its number
/// @param hash       of the header, computed from its fields; null where the file does not hold all of them
/// @param statedHash of the header, null where the file states none
/// @param receipts   how many there are
/// @param stated     the receipts root that the header has
/// @param rebuilt    the receipts root that the receipts have
record RebuiltRoot(
        String name,
        long number,
        @Nullable Bytes32 hash,
        @Nullable Bytes32 statedHash,
        int receipts,
        Bytes32 stated,
        Bytes32 rebuilt) {
    /// Whether the header's hash is not the one stated.
    boolean hashDiffers() {
        return hash != null && statedHash != null && !hash.equals(statedHash);
    }

    /// Whether the receipts are the block's, and the header is the block's.
    boolean equal() {
        return stated.equals(rebuilt) && !hashDiffers();
    }
}
