package io.waybill.devnet.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.SignedFiscoTransaction;
import java.util.List;

/// A block of the ledger: its header, the seals over it, and what was executed in it, in order.
record LedgerBlock(FiscoHeader header, Bytes32 hash, List<Seal> seals, List<Executed> executed) {
    LedgerBlock {
        seals = List.copyOf(seals);
        executed = List.copyOf(executed);
    }

    /// One transaction with its receipt.
    ///
    /// @param hash of the transaction
    record Executed(SignedFiscoTransaction transaction, Bytes32 hash, Address sender, FiscoReceipt receipt) {}

    List<Bytes32> transactionHashes() {
        return executed.stream().map(Executed::hash).toList();
    }

    List<Bytes32> receiptHashes(FiscoSuite suite) {
        return executed.stream().map(done -> done.receipt().hash(suite)).toList();
    }
}
