package io.waybill.fisco.v2;

import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco2.Fisco2Header;
import java.util.List;

/// A block as a 2.x node shows it: its header, the seals over the header's hash ascending by index, and the hashes
/// of its transactions in order. The header's hash is computed; nothing else is judged yet.
///
/// @param seals        none where they were not asked for
/// @param transactions none where only the header was asked for
public record Fisco2Block(Fisco2Header header, List<Seal> seals, List<Bytes32> transactions) {
    public Fisco2Block {
        seals = List.copyOf(seals);
        transactions = List.copyOf(transactions);
    }
}
