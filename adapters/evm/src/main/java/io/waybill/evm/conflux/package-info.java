/// What nodes of Conflux answer over JSON-RPC, read as what their chain signs and hashes: ledger infos and
/// committees, PoW headers, receipts of an epoch. Strict JSON enters; values of the core and verdicts leave.
@NullMarked
package io.waybill.evm.conflux;

import org.jspecify.annotations.NullMarked;
