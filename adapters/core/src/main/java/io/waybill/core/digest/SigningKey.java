package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.port.Signer;

/// A key held in memory, with its public half.
public sealed interface SigningKey extends Signer permits KeyPair, Sm2KeyPair {
    /// 64 octets without the leading 4.
    Bytes publicKey();
}
