package io.waybill.relayer.lane;

import io.waybill.core.Bytes;
import io.waybill.core.port.Delivery;
import java.util.List;

/// Leaves with everything that proves them, as it will be submitted.
///
/// @param leading header updates that go in transactions of their own, in order, before the delivery
record Batch(List<Bytes> leading, Delivery delivery) {
    Batch {
        leading = List.copyOf(leading);
    }

    long first() {
        return delivery.first();
    }

    long end() {
        return delivery.first() + delivery.leaves().size();
    }
}
