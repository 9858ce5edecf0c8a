package io.waybill.contracts;

/// What a contract can live on. Hosts differ in what their opcode KECCAK256 computes and in which national crypto they
/// bring, so each has artefacts of its own. A contract that is created on another host than its own refuses to be.
public enum Host {
    /// An EVM: Besu, Conflux eSpace, Ethereum. SM2 and SM3 are computed in Solidity.
    EVM(""),
    /// FISCO BCOS of standard crypto: an EVM, with SM2 and SM3 by a precompile.
    FISCO("fisco/"),
    /// FISCO BCOS of national crypto: its opcode computes SM3; Keccak-256 and SM2 are a precompile's.
    FISCO_SM("sm/");

    private final String folder;

    Host(String folder) {
        this.folder = folder;
    }

    /// Where the artefacts of this host lie among the resources; empty, or a name that ends with `/`.
    String folder() {
        return folder;
    }
}
