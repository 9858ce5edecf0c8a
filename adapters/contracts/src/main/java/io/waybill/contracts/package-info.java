/// The lane contracts as Java sees them: their compiled code, the calls they take, the events they emit and the errors
/// they revert with. Values of `core` enter and leave; how a call reaches a chain is the adapter's affair.
@NullMarked
package io.waybill.contracts;

import org.jspecify.annotations.NullMarked;
