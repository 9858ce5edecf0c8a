package io.waybill.core.attestation;

import java.util.Optional;

/// How a packet ended; the codes are those of rule R2.3.
public enum FinalStatus {
    DELIVERED(1),
    EXPIRED(2),
    REFUSED(3);

    private final int code;

    FinalStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// The status with a code, or none.
    public static Optional<FinalStatus> of(int code) {
        return switch (code) {
            case 1 -> Optional.of(DELIVERED);
            case 2 -> Optional.of(EXPIRED);
            case 3 -> Optional.of(REFUSED);
            default -> Optional.empty();
        };
    }
}
