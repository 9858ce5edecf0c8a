/// Hashes and signatures, each by a kept library. Octets enter; digests, keys and recovered signers leave. Where a
/// library of native code and one of Java do the same sum they answer alike: see [SelfTest].
@NullMarked
package io.waybill.core.digest;

import org.jspecify.annotations.NullMarked;
