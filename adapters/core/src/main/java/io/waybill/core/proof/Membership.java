package io.waybill.core.proof;

import io.waybill.core.Bytes;

/// What a proof shows of a key in a trie. That a key is absent is shown as strictly as that it is present; a proof
/// that shows neither is refused and is no membership at all.
public sealed interface Membership {
    /// The key has this value, at least one octet.
    record Present(Bytes value) implements Membership {}

    /// The key has no value: the nodes lead to where it would be, and it is not there.
    record Absent() implements Membership {}
}
