package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.client.fisco.Trust.ANCHOR;
import static io.waybill.core.client.fisco.Trust.ANCHORED;
import static io.waybill.core.client.fisco.Trust.CLIENT;
import static io.waybill.core.client.fisco.Trust.FOUR;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static io.waybill.core.client.fisco.Trust.NOW;
import static io.waybill.core.client.fisco.Trust.changed;
import static io.waybill.core.client.fisco.Trust.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiscoUpdateTest {
    private final SealerSet three = LEDGER.set(List.of(0, 1, 2), List.of(1L, 1L, 1L));
    private final FiscoHeader first = Ledger.next(ANCHOR, FOUR);
    private final FiscoUpdate update = update(List.of(first, Ledger.next(first, three)), 0, 1, 2);

    @Test
    void isReadBack() {
        assertThat(FiscoUpdate.decode(update.encode())).isEqualTo(accept(update));
    }

    @Test
    void isRefusedWhicheverOctetOfItChanges() {
        var octets = update.encode();
        for (int at = 0; at < octets.size(); at++) {
            var changed = octets.with(at, octets.at(at) ^ 1);
            assertThat(CLIENT.update(ANCHORED, changed, NOW)).as("octet %d", at).isInstanceOf(Verdict.Rejected.class);
        }
    }

    @Test
    void isRefusedWhereverItIsCutAndWhateverFollows() {
        var octets = update.encode();
        for (int at = 0; at < octets.size(); at++) {
            assertThat(CLIENT.update(ANCHORED, octets.slice(0, at), NOW)).isInstanceOf(Verdict.Rejected.class);
        }
        assertThat(CLIENT.update(ANCHORED, Bytes.concat(octets, Bytes.of(0)), NOW))
                .isInstanceOf(Verdict.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isJudgedWithoutFailingWhateverIsSplicedIntoIt(long seed) {
        var random = new Random(seed);
        var octets = update.encode();
        for (int round = 0; round < 200; round++) {
            int at = random.nextInt(octets.size());
            int to = at + random.nextInt(octets.size() - at);
            var noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            var spliced = Bytes.concat(octets.slice(0, at), Bytes.of(noise), octets.slice(to, octets.size()));
            if (spliced.equals(octets)) continue;
            assertThat(CLIENT.update(ANCHORED, spliced, NOW)).isInstanceOf(Verdict.Rejected.class);
        }
    }

    @Test
    void ofAnAnchorIsReadBack() {
        assertThat(FiscoAnchor.decode(new FiscoAnchor(ANCHOR).encode())).isEqualTo(accept(new FiscoAnchor(ANCHOR)));
    }
}
