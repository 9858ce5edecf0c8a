/// What tests of every room share: a clock that stands still, a chain in memory that keeps every rule of lanes and
/// can be told to fail or to lie, and the contract that each adapter must pass. Hand-written doubles, no mocks.
@NullMarked
package io.waybill.testkit;

import org.jspecify.annotations.NullMarked;
