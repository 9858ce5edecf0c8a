package io.waybill.gateway.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.attestation.TokenPolicy;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PayloadPolicyTest {
    private static final String ACCOUNT = "0x52908400098527886E0F7030069857D2E4169EE7";

    private static String refusing(String schema, String claims) {
        return PayloadPolicy.judge(schema, JsonMapper.shared().readTree(claims.replace('\'', '"')))
                .map(PayloadPolicy.Rule::code)
                .orElse("none");
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "token-transfer/1",
                    "erc20/1",
                    "ERC721/2",
                    "acme.nftMint",
                    "payment/1",
                    "my_escrow",
                    "ｔｏｋｅｎ/1",
                    "x/swap"
                })
        void schemasNamedAfterTokensPaymentsOrCustody(String schema) {
            assertThat(refusing(schema, "{'a':1}")).isEqualTo("value-schema");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "amount-of-token     | {'amount':'5','token':'0x01'}",
                    "amount-of-token     | {'deep':[{'Token_Amount':5,'asset':'gold'}]}",
                    "amount-of-token     | {'ＡＭＯＵＮＴ':5,'coin':'x'}",
                    "amount-of-token     | {'tokenId':5,'nft':'x'}",
                    "amount-to-recipient | {'amount':5,'recipient':'someone'}",
                    "amount-to-recipient | {'value':5,'to':'" + ACCOUNT + "'}",
                    "amount-to-recipient | {'a':{'amount':5,'pay-to':'x'}}",
                    "native-amount       | {'wei':'1'}",
                    "native-amount       | {'amountInWei':'1'}",
                    "signed-transaction  | {'rawTransaction':'0x02'}",
                    "signed-transaction  | {'signed_tx':'0x02'}",
                    "token-call          | {'note':'0xa9059cbb" + "00000000000000000000000000000000"
                            + "00000000000000000000000000000000'}",
                    "token-event         | {'topic':'0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'}",
                    "asset-name          | {'goods':'eip155:1/erc20:" + ACCOUNT + "'}",
                    "asset-name          | {'goods':['eip155:1/slip44:60']}",
                })
        void payloadsByTheRuleThatNamesThem(String code, String claims) {
            assertThat(refusing("fact/1", claims)).isEqualTo(code);
        }

        static Stream<String> events() {
            return TokenPolicy.forbidden().keySet().stream().map(Object::toString);
        }

        @ParameterizedTest
        @MethodSource("events")
        void everyTopicByWhichTokensMove(String topic) {
            assertThat(refusing(
                            "fact/1",
                            "{'log':{'topics':['"
                                    + topic.toUpperCase(Locale.ROOT).replace("0X", "0x") + "']}}"))
                    .isEqualTo("token-event");
        }
    }

    @Nested
    class Lets {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'result':'passed'}",
                    "{'invoice':{'amount':100,'currency':'EUR','address':'12 Harbour Road'}}",
                    "{'quantity':40,'recipient':'Acme Ltd'}",
                    "{'amount':5},",
                    "{'token':'the batch carries an RFID token'}",
                    "{'parts':[{'amount':5},{'recipient':'x'}]}",
                    "{'digest':'0xa9059cbb'}",
                    "{'digest':'0xeeee52ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'}",
                    "{'site':'https://example.org/erc20:1'}",
                    "{'from':'Shenzhen','to':'Rotterdam','value':'declared'}",
                })
        void factsThatOnlyResembleValue(String claims) {
            assertThat(refusing("fact/1", claims.replaceAll(",$", ""))).isEqualTo("none");
        }

        @ParameterizedTest
        @ValueSource(strings = {"inspection/1", "origin/2", "mintage-year/1", "depositary-receipt", "tokenised-not/1"})
        void schemasThatOnlyResembleValue(String schema) {
            assertThat(refusing(schema, "{'a':1}")).isEqualTo("none");
        }
    }

    @Test
    void hasARowForEachCodeOnceWithWordsForPeople() {
        assertThat(PayloadPolicy.table()).extracting(PayloadPolicy.Rule::code).doesNotHaveDuplicates();
        assertThat(PayloadPolicy.table()).allSatisfy(rule -> {
            assertThat(rule.refuses()).isNotBlank();
            assertThat(rule.instead()).isNotBlank();
        });
    }
}
