package io.waybill.core.client;

/// The rules a light client follows, with the octet that names them in a client id (rule R1.1).
public enum ClientKind {
    QBFT(1),
    IBFT2(2),
    FISCO(3),
    FISCO_SM(4),
    CONFLUX(5),
    /// Ethereum's sync committees, of either preset.
    BEACON(6),
    /// FISCO BCOS 2.x with Keccak-256 and secp256k1.
    FISCO2(7),
    /// FISCO BCOS 2.x with SM3 and SM2.
    FISCO2_SM(8),
    /// QBFT whose validators a contract names (rule R6.5).
    QBFT_CONTRACT(9),
    /// Named verifiers of any chain, for hosts that cannot check its own proofs.
    COMMITTEE(10);

    private final int code;

    ClientKind(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
