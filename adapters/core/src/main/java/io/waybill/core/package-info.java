/// The words that every room shares: octets, identities, verdicts. Pure: nothing here does I/O, starts a thread or
/// knows a library but Bouncy Castle. Values enter; values and typed refusals leave.
@NullMarked
package io.waybill.core;

import org.jspecify.annotations.NullMarked;
