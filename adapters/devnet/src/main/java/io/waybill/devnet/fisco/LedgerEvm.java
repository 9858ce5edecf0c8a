package io.waybill.devnet.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The EVM that runs the ledger's contracts, with a clock of milliseconds and without fees, sending as whoever signed
/// the
/// native transaction.
interface LedgerEvm extends AutoCloseable {
    /// What a transaction may use; FISCO BCOS allows 3 000 000 000.
    long GAS = 1_000_000_000;

    /// The code of an execution that reverted, of one that ran out of gas, and of one that failed otherwise.
    int REVERTED = 16;

    int OUT_OF_GAS = 12;
    int FAILED = 10;

    /// What a transaction asks for.
    ///
    /// @param to the contract, or null to create one
    record Call(Address from, @Nullable Address to, Bytes input) {}

    /// What an execution did.
    ///
    /// @param status          0, or FISCO's code of the failure
    /// @param output          returned octets, or those of the revert; empty for a successful creation
    /// @param contractAddress of a successful creation
    record Execution(int status, long gasUsed, Optional<Address> contractAddress, Bytes output, List<Log> logs) {
        record Log(Address address, List<Bytes32> topics, Bytes data) {}
    }

    /// A block's executions in their order, and the state after them.
    record Outcome(Bytes32 stateRoot, List<Execution> executions) {}

    /// What a call answered.
    record Called(int status, Bytes output) {}

    /// Executes a block.
    Outcome execute(List<Call> calls, long number, long timeMs);

    /// Runs a call on the state of the newest block.
    ///
    /// @param number what the contract sees as the block's number
    /// @param timeMs what it sees as the block's time
    Called call(Address to, Bytes input, long number, long timeMs);

    Bytes code(Address address);

    @Override
    void close();
}
