package io.waybill.evm.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.MalformedLedgerInfo;
import io.waybill.core.Verdict;
import io.waybill.core.client.conflux.EpochState;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.client.conflux.LedgerInfo.BlockInfo;
import io.waybill.core.client.conflux.Pivot;
import io.waybill.core.client.conflux.SignedLedgerInfo;
import io.waybill.core.client.conflux.Validator;
import io.waybill.core.port.ChainException;
import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads what the namespace `pos` answers. Keys are taken from what is signed: `nextEpochValidators`, which stands
/// beside it, is not looked at.
public final class LedgerInfoJson {
    private LedgerInfoJson() {}

    /// Judges the result of `pos_getLedgerInfoByEpoch` and its kin; total. The signers are those whose signatures
    /// it lists.
    public static Verdict<SignedLedgerInfo> signed(Json json) {
        return reading(() -> new SignedLedgerInfo(
                info(json.at("ledgerInfo")),
                json.at("signatures").fields().keySet().stream()
                        .map(account -> account(json, account))
                        .sorted()
                        .toList(),
                json.at("aggregatedSignature").bytes()));
    }

    /// Judges the result of `pos_getEpochState`; total.
    public static Verdict<EpochState> committee(Json json) {
        return reading(() -> state(json));
    }

    private static <T> Verdict<T> reading(Supplier<T> reader) {
        try {
            return Verdict.accept(reader.get());
        } catch (ChainException.Unavailable | IllegalArgumentException e) {
            return Verdict.reject(new MalformedLedgerInfo(String.valueOf(e.getMessage())));
        }
    }

    private static LedgerInfo info(Json json) {
        var commit = json.at("commitInfo");
        return new LedgerInfo(
                new BlockInfo(
                        commit.at("epoch").quantity(),
                        commit.at("round").quantity(),
                        commit.at("id").bytes32(),
                        commit.at("executedStateId").bytes32(),
                        commit.at("version").quantity(),
                        commit.at("timestampUsecs").quantity(),
                        commit.at("nextEpochState").isNull() ? null : state(commit.at("nextEpochState")),
                        pivot(commit.at("pivot"))),
                json.at("consensusDataHash").bytes32());
    }

    private static @Nullable Pivot pivot(Json json) {
        return json.isNull()
                ? null
                : new Pivot(json.at("height").quantity(), json.at("blockHash").bytes32());
    }

    private static EpochState state(Json json) {
        var verifier = json.at("verifier");
        var validators = new ArrayList<Validator>();
        verifier.at("addressToValidatorInfo")
                .fields()
                .forEach((account, keys) -> validators.add(validator(account(keys, account), keys)));
        validators.sort(null);
        return new EpochState(
                json.at("epoch").quantity(),
                validators,
                verifier.at("quorumVotingPower").quantity(),
                verifier.at("totalVotingPower").quantity(),
                json.at("vrfSeed").bytes());
    }

    private static Validator validator(Bytes32 account, Json json) {
        var vrfKey = json.at("vrfPublicKey");
        return new Validator(
                account,
                CommitteeKey.read(json.at("publicKey")),
                vrfKey.isNull() ? null : vrfKey.bytes(),
                json.at("votingPower").quantity());
    }

    private static Bytes32 account(Json where, String text) {
        var octets = text.matches("0x[0-9a-fA-F]{64}") ? Bytes.hex(text) : Bytes.EMPTY;
        if (octets.isEmpty()) throw where.unreadable("accounts of 32 octets");
        return new Bytes32(octets);
    }
}
