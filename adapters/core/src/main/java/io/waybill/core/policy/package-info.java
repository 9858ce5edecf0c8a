/// What keeps value out of what this software signs and believes. A transaction that somebody asks for enters; a
/// verdict leaves.
@NullMarked
package io.waybill.core.policy;

import org.jspecify.annotations.NullMarked;
