package io.waybill.evm;

import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.policy.BalanceAudit;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an account has and what its transactions paid for gas: who submits pays for nothing else, and nobody pays
/// it.
final class SpentOnGas {
    private @Nullable BigInteger before;
    private BigInteger fees = BigInteger.ZERO;
    private boolean told = true;

    /// @param fee null where it is not known what was paid: then the next balance is only taken note of
    synchronized void paid(@Nullable BigInteger fee) {
        if (fee == null) told = false;
        else fees = fees.add(fee);
    }

    /// What it has while nothing of it is under way.
    ///
    /// @return why that is an alarm, if it is
    synchronized Optional<Rejection> found(BigInteger after) {
        Verdict<BigInteger> verdict =
                told && before != null ? new BalanceAudit(before, fees, after).judge() : Verdict.accept(after);
        before = after;
        fees = BigInteger.ZERO;
        told = true;
        return verdict instanceof Verdict.Rejected<BigInteger>(var why) ? Optional.of(why) : Optional.empty();
    }
}
