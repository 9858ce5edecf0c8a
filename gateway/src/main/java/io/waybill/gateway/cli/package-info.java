/// What a person types. Words enter; a report on standard output and an exit code leave: 0 done, 1 judged and
/// refused, 2 asked
/// for wrongly.
@NullMarked
package io.waybill.gateway.cli;

import org.jspecify.annotations.NullMarked;
