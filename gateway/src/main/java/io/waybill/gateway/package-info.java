/// People and programs meet Waybill here. The only room that wires: it makes chains, light clients, a relayer and
/// servers out of
/// a configuration, and hands them to each other.
@NullMarked
package io.waybill.gateway;

import org.jspecify.annotations.NullMarked;
