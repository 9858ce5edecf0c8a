/// Who carries a lane now: a grant of owner, epoch and end, kept in Hazelcast for a cluster or in this process for
/// one member alone. A lane's name enters; a lease that can be asked whether it still holds leaves. Leases spare
/// gas; safety is the contracts' affair, so two holders at once waste and break nothing.
@NullMarked
package io.waybill.relayer.lease;

import org.jspecify.annotations.NullMarked;
