package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.MalformedGasUsed;
import io.waybill.core.FiscoRejection.SealerOutOfRange;
import io.waybill.core.FiscoRejection.TimeOutOfRange;
import io.waybill.core.FiscoRejection.ZeroRoot;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// A header of FISCO BCOS 3.x, block 1 or later, without the seals over it. Its hash's preimage has no length
/// prefixes, so a header counts only within the grammar that [#check()] holds it to.
///
/// @param version    compatibility version, `0xMMmmpp00`
/// @param number     ≥ 1; the one parent has number − 1
/// @param gasUsed    decimal digits
/// @param timeMs     milliseconds since 1970
/// @param sealer     index of the proposer in the list
/// @param sealers    this block's own list
/// @param extraData  empty in every block after the first; hashed
/// @see <a href="https://github.com/FISCO-BCOS/FISCO-BCOS">bcos-tars-protocol, TarsHashable.h</a>
public record FiscoHeader(
        int version,
        long number,
        Bytes32 parentHash,
        Bytes32 txsRoot,
        Bytes32 receiptsRoot,
        Bytes32 stateRoot,
        String gasUsed,
        long timeMs,
        long sealer,
        SealerSet sealers,
        Bytes extraData) {

    private static final Pattern GAS_USED = Pattern.compile("0|[1-9][0-9]{0,77}");
    private static final long TIME_LIMIT = 1L << 48;

    public FiscoHeader {
        if (number < 1) throw new IllegalArgumentException("number: expected ≥ 1, got " + number);
    }

    /// The octets that are hashed.
    public Bytes preimage() {
        var parts = new ArrayList<Bytes>();
        parts.add(Bytes.u32(version));
        parts.add(Bytes.u64(number - 1));
        parts.add(parentHash.value());
        parts.add(txsRoot.value());
        parts.add(receiptsRoot.value());
        parts.add(stateRoot.value());
        parts.add(Bytes.u64(number));
        parts.add(Bytes.utf8(gasUsed));
        parts.add(Bytes.u64(timeMs));
        parts.add(Bytes.u64(sealer));
        parts.addAll(sealers.ids());
        parts.add(extraData);
        sealers.weights().forEach(weight -> parts.add(Bytes.u64(weight)));
        return Bytes.concat(parts);
    }

    public Bytes32 hash(FiscoSuite suite) {
        return suite.hash(preimage());
    }

    /// The grammar of rule R4.2, as far as one header alone can be held to it: within it, no two headers with the
    /// same sealer set have the same preimage.
    ///
    /// A header that was signed before its block was executed has a zero receipts root; so one with a receipts root
    /// was executed. The state root may be zero: real nodes write it for a block that changes no state.
    public Verdict<FiscoHeader> check() {
        if (txsRoot.isZero()) return reject(new ZeroRoot("txsRoot"));
        if (receiptsRoot.isZero()) return reject(new ZeroRoot("receiptsRoot"));
        if (!GAS_USED.matcher(gasUsed).matches()) return reject(new MalformedGasUsed());
        if (timeMs <= 0 || timeMs >= TIME_LIMIT) return reject(new TimeOutOfRange(timeMs));
        if (sealer < 0 || sealer >= sealers.size()) return reject(new SealerOutOfRange(sealer, sealers.size()));
        if (!extraData.isEmpty()) return reject(new MalformedUpdate("extraData"));
        return accept(this);
    }

    /// What a client keeps of this header.
    public ConsensusState state(FiscoSuite suite) {
        return new ConsensusState(number, hash(suite), receiptsRoot, timeMs, sealers.setHash(), version);
    }
}
