package io.waybill.gateway.attest;

import io.waybill.core.Bytes32;
import io.waybill.core.attestation.TokenPolicy;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What a request may not carry over the door: value, or what reads as an order to move it. An attestation states
/// facts; it never pays. The table is the policy: read it from top to bottom, the first rule that applies refuses.
///
/// A key is compared without case, punctuation and Unicode's look-alike forms, at any depth.
public final class PayloadPolicy {
    /// One row of the table.
    ///
    /// @param code    its name, for programs
    /// @param refuses what it refuses, for people
    public record Rule(String code, String refuses, String instead, Predicate<Payload> applies) {}

    /// What the rules look at.
    ///
    /// @param words  the schema's name as words in lower case
    /// @param claims the claims, an object
    public record Payload(String schema, Set<String> words, JsonNode claims) {}

    private static final Set<String> VALUE_SCHEMAS = Set.of(
            "token",
            "tokens",
            "coin",
            "coins",
            "stablecoin",
            "nft",
            "nfts",
            "erc20",
            "erc721",
            "erc777",
            "erc1155",
            "airdrop",
            "mint",
            "burn",
            "swap",
            "escrow",
            "payment",
            "payout",
            "remittance",
            "withdrawal",
            "deposit");
    private static final Set<String> AMOUNT = Set.of(
            "amount", "amounts", "value", "quantity", "tokenamount", "amountin", "amountout", "tokenid", "tokenids");
    private static final Set<String> TOKEN = Set.of(
            "token",
            "tokenaddress",
            "tokencontract",
            "tokensymbol",
            "asset",
            "assetid",
            "assetaddress",
            "coin",
            "erc20",
            "erc721",
            "erc1155",
            "nft",
            "mint");
    private static final Set<String> MONEY =
            Set.of("amount", "amounts", "value", "tokenamount", "amountin", "amountout");
    private static final Set<String> RECIPIENT =
            Set.of("recipient", "recipients", "toaddress", "beneficiary", "payee", "receiver", "payto");
    private static final Set<String> PLACE = Set.of("to", "account", "address", "wallet");
    private static final Pattern ACCOUNT = Pattern.compile("0x[0-9a-fA-F]{40}|cfx(test)?:[0-9a-z]{42}");
    private static final Set<String> NATIVE = Set.of(
            "wei",
            "gwei",
            "ether",
            "drip",
            "lamports",
            "satoshi",
            "satoshis",
            "amountwei",
            "valuewei",
            "amountinwei",
            "valueinwei",
            "gasprice",
            "msgvalue");
    private static final Set<String> SIGNED =
            Set.of("signedtransaction", "rawtransaction", "signedtx", "rawtx", "permit", "transferauthorization");
    private static final Pattern TOKEN_CALL = Pattern.compile(
            "0x(a9059cbb|23b872dd|095ea7b3|42842e0e|b88d4fde|f242432a|2eb2c2d6|40c10f19|42966c68|a22cb465|d505accf)"
                    + "([0-9a-f]{64})+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ASSET_NAME = Pattern.compile(
            "[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}/(erc\\d+|slip44|token|nft|asset)[-a-z0-9]*:[-.%a-zA-Z0-9]+.*");
    private static final Pattern WORD = Pattern.compile("0x[0-9a-fA-F]{64}");

    private static final List<Rule> TABLE = List.of(
            new Rule(
                    "value-schema",
                    "a schema named after tokens, payments or custody",
                    "attest the fact instead, such as invoice/1 or origin/1",
                    payload -> payload.words().stream().anyMatch(VALUE_SCHEMAS::contains)),
            new Rule(
                    "amount-of-token",
                    "an amount beside a token or asset in one object",
                    "leave the token out: the claims may state facts, not holdings to be moved",
                    payload -> anyObject(payload.claims(), object -> has(object, AMOUNT) && has(object, TOKEN))),
            new Rule(
                    "amount-to-recipient",
                    "an amount beside an account or a recipient in one object",
                    "leave the recipient out: the attestation's subject says whom it is about",
                    payload -> anyObject(payload.claims(), object -> has(object, MONEY) && namesRecipient(object))),
            new Rule(
                    "native-amount",
                    "an amount in a chain's own coin (wei, drip, satoshi and the like)",
                    "state quantities in the units of the goods",
                    payload -> anyObject(payload.claims(), object -> has(object, NATIVE))),
            new Rule(
                    "signed-transaction",
                    "a signed transaction, a permit or a transfer authorisation",
                    "submit transactions to their own chain",
                    payload -> anyObject(payload.claims(), object -> has(object, SIGNED))),
            new Rule(
                    "token-call",
                    "call data of a token contract's transfer, approve, mint or burn",
                    "leave call data out: nothing here executes it",
                    payload -> anyText(
                            payload.claims(), text -> TOKEN_CALL.matcher(text).matches())),
            new Rule(
                    "token-event",
                    "the topic of an event by which tokens move",
                    "leave the event out: a receipt that carries it is refused as well",
                    payload -> anyText(payload.claims(), PayloadPolicy::isTokenEvent)),
            new Rule(
                    "asset-name",
                    "the CAIP-19 name of an asset",
                    "name goods by their own registries, such as a GTIN or an eBL number",
                    payload -> anyText(
                            payload.claims(), text -> ASSET_NAME.matcher(text).matches())));

    private PayloadPolicy() {}

    public static List<Rule> table() {
        return TABLE;
    }

    /// The first rule that refuses a payload, if one does.
    ///
    /// @param schema the schema's name
    /// @param claims a JSON object
    public static Optional<Rule> judge(String schema, JsonNode claims) {
        var payload = new Payload(schema, words(schema), claims);
        return TABLE.stream().filter(rule -> rule.applies().test(payload)).findFirst();
    }

    private static Set<String> words(String name) {
        var spaced = plain(name).replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        return Pattern.compile("[^a-z0-9]+").splitAsStream(spaced).collect(Collectors.toUnmodifiableSet());
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    private static String key(String name) {
        return plain(name).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static boolean has(JsonNode object, Set<String> keys) {
        return object.propertyNames().stream().map(PayloadPolicy::key).anyMatch(keys::contains);
    }

    private static boolean namesRecipient(JsonNode object) {
        return has(object, RECIPIENT)
                || object.properties().stream()
                        .anyMatch(property -> PLACE.contains(key(property.getKey()))
                                && property.getValue().isString()
                                && ACCOUNT.matcher(property.getValue()
                                                .stringValue()
                                                .strip())
                                        .matches());
    }

    private static boolean anyObject(JsonNode value, Predicate<JsonNode> applies) {
        if (value.isObject() && applies.test(value)) return true;
        return value.valueStream().anyMatch(inside -> anyObject(inside, applies));
    }

    private static boolean anyText(JsonNode value, Predicate<String> applies) {
        if (value.isString()) return applies.test(value.stringValue().strip());
        return value.valueStream().anyMatch(inside -> anyText(inside, applies));
    }

    private static boolean isTokenEvent(String text) {
        return WORD.matcher(text).matches() && TokenPolicy.forbids(Bytes32.hex(text));
    }
}
