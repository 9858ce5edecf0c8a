package io.waybill.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.port.ChainException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    private static Json json(String text) {
        return Json.parse("answer", text.getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class Quantities {
        @Test
        void readsWhatItWrites() {
            assertThat(json("\"" + Json.quantity(0) + "\"").quantity()).isZero();
            assertThat(json("\"" + Json.quantity(Long.MAX_VALUE) + "\"").quantity())
                    .isEqualTo(Long.MAX_VALUE);
            assertThat(json("\"0x1fffffffffffff\"").bigQuantity()).isEqualTo(BigInteger.valueOf(0x1fffffffffffffL));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"\"0x\"", "\"0x01\"", "\"1\"", "1", "null", "\"0xg\"", "\"0x8000000000000000\"", "\"-0x1\""})
        void refusesOtherForms(String text) {
            assertThatThrownBy(() -> json(text).quantity()).isInstanceOf(ChainException.Unavailable.class);
        }
    }

    @Nested
    class Octets {
        @Test
        void readsOctetsWordsAndAddresses() {
            assertThat(json("\"0x\"").bytes()).isEqualTo(Bytes.EMPTY);
            assertThat(json("\"0xAb01\"").bytes()).isEqualTo(Bytes.of(0xab, 1));
            assertThat(json("\"0x" + "11".repeat(20) + "\"").address()).isEqualTo(Address.hex("11".repeat(20)));
            assertThat(json("\"0x" + "22".repeat(32) + "\"").bytes32().toHex()).isEqualTo("0x" + "22".repeat(32));
        }

        @Test
        void readsAMegabyte() {
            assertThat(json("\"0x" + "00".repeat(1 << 20) + "\"").bytes().size())
                    .isEqualTo(1 << 20);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"ab\"", "\"0xa\"", "\"0xzz\"", "12", "\"\""})
        void refusesOtherForms(String text) {
            assertThatThrownBy(() -> json(text).bytes()).isInstanceOf(ChainException.Unavailable.class);
        }

        @Test
        void refusesWordsOfAnotherLength() {
            assertThatThrownBy(() ->
                            json("{\"a\":{\"b\":[\"0x11\"]}}").at("a").at("b").list(Json::bytes32))
                    .hasMessage("answer.a.b[0]: expected 32 octets, got \"0x11\"");
        }
    }

    @Nested
    class Shapes {
        @Test
        void takesMissingForNull() {
            assertThat(json("{}").at("x").isNull()).isTrue();
            assertThat(json("{\"x\":null}").at("x").isNull()).isTrue();
        }

        @Test
        void saysWhatIsMissingAndWhere() {
            assertThatThrownBy(() -> json("{}").at("x").text()).hasMessage("answer.x: expected text, got nothing");
            assertThatThrownBy(() -> json("[1]").at("x")).hasMessage("answer: expected an object, got [1]");
        }

        @Test
        void refusesDepth() {
            assertThatThrownBy(() -> json("[".repeat(70) + "]".repeat(70)))
                    .isInstanceOf(ChainException.Unavailable.class);
        }
    }
}
