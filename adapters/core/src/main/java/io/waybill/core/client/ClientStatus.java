package io.waybill.core.client;

/// Whether a light client may be believed; the codes are those of the contracts.
public enum ClientStatus {
    /// Its latest header is within the trusting period.
    ACTIVE(1),
    /// Its latest header is older than the trusting period; operators must re-anchor it.
    EXPIRED(2),
    /// Two conflicting finalised headers were shown to it.
    FROZEN(3);

    private final int code;

    ClientStatus(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
