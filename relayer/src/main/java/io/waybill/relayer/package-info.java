/// Moves packets. The supervisor shares the configured lanes among the members by leases and starts a worker for
/// each lane that this member holds; the verticle gives it a life cycle. Lanes and chains enter; events and a
/// status leave.
@NullMarked
package io.waybill.relayer;

import org.jspecify.annotations.NullMarked;
