package io.waybill.fisco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.contracts.CouncilCalls;
import io.waybill.contracts.Host;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneRoles;
import io.waybill.core.Address;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.JsonRpc;
import io.waybill.testkit.ChainContract;
import io.waybill.testkit.ContractSetting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The real contracts on two ledgers of national cryptography: contracts, clients and transactions alike.
final class SmChainIT extends ChainContract {
    private static TwoLedgers ledgers;

    @BeforeAll
    static void start() {
        ledgers = new TwoLedgers(
                TwoLedgers.options("chain0").with(FiscoSuite.SM),
                TwoLedgers.options("chain1").with(FiscoSuite.SM));
    }

    @AfterAll
    static void stop() {
        ledgers.close();
    }

    @Override
    protected ContractSetting setting() {
        return ledgers.setting;
    }

    /// Contracts whose mappings would lie elsewhere than their compiler assumed.
    @Nested
    class Creation {
        @Test
        void isRefusedByContractsOfAnotherHost() {
            var here = ledgers.from;
            var roles = LaneRoles.of(here.account.address());
            for (var host : new Host[] {Host.EVM, Host.FISCO}) {
                assertThatThrownBy(() -> here.account.deploy(LaneCalls.deployInbox(host, here.id, false, roles)))
                        .isInstanceOf(ChainException.Refused.class)
                        .hasMessageContaining("WrongHost");
            }
            assertThat(here.account.deploy(LaneCalls.deployInbox(Host.FISCO_SM, here.id, false, roles)))
                    .isNotNull();
        }

        @Test
        void isThatOfACouncilToo() {
            var account = ledgers.from.account;
            var members = List.of(
                    Address.hex("00000000000000000000000000000000000000a1"),
                    Address.hex("00000000000000000000000000000000000000a2"));
            var council = account.deploy(CouncilCalls.deploy(Host.FISCO_SM, members, 2, 1000));
            assertThat(CouncilCalls.decodeMembers(account.call(council, CouncilCalls.members())))
                    .isEqualTo(members);
        }
    }

    @Nested
    class Groups {
        @Test
        void areNotOpenedAsOnesOfStandardCrypto() {
            try (var rpc = new JsonRpc(ledgers.vertx, ledgers.from.ledger.rpc())) {
                assertThatThrownBy(() -> FiscoAccount.open(
                                rpc,
                                ledgers.from.id,
                                "group0",
                                FiscoSuite.STANDARD,
                                KeyPair.named("another"),
                                Duration.ofSeconds(5)))
                        .isInstanceOf(ChainException.Refused.class)
                        .hasMessageContaining("expected standard crypto, node runs SM2 and SM3");
            }
        }
    }
}
