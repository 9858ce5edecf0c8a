package io.waybill.core.client;

/// The rules a light client follows, with the octet that names them in a client id (rule R1.1).
public enum ClientKind {
    QBFT(1),
    IBFT2(2),
    FISCO(3),
    FISCO_SM(4);

    private final int code;

    ClientKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
