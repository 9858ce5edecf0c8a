package io.waybill.core.client.qbft;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator may choose for a client beside its anchor and periods.
///
/// @param distantChange what a header with another set needs of the trusted set when it is not the next one
/// @param curve         the curve of the seals
/// @param contract      the contract that names the validators (rule R6.5), or null where headers list them
public record QbftOptions(
        DistantChange distantChange,
        SealCurve curve,
        @Nullable ValidatorContract contract) {
    /// The strictest rules, for a chain whose headers list their validators.
    public static final QbftOptions DEFAULT = new QbftOptions(DistantChange.QUORUM, SealCurve.SECP256K1, null);

    /// How many of the trusted set must vouch for a distant header with another set, rule R6.4.
    public enum DistantChange {
        /// A quorum, `⌈2N/3⌉`.
        QUORUM,
        /// One honest member at least, `⌊N/3⌋ + 1`: sound only while fewer than a third of the trusted set,
        /// ex-members with leaked keys included, are faulty throughout the trusting period.
        MORE_THAN_A_THIRD
    }

    /// The same for a chain whose validators a contract names.
    public static QbftOptions of(ValidatorContract contract) {
        return DEFAULT.with(contract);
    }

    public QbftOptions with(DistantChange other) {
        return new QbftOptions(other, curve, contract);
    }

    public QbftOptions with(SealCurve other) {
        return new QbftOptions(distantChange, other, contract);
    }

    public QbftOptions with(ValidatorContract other) {
        return new QbftOptions(distantChange, curve, other);
    }

    /// What whoever shows the client must say of it, one sentence for each choice that is weaker than the
    /// default.
    public List<String> weaknesses() {
        var weaknesses = new ArrayList<String>();
        if (distantChange == DistantChange.MORE_THAN_A_THIRD) {
            weaknesses.add(
                    "a distant change of validators is believed when more than a third of the trusted set signed");
        }
        return List.copyOf(weaknesses);
    }
}
