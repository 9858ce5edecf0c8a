/// Watchers, rule R4.6: small processes beside non-sealing nodes, each with a key of its own. A header that the
/// watcher's own node committed enters; a signature over its hash, bound to one client contract, leaves.
@NullMarked
package io.waybill.fisco.watch;

import org.jspecify.annotations.NullMarked;
