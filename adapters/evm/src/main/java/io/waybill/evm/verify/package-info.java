/// Verifiers: independent processes, each beside a node of its own, that follow a chain with its real light
/// client and sign which checkpoints a block holds, for hosts that cannot check it themselves. What their node
/// says enters; signatures over what it proved leave. And those who ask them.
@NullMarked
package io.waybill.evm.verify;

import org.jspecify.annotations.NullMarked;
