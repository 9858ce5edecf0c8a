package io.waybill.core;

import io.waybill.core.client.ClientStatus;

/// Refusals that light clients of every kind share.
public sealed interface ClientRejection extends Rejection {
    record ClientNotActive(ClientStatus status) implements ClientRejection {
        @Override
        public String explain() {
            return "client: expected ACTIVE, got " + status;
        }
    }

    record UnknownTrustedHeight(long height) implements ClientRejection {
        @Override
        public String explain() {
            return "trusted height: the client holds no header at " + height;
        }
    }

    record TrustingPeriodExpired(long trustedMs, long nowMs) implements ClientRejection {
        @Override
        public String explain() {
            return "trusting period: the trusted header of %d ms is too old at %d ms".formatted(trustedMs, nowMs);
        }
    }

    record HeaderFromTheFuture(long offeredMs, long latestMs) implements ClientRejection {
        @Override
        public String explain() {
            return "header time: expected ≤ %d ms, got %d ms".formatted(latestMs, offeredMs);
        }
    }

    record TimeBeforeTrusted(long trustedMs, long offeredMs) implements ClientRejection {
        @Override
        public String explain() {
            return "header time: expected ≥ %d ms, got %d ms".formatted(trustedMs, offeredMs);
        }
    }

    record HeightNotNewer(long trusted, long offered) implements ClientRejection {
        @Override
        public String explain() {
            return "height: expected > %d, got %d".formatted(trusted, offered);
        }
    }

    record HeightBelowHistory(long height, long lowest) implements ClientRejection {
        @Override
        public String explain() {
            return "height: the client keeps no headers below %d, got %d".formatted(lowest, height);
        }
    }

    record TrustedSetMismatch(Bytes32 expected, Bytes32 computed) implements ClientRejection {
        @Override
        public String explain() {
            return "trusted set: expected the one with hash %s, got %s".formatted(expected, computed);
        }
    }

    record UnknownHeight(long height) implements ClientRejection {
        @Override
        public String explain() {
            return "height: the client holds no header at " + height;
        }
    }
}
