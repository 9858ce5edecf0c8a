package io.waybill.fisco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.ReceiptTree;
import io.waybill.rpc.Json;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FiscoReceiptJsonTest {
    private static Json receipt(int height) {
        return Vectors.transactions(height).getFirst().at("receipt");
    }

    @Nested
    class Read {
        @Test
        void rebuildsTheReceiptsRootOfEveryRealBlock() {
            for (int height = 1; height <= 26; height++) {
                // One transaction was executed twice, read in two ways; nodes show only its later receipt.
                if (height == 7) continue;
                var leaves = Vectors.transactions(height).stream()
                        .map(tx -> FiscoReceiptJson.read(tx.at("receipt")).hash(FiscoSuite.STANDARD))
                        .toList();

                assertThat(ReceiptTree.root(FiscoSuite.STANDARD, leaves))
                        .as("block %d", height)
                        .isEqualTo(Vectors.block(height).at("receiptsRoot").bytes32());
            }
        }

        @Test
        void takesThePrefixFromAnAddressThatNewerNodesPrintWithOne() {
            assertThat(receipt(1).at("contractAddress").text()).startsWith("0x");
            assertThat(FiscoReceiptJson.read(receipt(1)).contractAddress()).hasSize(40);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0xABCDEF", "xyz", "0x6849F21d1e455e9f0712b1e99fa4fcd23758e8f1"})
        void findsAnAddressOfAnotherFormUnreadable(String address) {
            assertThatThrownBy(() -> FiscoReceiptJson.read(Vectors.with(receipt(1), "contractAddress", address)))
                    .isInstanceOf(ChainException.Unavailable.class);
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 1L << 31})
        void findsAStatusOutOfRangeUnreadable(long status) {
            assertThatThrownBy(() -> FiscoReceiptJson.read(Vectors.with(receipt(1), "status", status)))
                    .isInstanceOf(ChainException.Unavailable.class);
        }
    }
}
