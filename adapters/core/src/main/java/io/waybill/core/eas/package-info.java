/// Attestations that were made by the Ethereum Attestation Service and cross as they are: its events and fields
/// enter; the attestation whose issuer is the EAS attester leaves, with all from which its uid is computed again.
@NullMarked
package io.waybill.core.eas;

import org.jspecify.annotations.NullMarked;
