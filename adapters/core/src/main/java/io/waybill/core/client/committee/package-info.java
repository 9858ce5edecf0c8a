/// A committee in place of a chain's own proofs, for hosts whose EVM cannot check those: m of n named verifiers,
/// each of whom judged a block by the chain's real light client, sign which checkpoints it holds. Their
/// statements and the present state enter; another state or a typed refusal leaves. It is a weaker promise than a
/// proof, and is shown as such.
@NullMarked
package io.waybill.core.client.committee;

import org.jspecify.annotations.NullMarked;
