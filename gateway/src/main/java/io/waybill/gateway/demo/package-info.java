/// A whole network on one machine: two local chains, one of them a real Conflux node if asked for, their contracts,
/// watchers, verifiers where they are needed, and a lane each way. Nothing enters; a network to run a member on, and
/// the files to join it and to check its proofs, leave.
@NullMarked
package io.waybill.gateway.demo;

import org.jspecify.annotations.NullMarked;
