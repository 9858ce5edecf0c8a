package io.waybill.gateway.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waybill.core.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CanonicalJsonTest {
    private static JsonNode read(String text) throws StrictJson.Malformed {
        return StrictJson.read(Bytes.utf8(text));
    }

    /// The example of RFC 8785, 3.2.2, without the numbers that a double does not hold as written.
    @Test
    void writesTheExampleOfTheStandard() throws StrictJson.Malformed {
        var given = """
                {"numbers": [4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}""";
        assertThat(CanonicalJson.of(read(given)).toUtf8())
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /// RFC 8785, 3.2.3: by UTF-16 code units.
    @Test
    void sortsKeysAsTheStandardDoes() throws StrictJson.Malformed {
        var given = "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";
        assertThat(CanonicalJson.of(read(given)).toUtf8())
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}");
    }

    @ParameterizedTest
    @CsvSource({"1.0,1", "-0,0", "1E30,1e+30", "1e21,1e+21", "100000000000000000000,100000000000000000000", "0.1,0.1"})
    void writesANumberInOneWay(String given, String canonical) throws StrictJson.Malformed {
        assertThat(CanonicalJson.of(read(given)).toUtf8()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "1e400",
                "-1e400",
                "1e-400",
                "0.1000000000000000055511151231257827",
                "[{\"a\":[1e999999999]}]",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\""
            })
    void refusesWhatItCannotHoldExactly(String given) throws StrictJson.Malformed {
        var value = read(given);
        assertThat(CanonicalJson.trouble(value, "")).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(value));
    }

    @Test
    void saysWhereTheTroubleIs() throws StrictJson.Malformed {
        assertThat(CanonicalJson.trouble(read("{\"a/b\":[0,1e400]}"), "").map(CanonicalJson.Trouble::path))
                .contains("/a~1b/1");
    }
}
