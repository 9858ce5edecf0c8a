package io.waybill.core.eas;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.TokenPolicy;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.EvmLog;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EasAttestationTest {
    private static final ChainId CHAIN = new ChainId("eip155:1030");
    private static final Address EAS = Address.hex("0xa513e6e4b8f2a923d98304ec87f64353c4d5c853");
    private static final Address RECIPIENT = Address.hex("0x000000000000000000000000000000000000dead");
    private static final Address ATTESTER = Address.hex("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    private static final Bytes32 SCHEMA = word("schema");
    private static final EasAttestation MADE = new EasAttestation(
            EAS, SCHEMA, 1_795_387_578L, 0, Bytes32.ZERO, RECIPIENT, ATTESTER, true, 0, Bytes.utf8("lot 42"));
    private static final int WORD = 32;

    private static Bytes32 word(String text) {
        return Digests.sha256(Bytes.utf8(text));
    }

    private static String code(Verdict<?> verdict) {
        return verdict instanceof Verdict.Rejected<?>(Rejection reason) ? reason.code() : "accepted";
    }

    private static String why(Verdict<?> verdict) {
        return verdict instanceof Verdict.Rejected<?>(Rejection reason) ? reason.explain() : "accepted";
    }

    /// Claims with one octet changed.
    private static Bytes with(Bytes octets, int at, int value) {
        var changed = octets.toArray();
        changed[at] = (byte) value;
        return Bytes.of(changed);
    }

    @Nested
    class Claims {
        @Test
        void readBackAsWritten() {
            assertThat(EasAttestation.decode(MADE.claims())).isEqualTo(Verdict.accept(MADE));
            var late =
                    new EasAttestation(EAS, SCHEMA, -1, -1, word("ref"), Address.ZERO, ATTESTER, false, 7, Bytes.EMPTY);
            assertThat(EasAttestation.decode(late.claims())).isEqualTo(Verdict.accept(late));
        }

        @Test
        void areRefusedWhereAFieldIsAnother() {
            var claims = MADE.claims();
            int first = EasAttestation.TAG.size();
            for (int field : List.of(2, 3, 4, 5, 6, 7, 9)) {
                int last = first + field * WORD + WORD - 1;
                assertThat(code(EasAttestation.decode(with(claims, last, claims.at(last) ^ 1))))
                        .as("word %d", field)
                        .isEqualTo("EasUidMismatch");
            }
            int data = first + 12 * WORD;
            assertThat(code(EasAttestation.decode(with(claims, data, 'L')))).isEqualTo("EasUidMismatch");
            int uid = first + WORD;
            assertThat(code(EasAttestation.decode(with(claims, uid, claims.at(uid) ^ 1))))
                    .isEqualTo("EasUidMismatch");
            int revocable = first + 8 * WORD + WORD - 1;
            assertThat(code(EasAttestation.decode(with(claims, revocable, 0)))).isEqualTo("EasUidMismatch");
        }

        @Test
        void areRefusedInAnyOtherEncoding() {
            var claims = MADE.claims();
            int first = EasAttestation.TAG.size();
            assertThat(why(EasAttestation.decode(with(claims, 3, '2')))).endsWith("malformed size");
            assertThat(why(EasAttestation.decode(claims.slice(0, first + 12 * WORD - 1))))
                    .endsWith("malformed size");
            assertThat(why(EasAttestation.decode(claims.slice(0, claims.size() - 1))))
                    .endsWith("malformed length");
            assertThat(why(EasAttestation.decode(Bytes.concat(claims, Bytes.of(0)))))
                    .endsWith("malformed length");
            for (int address : List.of(0, 6, 7)) {
                assertThat(why(EasAttestation.decode(with(claims, first + address * WORD + 11, 1))))
                        .endsWith("malformed address");
            }
            assertThat(why(EasAttestation.decode(with(claims, first + 3 * WORD + 23, 1))))
                    .endsWith("malformed number");
            assertThat(why(EasAttestation.decode(with(claims, first + 8 * WORD + WORD - 1, 2))))
                    .endsWith("malformed revocable");
            assertThat(why(EasAttestation.decode(with(claims, first + 10 * WORD + WORD - 1, 0x40))))
                    .endsWith("malformed padding");
            assertThat(why(EasAttestation.decode(with(claims, claims.size() - 1, 1))))
                    .endsWith("malformed padding");
            assertThat(why(EasAttestation.decode(with(claims, first + 11 * WORD, 1))))
                    .endsWith("malformed length");
        }
    }

    @Nested
    class Crossing {
        @Test
        void hasTheAttesterForItsIssuerAndFollowsFromTheFields() {
            var crossing = MADE.attestation(CHAIN);
            assertThat(crossing.issuer()).isEqualTo(word("did:pkh:eip155:1030:" + ATTESTER.toHex()));
            assertThat(crossing.subject()).isEqualTo(word("did:pkh:eip155:1030:" + RECIPIENT.toHex()));
            assertThat(crossing.schema()).isEqualTo(word("eas/" + SCHEMA.toHex()));
            assertThat(TokenPolicy.judge(crossing)).isEqualTo(Verdict.accept(crossing));
            assertThat(EasAttestation.isClaimed(crossing)).isTrue();
            assertThat(EasAttestation.of(CHAIN, crossing)).isEqualTo(Verdict.accept(MADE));
            assertThat(code(EasAttestation.of(new ChainId("eip155:1"), crossing)))
                    .isEqualTo("EasFieldMismatch");
        }

        @Test
        void isAboutItselfWhereItHasNoRecipient() {
            var nobody = new EasAttestation(
                    EAS, SCHEMA, 1, 0, Bytes32.ZERO, Address.ZERO, ATTESTER, true, 0, Bytes.utf8("x"));
            assertThat(nobody.attestation(CHAIN).subject()).isEqualTo(nobody.uid());
        }

        @Test
        void isRefusedWithAnyPartOfAnother() {
            var honest = MADE.attestation(CHAIN);
            var other = word("other");
            assertThat(why(EasAttestation.of(CHAIN, but(honest, other, honest.issuer(), honest.subject(), 0))))
                    .contains("schema");
            assertThat(why(EasAttestation.of(CHAIN, but(honest, honest.schema(), other, honest.subject(), 0))))
                    .contains("issuer");
            assertThat(why(EasAttestation.of(CHAIN, but(honest, honest.schema(), honest.issuer(), other, 0))))
                    .contains("subject");
            assertThat(why(EasAttestation.of(
                            CHAIN, but(honest, honest.schema(), honest.issuer(), honest.subject(), 99))))
                    .contains("term");
        }

        private static Attestation but(Attestation like, Bytes32 schema, Bytes32 issuer, Bytes32 subject, long until) {
            return new Attestation(
                    like.kind(),
                    schema,
                    issuer,
                    subject,
                    like.reference(),
                    like.claimsHash(),
                    like.validFrom(),
                    until,
                    like.claims());
        }

        @Test
        void isRevokedByReference() {
            var revocation = MADE.revocation(CHAIN, 1_795_400_000L);
            assertThat(revocation.kind()).isEqualTo(Attestation.Kind.REVOKE);
            assertThat(revocation.reference()).isEqualTo(MADE.attestation(CHAIN).uid());
            assertThat(revocation.claims()).isEqualTo(MADE.uid().value());
            assertThat(TokenPolicy.judge(revocation)).isEqualTo(Verdict.accept(revocation));
        }
    }

    /// The log of a real attestation on eSpace, as `eas-single.json` has it.
    @Nested
    class Event {
        private static final Bytes32 ATTESTED =
                Bytes32.hex("8bf46bf4cfd674fa735a3d63ec1c9ad4153f033c290341f3a588b75685141b35");
        private static final Bytes32 REVOKED =
                Bytes32.hex("f930a6e2523c9cc298691873087a740550b8fc85a0680830414c148ed927f615");
        private static final Bytes32 UNDER =
                Bytes32.hex("26cbb21736d58ec88b40cc7808926da68cfd9aef1955789cd873e33b3dc12078");
        private static final Bytes32 UID =
                Bytes32.hex("c3cd0bc9444a2fc2b2dd321cd7980f4ece626e87758d06e70e7f0f0e8a0d2ef4");

        private static EvmLog log(Bytes32 topic, Bytes data) {
            return new EvmLog(EAS, List.of(topic, padded(RECIPIENT), padded(ATTESTER), UNDER), data);
        }

        private static Bytes32 padded(Address address) {
            return new Bytes32(Bytes.concat(Bytes.of(new byte[12]), address.value()));
        }

        @Test
        void saysWhoAboutWhomAndUnderWhichSchema() {
            assertThat(EasEvent.read(log(ATTESTED, UID.value()), EAS))
                    .isEqualTo(Verdict.accept(new EasEvent(EasEvent.Kind.ATTESTED, RECIPIENT, ATTESTER, UID, UNDER)));
            assertThat(EasEvent.read(log(REVOKED, UID.value()), EAS))
                    .isEqualTo(Verdict.accept(new EasEvent(EasEvent.Kind.REVOKED, RECIPIENT, ATTESTER, UID, UNDER)));
        }

        @Test
        void isNoOtherContractsAndNoOtherEvent() {
            assertThat(code(EasEvent.read(log(ATTESTED, UID.value()), RECIPIENT)))
                    .isEqualTo("WrongEmitter");
            assertThat(code(EasEvent.read(log(UID, UID.value()), EAS))).isEqualTo("WrongTopic");
            assertThat(code(EasEvent.read(log(ATTESTED, Bytes.of(new byte[31])), EAS)))
                    .isEqualTo("MalformedReceipt");
            var dirty = new EvmLog(EAS, List.of(ATTESTED, UID, padded(ATTESTER), UNDER), UID.value());
            assertThat(code(EasEvent.read(dirty, EAS))).isEqualTo("WrongTopic");
            var fewer = new EvmLog(EAS, List.of(ATTESTED, padded(RECIPIENT), padded(ATTESTER)), UID.value());
            assertThat(code(EasEvent.read(fewer, EAS))).isEqualTo("WrongTopic");
        }

        @Test
        void takesTheFieldsOfItsUidAlone() {
            var event = new EasEvent(EasEvent.Kind.ATTESTED, RECIPIENT, ATTESTER, MADE.uid(), SCHEMA);
            assertThat(event.judge(MADE)).isEqualTo(Verdict.accept(MADE));
            assertThat(code(event.judge(MADE.withBump(1)))).isEqualTo("EasUidMismatch");
            var another = new EasEvent(EasEvent.Kind.ATTESTED, ATTESTER, ATTESTER, MADE.uid(), SCHEMA);
            assertThat(code(another.judge(MADE))).isEqualTo("EasFieldMismatch");
        }
    }
}
