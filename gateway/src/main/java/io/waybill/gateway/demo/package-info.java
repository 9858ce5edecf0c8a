/// A whole network on one machine: two local chains, their contracts, three watchers and a lane each way. Nothing
/// enters; a
/// network to run a member on, and the files to join it and to check its proofs, leave.
@NullMarked
package io.waybill.gateway.demo;

import org.jspecify.annotations.NullMarked;
