package io.waybill.core.policy;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.PolicyRejection.BalanceGrew;
import io.waybill.core.PolicyRejection.UnexplainedDebit;
import io.waybill.core.Verdict;
import java.math.BigInteger;

/// Whether the account that submits does nothing but pay for gas.
///
/// @param before what it had
/// @param fees   what its transactions since then paid for gas
/// @param after  what it has
public record BalanceAudit(BigInteger before, BigInteger fees, BigInteger after) {
    /// Judges the account: it has what it had less its fees. One that an operator fills up grows as well: the
    /// alarm is expected then, and never otherwise.
    public Verdict<BigInteger> judge() {
        if (after.compareTo(before) > 0) return reject(new BalanceGrew(before, after));
        var expected = before.subtract(fees);
        return after.equals(expected) ? accept(after) : reject(new UnexplainedDebit(expected, after));
    }
}
