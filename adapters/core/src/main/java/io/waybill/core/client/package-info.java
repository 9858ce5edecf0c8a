/// Light clients: the rules by which a verifier accepts a foreign header from a trusted earlier one, and nothing
/// else. A client state, an update and the time enter; a new client state or a typed refusal leaves. One package
/// below for each kind of chain.
@NullMarked
package io.waybill.core.client;

import org.jspecify.annotations.NullMarked;
