/// Proof bundles: made here from a source chain and the operator's own anchor, written as JSON, and read back
/// strictly. A stored attestation enters and a bundle leaves that anyone can check with the anchor and no network.
/// Anchors, which pin what may be trusted, are read and written here as well.
@NullMarked
package io.waybill.gateway.bundle;

import org.jspecify.annotations.NullMarked;
