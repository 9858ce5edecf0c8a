package io.waybill.core;

/// Refusals of lane-log proofs and of deliveries, R2 and R3.
public sealed interface LaneRejection extends Rejection {
    record EmptyRange() implements LaneRejection {
        @Override
        public String explain() {
            return "range: expected ≥ 1 leaf, got none";
        }
    }

    record RangeOutOfBounds(long first, long end, long size) implements LaneRejection {
        @Override
        public String explain() {
            return "range: expected 0 ≤ first < end ≤ %d, got %d..%d".formatted(size, first, end);
        }
    }

    record RangeProofLength(int given, int needed) implements LaneRejection {
        @Override
        public String explain() {
            return "range proof: expected %d hashes, got %d".formatted(needed, given);
        }
    }

    record RangeRootMismatch(Bytes32 expected, Bytes32 computed) implements LaneRejection {
        @Override
        public String explain() {
            return "range proof: expected root %s, computed %s".formatted(expected, computed);
        }
    }

    record GapInLog(long expected, long first) implements LaneRejection {
        @Override
        public String explain() {
            return "delivery: expected to start at or below %d, got %d".formatted(expected, first);
        }
    }

    record LogForked(long size) implements LaneRejection {
        @Override
        public String explain() {
            return "lane log: two roots of size " + size;
        }
    }

    record InconsistentLog() implements LaneRejection {
        @Override
        public String explain() {
            return "lane log: the later checkpoint does not extend the earlier one";
        }
    }

    record StatusMisplaced(long index) implements LaneRejection {
        @Override
        public String explain() {
            return "status: not the one of packet " + index;
        }
    }
}
