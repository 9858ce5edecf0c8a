/// Hashes and signatures, each by a kept library. Octets enter; digests, keys and recovered signers leave.
@NullMarked
package io.waybill.core.digest;

import org.jspecify.annotations.NullMarked;
