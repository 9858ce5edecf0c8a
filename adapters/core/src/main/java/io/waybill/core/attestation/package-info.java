/// What crosses: the attestation, the packet that carries it, the status it ends with, and the policy that keeps
/// value out. Each has one canonical encoding; octets that do not re-encode to themselves are refused.
@NullMarked
package io.waybill.core.attestation;

import org.jspecify.annotations.NullMarked;
