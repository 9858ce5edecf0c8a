package io.waybill.fisco.watch;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;

/// What a watcher says when it is asked to sign a header.
public sealed interface Answer {
    /// The watcher signed.
    ///
    /// @param hash      the header's hash, recomputed by the watcher
    /// @param signature 65 octets `r || s || v` over the watcher digest of rule R4.6
    record Signed(long height, Bytes32 hash, Bytes signature, Address watcher) implements Answer {}

    /// The watcher's node has not committed a block of this height.
    record NotYet(long height) implements Answer {}

    /// The watcher will not sign: what its node shows contradicts itself, the rules, or what it signed before.
    record Declined(long height, String why) implements Answer {}
}
