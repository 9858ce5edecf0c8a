package io.waybill.core;

/// Refusals of the sync-committee rules of Ethereum's beacon chain.
public sealed interface BeaconRejection extends Rejection {
    record MalformedSsz(String what) implements BeaconRejection {
        @Override
        public String explain() {
            return "ssz: malformed " + what;
        }
    }

    record UnknownFork(long epoch) implements BeaconRejection {
        @Override
        public String explain() {
            return "fork: the client knows no light-client rules for epoch " + epoch;
        }
    }

    record NotFinalised() implements BeaconRejection {
        @Override
        public String explain() {
            return "finality: expected a finalised header after genesis, got none";
        }
    }

    record TooFewParticipants(int counted, int needed) implements BeaconRejection {
        @Override
        public String explain() {
            return "sync committee: expected ≥ %d participants, got %d".formatted(needed, counted);
        }
    }

    record SlotsOutOfOrder(long signature, long attested, long finalised) implements BeaconRejection {
        @Override
        public String explain() {
            return "slots: expected signature > attested ≥ finalised, got %d, %d, %d"
                    .formatted(signature, attested, finalised);
        }
    }

    record PeriodOutOfReach(long lastReached, long signed) implements BeaconRejection {
        @Override
        public String explain() {
            return "sync committee period: the committee of period %d is not known, the last known is of period %d"
                    .formatted(signed, lastReached);
        }
    }

    record PeriodBeforeTrusted(long trusted, long signed) implements BeaconRejection {
        @Override
        public String explain() {
            return "sync committee period: expected ≥ %d, got %d".formatted(trusted, signed);
        }
    }

    record UpdateNotRelevant(long trustedSlot, long attestedSlot) implements BeaconRejection {
        @Override
        public String explain() {
            return "attested slot: expected > %d or the next committee that is missing, got %d"
                    .formatted(trustedSlot, attestedSlot);
        }
    }

    record ExecutionHeaderMissing(long slot) implements BeaconRejection {
        @Override
        public String explain() {
            return "execution header: expected one at slot %d, got none".formatted(slot);
        }
    }

    record ExecutionHeaderUnexpected(long slot) implements BeaconRejection {
        @Override
        public String explain() {
            return "execution header: expected none at slot %d, before Capella".formatted(slot);
        }
    }

    record BlobGasBeforeDeneb(long slot) implements BeaconRejection {
        @Override
        public String explain() {
            return "execution header: expected no blob gas at slot %d, before Deneb".formatted(slot);
        }
    }

    record ExecutionBranchInvalid(long slot) implements BeaconRejection {
        @Override
        public String explain() {
            return "execution header: not the one in the body of the block at slot " + slot;
        }
    }

    record FinalityBranchInvalid(long attestedSlot) implements BeaconRejection {
        @Override
        public String explain() {
            return "finalised header: not the one in the state at slot " + attestedSlot;
        }
    }

    record CommitteeBranchInvalid(long slot) implements BeaconRejection {
        @Override
        public String explain() {
            return "sync committee: not the one in the state at slot " + slot;
        }
    }

    record NextCommitteeMismatch(Bytes32 expected, Bytes32 computed) implements BeaconRejection {
        @Override
        public String explain() {
            return "next sync committee: expected the known one with root %s, got %s".formatted(expected, computed);
        }
    }

    record CommitteeKeyInvalid(int index) implements BeaconRejection {
        @Override
        public String explain() {
            return "sync committee: key %d is no point of the group".formatted(index);
        }
    }

    record AggregateSignatureInvalid() implements BeaconRejection {
        @Override
        public String explain() {
            return "sync committee: the participants did not make this signature";
        }
    }

    record AnchorRootMismatch(Bytes32 expected, Bytes32 computed) implements BeaconRejection {
        @Override
        public String explain() {
            return "anchor: expected the block with root %s, got %s".formatted(expected, computed);
        }
    }

    record NoExecutionBlock(long slot) implements BeaconRejection {
        @Override
        public String explain() {
            return "event proof: the header at slot %d, before Capella, names no execution block".formatted(slot);
        }
    }

    record ExecutionHeaderMismatch(int index, Bytes32 expected, Bytes32 computed) implements BeaconRejection {
        @Override
        public String explain() {
            return "execution header %d: expected hash %s, computed %s".formatted(index, expected, computed);
        }
    }
}
