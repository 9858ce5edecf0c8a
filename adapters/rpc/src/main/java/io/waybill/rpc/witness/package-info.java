/// What watchers and verifiers have in common: over HTTP they are asked for their signature over one block, for one
/// client. Questions enter; signatures and typed refusals leave.
@NullMarked
package io.waybill.rpc.witness;

import org.jspecify.annotations.NullMarked;
