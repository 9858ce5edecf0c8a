package io.waybill.core;

/// Refusals of the sync-committee rules of Ethereum's beacon chain.
public sealed interface BeaconRejection extends Rejection {
    record MalformedSsz(String what) implements BeaconRejection {
        @Override
        public String explain() {
            return "ssz: malformed " + what;
        }
    }

    record TooFewParticipants(int counted, int needed) implements BeaconRejection {
        @Override
        public String explain() {
            return "sync committee: expected ≥ %d participants, got %d".formatted(needed, counted);
        }
    }

    record AggregateSignatureInvalid() implements BeaconRejection {
        @Override
        public String explain() {
            return "sync committee: the participants did not make this signature";
        }
    }
}
