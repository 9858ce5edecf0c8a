/// Processes that speak for a chain and carry nothing. Configurations and keys enter; a process that signs what it
/// judged by itself leaves.
@NullMarked
package io.waybill.gateway.witness;

import org.jspecify.annotations.NullMarked;
