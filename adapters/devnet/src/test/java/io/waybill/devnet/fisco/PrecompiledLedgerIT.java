package io.waybill.devnet.fisco;

import io.waybill.core.proof.fisco.FiscoSuite;

/// The ledger of standard cryptography with the precompile of FISCO BCOS.
class PrecompiledLedgerIT extends PrecompiledLedgerContract {
    PrecompiledLedgerIT() {
        super(FiscoSuite.STANDARD);
    }
}
