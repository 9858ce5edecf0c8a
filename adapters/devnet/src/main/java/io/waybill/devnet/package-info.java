/// Chains of a demo and of tests, on loopback. Contract code is executed by anvil, a real EVM that runs as a process
/// beside ours; what seals, hashes and answers around it lives one package down for each kind of chain.
@NullMarked
package io.waybill.devnet;

import org.jspecify.annotations.NullMarked;
