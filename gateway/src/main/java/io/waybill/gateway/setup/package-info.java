/// How contracts come to be on two chains and a lane between them. Hosts that can create and call enter;
/// contracts whose code was
/// compared with the release, and lanes that both ends know by the same id, leave.
@NullMarked
package io.waybill.gateway.setup;

import org.jspecify.annotations.NullMarked;
