package io.waybill.core.client.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.client.fisco2.Ledger2.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.proof.fisco.FiscoSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Fisco2UpdateTest {
    private static Fisco2Update update(Trust2 trust) {
        var moved = trust.ledger.set(1, 2, 3, 4);
        return trust.update(trust.ledger.chain(trust.anchor, trust.four, moved), 0, 1, 2);
    }

    @ParameterizedTest
    @EnumSource(FiscoSuite.class)
    void isReadBack(FiscoSuite suite) {
        var update = update(new Trust2(suite));

        assertThat(Fisco2Update.decode(update.encode())).isEqualTo(accept(update));
    }

    @ParameterizedTest
    @EnumSource(FiscoSuite.class)
    void isRefusedWhicheverOctetOfItChanges(FiscoSuite suite) {
        var trust = new Trust2(suite);
        var octets = update(trust).encode();
        assertThat(trust.client.update(trust.anchored, octets, NOW).isAccepted())
                .isTrue();
        for (int at = 0; at < octets.size(); at++) {
            var changed = octets.with(at, octets.at(at) ^ (1 << (at % 8)));
            assertThat(trust.client.update(trust.anchored, changed, NOW))
                    .as("octet %d", at)
                    .isInstanceOf(Verdict.Rejected.class);
        }
    }

    @Test
    void isRefusedWhereverItIsCutAndWhateverFollows() {
        var trust = new Trust2(FiscoSuite.STANDARD);
        var octets = update(trust).encode();
        for (int at = 0; at < octets.size(); at++) {
            assertThat(trust.client.update(trust.anchored, octets.slice(0, at), NOW))
                    .isInstanceOf(Verdict.Rejected.class);
        }
        assertThat(trust.client.update(trust.anchored, Bytes.concat(octets, Bytes.of(0)), NOW))
                .isInstanceOf(Verdict.Rejected.class);
    }
}
