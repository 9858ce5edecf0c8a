package io.waybill.core.proof.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.ArrayList;
import java.util.List;

/// A receipt as a FISCO BCOS 3.x node stores and hashes it. Its preimage has no length prefixes, so only the receipts
/// that [CarrierReceipt] admits prove anything.
///
/// @param version           0; from 1 on `effectiveGasPrice` is hashed too
/// @param gasUsed           decimal ASCII
/// @param contractAddress   40 hexadecimal digits without `0x` for a creation, else empty
/// @param status            0 for success
/// @param effectiveGasPrice as the node prints it; hashed from version 1 on
/// @see <a href="https://github.com/FISCO-BCOS/FISCO-BCOS">bcos-tars-protocol, TarsHashable.h</a>
public record FiscoReceipt(
        int version,
        String gasUsed,
        String contractAddress,
        int status,
        Bytes output,
        String effectiveGasPrice,
        List<Log> logs,
        long blockNumber) {

    /// One log.
    ///
    /// @param address 40 hexadecimal digits without `0x`, as the node stores it
    public record Log(String address, List<Bytes32> topics, Bytes data) {
        public Log {
            topics = List.copyOf(topics);
        }

        private Bytes encode() {
            var parts = new ArrayList<Bytes>();
            parts.add(Bytes.utf8(address));
            topics.forEach(topic -> parts.add(topic.value()));
            parts.add(data);
            return Bytes.concat(parts);
        }
    }

    public FiscoReceipt {
        logs = List.copyOf(logs);
    }

    /// A receipt of version 0.
    public static FiscoReceipt plain(
            String gasUsed, String contractAddress, int status, Bytes output, List<Log> logs, long blockNumber) {
        return new FiscoReceipt(0, gasUsed, contractAddress, status, output, "", logs, blockNumber);
    }

    /// The octets that are hashed.
    public Bytes preimage() {
        var parts = new ArrayList<Bytes>();
        parts.add(Bytes.u32(version));
        parts.add(Bytes.utf8(gasUsed));
        parts.add(Bytes.utf8(contractAddress));
        parts.add(Bytes.u32(status));
        parts.add(output);
        if (version >= 1) parts.add(Bytes.utf8(effectiveGasPrice));
        logs.forEach(log -> parts.add(log.encode()));
        parts.add(Bytes.u64(blockNumber));
        return Bytes.concat(parts);
    }

    public Bytes32 hash(FiscoSuite suite) {
        return suite.hash(preimage());
    }
}
