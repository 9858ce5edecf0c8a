/// What a relayer tells the rest of its process while packets cross: one record for each stage. Workers speak; the
/// gateway's views, the metrics and the demo's printout listen. Nobody here answers back.
@NullMarked
package io.waybill.relayer.event;

import org.jspecify.annotations.NullMarked;
