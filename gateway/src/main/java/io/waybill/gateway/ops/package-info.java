/// What operators and their machines ask, on a port of its own: is the process alive, is it ready and why not, and
/// its metrics. Checks and meters enter; nothing here can change anything.
@NullMarked
package io.waybill.gateway.ops;

import org.jspecify.annotations.NullMarked;
