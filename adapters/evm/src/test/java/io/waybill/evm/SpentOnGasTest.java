package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Rejection;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpentOnGasTest {
    private final SpentOnGas account = new SpentOnGas();

    private Optional<String> found(long balance) {
        return account.found(BigInteger.valueOf(balance)).map(Rejection::code);
    }

    private void paid(long fee) {
        account.paid(BigInteger.valueOf(fee));
    }

    @Test
    void fallsByItsFees() {
        assertThat(found(100)).as("the first is only taken note of").isEmpty();
        paid(10);
        paid(20);
        assertThat(found(70)).isEmpty();
        assertThat(found(70)).isEmpty();
    }

    @Test
    void isAnAlarmWhereItFallsByMoreOrLess() {
        found(100);
        paid(10);
        assertThat(found(89)).contains("UnexplainedDebit");
        paid(10);
        assertThat(found(80)).contains("UnexplainedDebit");
    }

    @Test
    void isAnAlarmWhereItGrows() {
        found(100);
        paid(10);
        assertThat(found(101)).contains("BalanceGrew");
        assertThat(found(101)).as("said once").isEmpty();
    }

    @Test
    void isNoneWhereNobodyKnowsWhatWasPaid() {
        found(100);
        account.paid(null);
        assertThat(found(50)).isEmpty();
        paid(10);
        assertThat(found(50)).as("from there on it is known again").contains("UnexplainedDebit");
    }
}
