/// A local Conflux network of real nodes: processes beside ours, out of an npm package that exists for Linux on
/// x64. Keys and the genesis of its PoS chain are made here; what the nodes answer is theirs alone.
@NullMarked
package io.waybill.devnet.conflux;

import org.jspecify.annotations.NullMarked;
