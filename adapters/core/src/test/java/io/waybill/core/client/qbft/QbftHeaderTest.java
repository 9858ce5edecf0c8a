package io.waybill.core.client.qbft;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.digest.Secp256k1;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QbftHeaderTest {
    @Nested
    class Hash {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "qbft-shanghai",
                    "ibft2-shanghai",
                    "qbft-berlin",
                    "qbft-cancun",
                    "ibft2-london-votes-rounds",
                    "qbft-prague-votes-rounds",
                    "qbft-shanghai-contract-mode"
                })
        void isTheOneTheNodeGaveForEveryHeader(String network) {
            for (var captured : BesuVectors.headers(network)) {
                assertThat(captured.header().hash()).isEqualTo(captured.hash());
                assertThat(QbftHeader.decode(
                                        captured.header().kind(),
                                        captured.header().encode())
                                .orElseThrow())
                        .isEqualTo(captured.header());
            }
        }
    }

    @Nested
    class SealDigest {
        @ParameterizedTest
        @ValueSource(strings = {"qbft-shanghai", "ibft2-shanghai", "qbft-berlin", "qbft-cancun"})
        void isWhatTheValidatorsSigned(String network) {
            for (var captured : BesuVectors.headers(network)) {
                var header = captured.header();
                var signers = new TreeSet<Address>();
                for (var seal : header.extra().seals()) {
                    signers.add(Secp256k1.address(
                            Secp256k1.recover(header.sealDigest(), seal).orElseThrow()));
                }
                assertThat(signers).hasSameSizeAs(header.extra().seals());
                assertThat(header.validators()).containsAll(signers);
            }
        }
    }
}
