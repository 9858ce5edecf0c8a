package io.waybill.core.client.fisco;

import io.waybill.core.Bytes;

/// One sealer's signature over a block hash.
///
/// @param index     of the sealer in the header's list; unsigned
/// @param signature 65 octets `r || s || v`; on SM chains 64 octets `r || s`
public record Seal(long index, Bytes signature) {}
