/// What the relayer measures of itself, by the names that operators chart and alert on. Events and the status
/// enter; meters leave. Tags come from closed sets: lane names, roles, outcomes, reasons.
@NullMarked
package io.waybill.relayer.metrics;

import org.jspecify.annotations.NullMarked;
