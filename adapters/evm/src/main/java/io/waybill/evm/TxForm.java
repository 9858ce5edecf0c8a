package io.waybill.evm;

/// How transactions are written.
public enum TxForm {
    /// EIP-155, with the gas price the node names: for chains before London.
    LEGACY,
    /// EIP-1559, without a tip.
    DYNAMIC_FEE
}
