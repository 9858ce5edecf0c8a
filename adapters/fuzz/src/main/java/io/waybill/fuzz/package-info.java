/// How tests of every room make octets that are nearly right: each octet of a proof changed in turn, and seeded
/// random changes of a committed corpus. Knows no other room, so that the core's own tests can use it.
@NullMarked
package io.waybill.fuzz;

import org.jspecify.annotations.NullMarked;
