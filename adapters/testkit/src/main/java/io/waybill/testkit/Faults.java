package io.waybill.testkit;

import java.util.SplittableRandom;

/// What goes wrong with the calls of a chain in memory, asked once a call, before it is carried out.
@FunctionalInterface
public interface Faults {
    Fault at(Call call);

    /// The calls of a chain.
    enum Call {
        HEAD,
        LOG,
        ENTRIES,
        ACKNOWLEDGEMENTS,
        CHECKPOINT,
        PUBLISH,
        EVENT_PROOF,
        HEADER_UPDATES,
        CLIENT,
        UPDATE_CLIENT,
        SUBMIT,
        SEND;

        /// Whether the call is a transaction, so that its answer can be lost after it was carried out.
        public boolean writes() {
            return this == PUBLISH || this == UPDATE_CLIENT || this == SUBMIT || this == SEND;
        }

        /// Whether a false answer is possible and is judged by a proof.
        public boolean canLie() {
            return switch (this) {
                case LOG, ENTRIES, CHECKPOINT, EVENT_PROOF, HEADER_UPDATES, CLIENT -> true;
                default -> false;
            };
        }
    }

    /// What goes wrong.
    enum Fault {
        NONE,
        /// No answer, and nothing was done.
        UNAVAILABLE,
        /// Done, but the answer never came.
        LOST_ANSWER,
        /// The chain says no.
        REFUSED,
        /// The node answers something that is not so.
        LIE
    }

    static Faults none() {
        return _ -> Fault.NONE;
    }

    /// Faults drawn from a seed: the same calls fail in the same way in every run.
    ///
    /// @param percent of calls that go wrong
    static Faults seeded(long seed, int percent) {
        var random = new SplittableRandom(seed);
        return call -> {
            synchronized (random) {
                if (random.nextInt(100) >= percent) return Fault.NONE;
                var fault = Fault.values()[1 + random.nextInt(Fault.values().length - 1)];
                if (fault == Fault.LOST_ANSWER && !call.writes()) return Fault.UNAVAILABLE;
                if (fault == Fault.REFUSED && !call.writes()) return Fault.UNAVAILABLE;
                return fault == Fault.LIE && !call.canLie() ? Fault.UNAVAILABLE : fault;
            }
        };
    }
}
