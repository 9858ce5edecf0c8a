package io.waybill.core.port;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;

/// A transaction that is signed and may not have been handed in yet. Whoever keeps it before handing it in can
/// always find out what became of it: the same octets again are the same transaction.
///
/// @param hash   by which the chain knows it
/// @param octets as the chain takes them
/// @param limit  what the chain has passed when it can never take it any more: the account's nonce on an EVM, the block
///     height on FISCO BCOS
public record SignedTx(Bytes32 hash, Bytes octets, long limit) {}
