package io.waybill.devnet.fisco;

/// The ledger of standard cryptography whose contracts anvil runs.
class LedgerDevnetIT extends LedgerContract {
    LedgerDevnetIT() {
        super(LedgerDevnet.Options.DEFAULT);
    }
}
