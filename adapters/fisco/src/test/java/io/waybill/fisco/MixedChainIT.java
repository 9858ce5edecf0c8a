package io.waybill.fisco;

import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.testkit.ChainContract;
import io.waybill.testkit.ContractSetting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The real contracts on a ledger of national cryptography and one of standard cryptography with the precompile of
/// FISCO BCOS.
final class MixedChainIT extends ChainContract {
    private static TwoLedgers ledgers;

    @BeforeAll
    static void start() {
        ledgers = new TwoLedgers(
                TwoLedgers.options("chain0").with(FiscoSuite.SM),
                TwoLedgers.options("chain1").with(FiscoSuite.STANDARD));
    }

    @AfterAll
    static void stop() {
        ledgers.close();
    }

    @Override
    protected ContractSetting setting() {
        return ledgers.setting;
    }
}
