package io.waybill.devnet.fisco;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Sm2;
import io.waybill.core.digest.Sm2KeyPair;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.FiscoTransaction;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What contracts find on a ledger: the chain's own hash behind the opcode, and the precompile at 0x100a, whose
/// functions
/// are called by that hash of their signatures.
abstract class PrecompiledLedgerContract extends LedgerContract {
    private static final String CRYPTO = "0x000000000000000000000000000000000000100a";
    private final FiscoSuite suite;

    PrecompiledLedgerContract(FiscoSuite suite) {
        super(LedgerDevnet.Options.DEFAULT.with(suite));
        this.suite = suite;
    }

    private Bytes called(String signature, Bytes arguments) {
        var answer = rpc().call(
                        "call",
                        "group0",
                        "",
                        CRYPTO,
                        Bytes.concat(selector(signature), arguments).toHex());
        assertThat(answer.at("status").integer()).isZero();
        return answer.at("output").bytes();
    }

    private Bytes selector(String signature) {
        return suite.hash(Bytes.utf8(signature)).value().slice(0, 4);
    }

    private static Bytes word(long value) {
        return Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(value));
    }

    private static Bytes octets(Bytes value) {
        return Bytes.concat(word(value.size()), value, Bytes.of(new byte[-value.size() & 31]));
    }

    @Nested
    class Opcode {
        /// Runtime code that returns the hash of its call's octets: CALLDATACOPY, KECCAK256, MSTORE, RETURN.
        private static final Bytes HASHING =
                Bytes.hex("6012600c60003960126000f3" + "366000600037" + "3660002060005260206000f3");

        @Test
        void computesTheHashOfTheChain() {
            var created = send(FiscoTransaction.creation("chain0", "group0", 500, nonce(), HASHING));
            for (var message : new String[] {"", "abc", "a longer message, of more than thirty-two octets"}) {
                var octets = Bytes.utf8(message);
                var answer = rpc().call(
                                "call",
                                "group0",
                                "",
                                created.at("contractAddress").text(),
                                octets.toHex());
                assertThat(answer.at("output").bytes())
                        .isEqualTo(suite.hash(octets).value());
            }
        }
    }

    @Nested
    class Precompile {
        @Test
        void hashesInBothWays() {
            for (var message : new String[] {"", "abc", "a longer message, of more than thirty-two octets"}) {
                var octets = Bytes.utf8(message);
                var arguments = Bytes.concat(word(32), octets(octets));
                assertThat(called("sm3(bytes)", arguments))
                        .isEqualTo(Digests.sm3(octets).value());
                assertThat(called("keccak256Hash(bytes)", arguments))
                        .isEqualTo(Digests.keccak256(octets).value());
            }
        }

        @Test
        void verifiesSignaturesOfSm2() {
            var key = Sm2KeyPair.named("signer");
            var message = Digests.sha256(Bytes.utf8("message"));
            var good = key.sign(message).slice(0, 64);
            var account = Bytes.concat(Bytes.of(new byte[12]), key.address().value());
            assertThat(verified(message, key.publicKey(), good)).isEqualTo(Bytes.concat(word(1), account));
            var none = Bytes.of(new byte[64]);
            var wrong = Map.of(
                    "another message", verified(Digests.sha256(Bytes.utf8("other")), key.publicKey(), good),
                    "another key", verified(message, Sm2KeyPair.named("other").publicKey(), good),
                    "no point", verified(message, none, good),
                    "no numbers", verified(message, key.publicKey(), none),
                    "63 octets of key", verified(message, key.publicKey().slice(0, 63), good));
            assertThat(wrong).allSatisfy((_, answer) -> assertThat(answer).isEqualTo(none));
            assertThat(Sm2.verify(key.publicKey(), message.value(), good)).isTrue();
        }

        @Test
        void refusesAFunctionThatItDoesNotHave() {
            var answer = rpc().call("call", "group0", "", CRYPTO, "0x01020304");
            assertThat(answer.at("status").integer()).isNotZero();
        }

        private Bytes verified(Bytes32 message, Bytes key, Bytes signature) {
            var arguments = Bytes.concat(message.value(), word(128), signature, octets(key));
            return called("sm2Verify(bytes32,bytes,bytes32,bytes32)", arguments);
        }
    }
}
