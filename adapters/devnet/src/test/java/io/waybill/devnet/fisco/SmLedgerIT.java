package io.waybill.devnet.fisco;

import io.waybill.core.proof.fisco.FiscoSuite;

/// The ledger of national cryptography.
class SmLedgerIT extends PrecompiledLedgerContract {
    SmLedgerIT() {
        super(FiscoSuite.SM);
    }
}
