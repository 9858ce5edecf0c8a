package io.waybill.core.proof.fisco2;

import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.Verdict;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A receipt of FISCO BCOS 2.x. It is hashed in RLP, so no two receipts have the same preimage.
///
/// @param stateRoot       of the block
/// @param gasUsed         by the transaction, below 2^256
/// @param contractAddress the contract a creation made, else zero
/// @param logsBloom       256 octets; not recomputed, for nothing is concluded from it
/// @param status          0 for success
/// @param output          what the call returned
/// @param remainGas       what the account has left, below 2^256; null where the chain's receipts have no such
///     field, as before 2.9.0
/// @see <a href="https://github.com/FISCO-BCOS/FISCO-BCOS">libethcore, TransactionReceipt.cpp</a>
public record Fisco2Receipt(
        Bytes32 stateRoot,
        BigInteger gasUsed,
        Address contractAddress,
        Bytes logsBloom,
        long status,
        Bytes output,
        @Nullable BigInteger remainGas,
        List<EvmLog> logs) {
    private static final int FIELDS = 7;
    private static final int BLOOM = 256;

    public Fisco2Receipt {
        logs = List.copyOf(logs);
    }

    public boolean success() {
        return status == 0;
    }

    /// `[ stateRoot, gasUsed, contractAddress, logsBloom, status, output, remainGas?, logs ]`.
    public Rlp item() {
        var fields = new ArrayList<Rlp>();
        fields.add(Rlp.of(stateRoot.value()));
        fields.add(Rlp.of(gasUsed));
        fields.add(Rlp.of(contractAddress.value()));
        fields.add(Rlp.of(logsBloom));
        fields.add(Rlp.of(status));
        fields.add(Rlp.of(output));
        if (remainGas != null) fields.add(Rlp.of(remainGas));
        fields.add(Rlp.list(logs, EvmLog::item));
        return Rlp.list(fields);
    }

    public Bytes32 hash(FiscoSuite suite) {
        return suite.hash(item().encode());
    }

    /// Reads a receipt of seven or eight fields inside a parse.
    public static Verdict<Fisco2Receipt> of(Rlp item) {
        var fields = item.items();
        if (fields.size() != FIELDS && fields.size() != FIELDS + 1) return reject(new MalformedReceipt("fields"));
        if (fields.get(0).octets().size() != 32) return reject(new MalformedReceipt("stateRoot"));
        if (fields.get(2).octets().size() != 20) return reject(new MalformedReceipt("contractAddress"));
        if (fields.get(3).octets().size() != BLOOM) return reject(new MalformedReceipt("logsBloom"));
        boolean remains = fields.size() > FIELDS;
        return EvmLog.list(fields.getLast())
                .map(logs -> new Fisco2Receipt(
                        new Bytes32(fields.get(0).octets()),
                        fields.get(1).bigNumber(),
                        new Address(fields.get(2).octets()),
                        fields.get(3).octets(),
                        fields.get(4).number(),
                        fields.get(5).octets(),
                        remains ? fields.get(6).bigNumber() : null,
                        logs));
    }
}
