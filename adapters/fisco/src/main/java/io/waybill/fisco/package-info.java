/// FISCO BCOS 3.x behind the ports: blocks, receipts and native transactions over plain HTTP JSON-RPC. A node's
/// answers enter; headers and receipts whose hashes were recomputed here leave, and proofs built from them.
@NullMarked
package io.waybill.fisco;

import org.jspecify.annotations.NullMarked;
