/// FISCO BCOS 2.x as its nodes answer: blocks, receipts and the proofs of them, read out of JSON. Recorded answers
/// enter; headers and receipts whose hashes were recomputed here leave, and verdicts on a recorded chain.
@NullMarked
package io.waybill.fisco.v2;

import org.jspecify.annotations.NullMarked;
