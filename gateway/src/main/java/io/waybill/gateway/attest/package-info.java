/// What becomes of a request for an attestation. A request that was read enters; it is judged by the door's rules,
/// stored, sent to its source chain in a batch, and followed on both chains until it is acknowledged. Stored
/// attestations and snapshots of lanes and light clients leave. Everything is known from the chains, so everything
/// here can be rebuilt from them.
@NullMarked
package io.waybill.gateway.attest;

import org.jspecify.annotations.NullMarked;
