package io.waybill.evm.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Base32AddressTest {
    @ParameterizedTest
    @CsvSource({
        "NET1234:TYPE.USER:AAJM0STA05SU6DASXKRRF8SU6TV6KSS64EPH0K5UH6, 0x10ab39e0b6dd0e0c0e9a5ad2f9d0e3e3c4b9dcd1",
        "cfx:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg, 0x1a2f80341409639ea6a35bbcab8299066109aa55",
        "cfx:type.user:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg, 0x1a2f80341409639ea6a35bbcab8299066109aa55",
        "CFXTEST:TYPE.USER:AARC9ABYCUE0HHZGYRR53M6CXEDGCCRMMY8M50BU1P, 0x1a2f80341409639ea6a35bbcab8299066109aa55"
    })
    void readsAddressesOfEveryNetwork(String text, String octets) {
        assertThat(Base32Address.read(text)).isEqualTo(Optional.of(Address.hex(octets)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "cfx:",
                "aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg",
                "cfx:Aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg",
                "cfx:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4x",
                "cfx:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xgg",
                "cfx:oarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg",
                "cfxtest:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg"
            })
    void refusesWhatIsNone(String text) {
        assertThat(Base32Address.read(text)).isEmpty();
    }

    @Test
    void refusesEveryCharacterChanged() {
        var text = "cfx:aarc9abycue0hhzgyrr53m6cxedgccrmmyybjgh4xg";
        for (int i = 4; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(Base32Address.read(text.substring(0, i) + other + text.substring(i + 1)))
                    .isEmpty();
        }
    }
}
