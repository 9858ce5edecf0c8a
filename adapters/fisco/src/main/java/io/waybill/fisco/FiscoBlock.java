package io.waybill.fisco;

import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.Seal;
import java.util.List;

/// A block as a node shows it: its header, the seals over the header's hash as they came, and the hashes of its
/// transactions in order. The header's hash is computed; nothing else is judged yet.
public record FiscoBlock(FiscoHeader header, List<Seal> seals, List<Bytes32> transactions) {
    public FiscoBlock {
        seals = List.copyOf(seals);
        transactions = List.copyOf(transactions);
    }
}
