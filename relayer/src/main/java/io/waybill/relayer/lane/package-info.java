/// Carries one lane. New leaves of a log enter at Observe; Prove builds the three proofs, Verify judges them by our
/// own light client, Deliver submits; statuses walk the same way back. Facts leave as events. The only memory is a
/// cache: the cursors are read from the contracts on every turn.
@NullMarked
package io.waybill.relayer.lane;

import org.jspecify.annotations.NullMarked;
