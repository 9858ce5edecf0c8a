/// Containers of Ethereum's beacon chain that light clients need, with their SSZ hash tree roots and Merkle
/// branches, and nothing more of SSZ. Fields enter; roots and yes or no leave.
@NullMarked
package io.waybill.core.client.beacon.ssz;

import org.jspecify.annotations.NullMarked;
