package io.waybill.relayer;

import io.waybill.relayer.lane.LaneWorker;
import io.waybill.relayer.lease.Lease;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// A lane that this member holds: its worker, and the lease the worker asks before it submits.
final class Carried {
    private final LaneWorker worker;
    private volatile Lease lease;

    Carried(Lease lease, Function<BooleanSupplier, LaneWorker> worker) {
        this.lease = lease;
        this.worker = worker.apply(this::held);
    }

    LaneWorker worker() {
        return worker;
    }

    Lease lease() {
        return lease;
    }

    void renewed(Lease next) {
        lease = next;
    }

    boolean held() {
        return lease.heldAt(System.nanoTime());
    }
}
