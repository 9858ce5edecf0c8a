/// The lane log: an append-only Merkle tree (RFC 9162, SHA-256) of everything ever sent on a lane, and the proofs
/// about it. Leaves and proofs enter; roots, checkpoints and verdicts leave.
@NullMarked
package io.waybill.core.lane;

import org.jspecify.annotations.NullMarked;
