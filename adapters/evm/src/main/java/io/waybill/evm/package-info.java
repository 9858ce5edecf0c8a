/// EVM chains with QBFT or IBFT 2.0 finality behind [io.waybill.core.port.Chain]: Ethereum JSON-RPC on one side, the
/// port on the other. What a node says is checked against the headers it gives; whether those headers are final is
/// judged by a light client, not here. Every transaction signed here has value 0 and an allow-listed target.
@NullMarked
package io.waybill.evm;

import org.jspecify.annotations.NullMarked;
