package io.waybill.evm.conflux;

import io.waybill.core.Address;
import io.waybill.core.proof.EvmLog;
import io.waybill.core.proof.conflux.ConfluxLog;
import io.waybill.core.proof.conflux.ConfluxReceipt;
import io.waybill.core.proof.conflux.ConfluxReceipt.Outcome;
import io.waybill.core.proof.conflux.ConfluxReceipt.StorageChange;
import io.waybill.core.proof.conflux.LogSpace;
import io.waybill.rpc.Json;
import java.math.BigInteger;
import java.util.List;

/// Reads one receipt of `cfx_getEpochReceipts`. The outcome is told in the words of the transaction's space: 1 is
/// success in eSpace and failure in Core space.
final class ConfluxReceiptJson {
    private ConfluxReceiptJson() {}

    /// @throws io.waybill.core.port.ChainException.Unavailable if it cannot be read
    static ConfluxReceipt read(Json json) {
        var bloom = json.at("logsBloom").bytes();
        if (bloom.size() != 256) throw json.at("logsBloom").unreadable("256 octets");
        var accumulated = json.at("accumulatedGasUsed");
        var burnt = json.at("burntGasFee");
        return new ConfluxReceipt(
                (accumulated.isNull() ? json.at("gasUsed") : accumulated).bigQuantity(),
                json.at("gasFee").bigQuantity(),
                json.at("gasCoveredBySponsor").bool(),
                bloom,
                json.at("logs").list(ConfluxReceiptJson::log),
                outcome(json),
                json.at("storageCoveredBySponsor").bool(),
                collateralized(json),
                released(json.at("storageReleased")),
                burnt.isNull() ? null : burnt.bigQuantity());
    }

    private static LogSpace space(Json json) {
        var space = json.at("space");
        if (space.isNull()) return LogSpace.CORE;
        return switch (space.text()) {
            case "native" -> LogSpace.CORE;
            case "evm" -> LogSpace.ESPACE;
            default -> throw space.unreadable("native or evm");
        };
    }

    private static Outcome outcome(Json json) {
        var status = json.at("outcomeStatus");
        long code = status.quantity();
        boolean core = space(json) == LogSpace.CORE;
        if (code == (core ? 0 : 1)) return Outcome.SUCCESS;
        if (code == (core ? 1 : 0)) return Outcome.FAILURE;
        if (code == (core ? 2 : 0xff)) return Outcome.SKIPPED;
        throw status.unreadable("an outcome");
    }

    private static ConfluxLog log(Json json) {
        return new ConfluxLog(
                new EvmLog(
                        CoreAddress.read(json.at("address")),
                        json.at("topics").list(Json::bytes32),
                        json.at("data").bytes()),
                space(json));
    }

    /// Storage newly occupied belongs to the contract where a sponsor pays for it, else to the sender.
    private static List<StorageChange> collateralized(Json json) {
        var occupied = json.at("storageCollateralized");
        if (occupied.isNull() || occupied.bigQuantity().equals(BigInteger.ZERO)) return List.of();
        Address owner = CoreAddress.read(json.at("storageCoveredBySponsor").bool() ? json.at("to") : json.at("from"));
        return List.of(new StorageChange(owner, occupied.quantity()));
    }

    private static List<StorageChange> released(Json json) {
        if (json.isNull()) return List.of();
        return json.list(change -> new StorageChange(
                CoreAddress.read(change.at("address")), change.at("collaterals").quantity()));
    }
}
