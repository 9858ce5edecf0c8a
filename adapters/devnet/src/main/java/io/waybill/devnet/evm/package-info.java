/// An EVM chain sealed as Besu seals QBFT: four validators, sixteen header fields, exactly a quorum of seals. Raw
/// transactions
/// enter over Ethereum JSON-RPC; sealed headers, receipts and logs leave.
@NullMarked
package io.waybill.devnet.evm;

import org.jspecify.annotations.NullMarked;
