package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Verdict;
import io.waybill.core.policy.BalanceAudit;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an account has and what its transactions paid for gas: who submits pays for nothing else, and nobody pays
/// it. A balance that says otherwise is an alarm in the log, `policy.alarm`; nothing stops for it.
final class SpentOnGas {
    private static final Logger LOG = LoggerFactory.getLogger(SpentOnGas.class);

    private final Address account;
    private @Nullable BigInteger before;
    private BigInteger fees = BigInteger.ZERO;
    private boolean told = true;

    SpentOnGas(Address account) {
        this.account = account;
    }

    /// @param fee null where the node does not tell: then the next balance is only taken note of
    synchronized void paid(@Nullable BigInteger fee) {
        if (fee == null) told = false;
        else fees = fees.add(fee);
    }

    /// What it has while nothing of it is under way.
    synchronized void found(BigInteger after) {
        if (told
                && before != null
                && new BalanceAudit(before, fees, after).judge() instanceof Verdict.Rejected<BigInteger>(var why)) {
            LOG.warn("policy.alarm account={} rule={} why={}", account, why.code(), why.explain());
        }
        before = after;
        fees = BigInteger.ZERO;
        told = true;
    }

    /// What it has could not be asked: the next answer is where the account is begun anew.
    synchronized void unknown() {
        before = null;
    }
}
