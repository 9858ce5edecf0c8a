/// How contracts come to be on two chains and lanes between them. A plan and hosts that can create and call
/// enter; contracts whose code was compared with the release, and lanes that both ends know by the same id,
/// leave. What was done is in a logbook before it is done, so that nothing is done twice.
@NullMarked
package io.waybill.gateway.setup;

import org.jspecify.annotations.NullMarked;
