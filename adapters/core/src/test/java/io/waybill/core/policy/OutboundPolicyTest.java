package io.waybill.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each rule of the table on both sides of its edge, and the octets that it is judged by.
class OutboundPolicyTest {
    private static final Address OURS = Address.hex("0x00000000000000000000000000000000000000a1");
    private static final Address OTHERS = Address.hex("0x00000000000000000000000000000000000000a2");
    private static final Bytes SEND = Bytes.hex("7ebb0915");
    private static final Bytes CALL = Bytes.concat(SEND, Bytes.of(new byte[64]));
    private static final OutboundPolicy CARRYING = new OutboundPolicy(Set.of(OURS), Set.of(SEND), false);
    private static final OutboundPolicy SETTING_UP = new OutboundPolicy(Set.of(OURS), Set.of(SEND), true);

    private static String code(Verdict<?> verdict) {
        return verdict instanceof Verdict.Rejected<?>(Rejection reason) ? reason.code() : "accepted";
    }

    private static Outgoing with(Outgoing.Kind kind, long value, long storage, Outgoing.Payer payer) {
        return new Outgoing(kind, OURS, BigInteger.valueOf(value), CALL, BigInteger.valueOf(storage), payer);
    }

    @Test
    void everyRuleIsNamedAfterWhatItRefusesWith() {
        assertThat(OutboundPolicy.table().stream().map(OutboundPolicy.Rule::code))
                .doesNotHaveDuplicates()
                .containsExactly(
                        "KindNotAllowed",
                        "ValueNotZero",
                        "CreationNotAllowed",
                        "InternalContract",
                        "TargetNotAllowed",
                        "FunctionNotAllowed",
                        "NotSponsored",
                        "StorageLimitTooHigh");
    }

    @Nested
    class Rules {
        @Test
        void plainTransactionsAndNoOthers() {
            var plain = with(Outgoing.Kind.PLAIN, 0, 0, Outgoing.Payer.SENDER);
            assertThat(CARRYING.judge(plain)).isEqualTo(Verdict.accept(plain));
            for (var kind : Set.of(Outgoing.Kind.BLOBS, Outgoing.Kind.DELEGATION, Outgoing.Kind.UNKNOWN)) {
                assertThat(code(SETTING_UP.judge(with(kind, 0, 0, Outgoing.Payer.SENDER))))
                        .isEqualTo("KindNotAllowed");
            }
        }

        @Test
        void noValue() {
            assertThat(code(CARRYING.judge(with(Outgoing.Kind.PLAIN, 1, 0, Outgoing.Payer.SENDER))))
                    .isEqualTo("ValueNotZero");
            var funded = new Outgoing(
                    Outgoing.Kind.PLAIN, null, BigInteger.ONE, CALL, BigInteger.ZERO, Outgoing.Payer.SENDER);
            assertThat(code(SETTING_UP.judge(funded)))
                    .as("no contract is given any")
                    .isEqualTo("ValueNotZero");
        }

        @Test
        void creationsInASetupAlone() {
            assertThat(code(CARRYING.judge(Outgoing.creation(CALL)))).isEqualTo("CreationNotAllowed");
            assertThat(code(SETTING_UP.judge(Outgoing.creation(CALL)))).isEqualTo("accepted");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0x0888000000000000000000000000000000000000",
                    "0x0888000000000000000000000000000000000001",
                    "0x0888000000000000000000000000000000000002",
                    "0x0888000000000000000000000000000000000005",
                    "0x0888000000000000000000000000000000000006",
                    "0x08880000000000000000000000000000000000ff"
                })
        void noContractOfTheChainItself(String target) {
            var internal = Address.hex(target);
            var listed = new OutboundPolicy(Set.of(internal), Set.of(SEND), true);
            assertThat(code(listed.judge(Outgoing.call(internal, CALL))))
                    .as("not even where it is named by mistake")
                    .isEqualTo("InternalContract");
        }

        @Test
        void whatLiesBesideTheChainsOwnIsLikeAnyOther() {
            for (var near : Set.of(
                    "0x0888000000000000000000000000000000000100",
                    "0x0887000000000000000000000000000000000006",
                    "0x8888000000000000000000000000000000000006")) {
                var target = Address.hex(near);
                assertThat(code(CARRYING.judge(Outgoing.call(target, CALL)))).isEqualTo("TargetNotAllowed");
                var listed = new OutboundPolicy(Set.of(target), Set.of(SEND), false);
                assertThat(code(listed.judge(Outgoing.call(target, CALL)))).isEqualTo("accepted");
            }
        }

        @Test
        void namedTargetsAndFunctions() {
            assertThat(code(CARRYING.judge(Outgoing.call(OURS, CALL)))).isEqualTo("accepted");
            assertThat(code(CARRYING.judge(Outgoing.call(OTHERS, CALL)))).isEqualTo("TargetNotAllowed");
            assertThat(code(CARRYING.judge(Outgoing.call(OURS, SEND)))).isEqualTo("accepted");
            assertThat(code(CARRYING.judge(Outgoing.call(OURS, SEND.slice(0, 3)))))
                    .isEqualTo("FunctionNotAllowed");
            assertThat(code(CARRYING.judge(Outgoing.call(OURS, Bytes.EMPTY)))).isEqualTo("FunctionNotAllowed");
            assertThat(code(CARRYING.judge(Outgoing.call(OURS, Bytes.hex("a9059cbb")))))
                    .isEqualTo("FunctionNotAllowed");
        }

        @Test
        void sponsorsInTheCoreSpace() {
            assertThat(code(CARRYING.judge(with(Outgoing.Kind.PLAIN, 0, 128, Outgoing.Payer.SPONSOR))))
                    .isEqualTo("accepted");
            assertThat(code(CARRYING.judge(with(Outgoing.Kind.PLAIN, 0, 128, Outgoing.Payer.SENDER_WITH_COLLATERAL))))
                    .isEqualTo("NotSponsored");
        }

        @Test
        void boundedStorage() {
            assertThat(code(CARRYING.judge(
                            with(Outgoing.Kind.PLAIN, 0, OutboundPolicy.MOST_STORAGE, Outgoing.Payer.SPONSOR))))
                    .isEqualTo("accepted");
            assertThat(code(CARRYING.judge(
                            with(Outgoing.Kind.PLAIN, 0, OutboundPolicy.MOST_STORAGE + 1, Outgoing.Payer.SPONSOR))))
                    .isEqualTo("StorageLimitTooHigh");
        }
    }

    @Nested
    class Octets {
        private static Bytes list(Rlp... items) {
            return Rlp.list(List.of(items)).encode();
        }

        private static Rlp n(long number) {
            return Rlp.of(number);
        }

        private static List<Rlp> around(int before, Rlp to, Rlp value, Rlp data, int after) {
            var items = new ArrayList<Rlp>();
            for (int i = 0; i < before; i++) items.add(n(i + 1));
            items.addAll(List.of(to, value, data));
            for (int i = 0; i < after; i++) items.add(i == 0 && before > 3 ? Rlp.list(List.of()) : n(7));
            return items;
        }

        private static Bytes typed(int type, List<Rlp> items) {
            return Bytes.concat(Bytes.of(type), Rlp.list(items).encode());
        }

        private static final Rlp TO = Rlp.of(OURS.value());

        @Test
        void ofEveryPlainKindSayTheSame() {
            var expected = Verdict.accept(Outgoing.call(OURS, CALL));
            var data = Rlp.of(CALL);
            for (int signature : List.of(0, 3)) {
                assertThat(Outgoing.ofEvm(
                                Rlp.list(around(3, TO, n(0), data, signature)).encode()))
                        .isEqualTo(expected);
                assertThat(Outgoing.ofEvm(typed(1, around(4, TO, n(0), data, 1 + signature))))
                        .isEqualTo(expected);
                assertThat(Outgoing.ofEvm(typed(2, around(5, TO, n(0), data, 1 + signature))))
                        .isEqualTo(expected);
            }
        }

        @Test
        void tellCreationsAndValues() {
            var creation = Rlp.list(around(3, Rlp.of(Bytes.EMPTY), n(0), Rlp.of(CALL), 3))
                    .encode();
            assertThat(Outgoing.ofEvm(creation)).isEqualTo(Verdict.accept(Outgoing.creation(CALL)));
            var paying = Rlp.list(around(3, TO, n(5), Rlp.of(CALL), 3)).encode();
            assertThat(code(Outgoing.ofEvm(paying).then(CARRYING::judge))).isEqualTo("ValueNotZero");
            var huge = Rlp.of(Bytes.concat(Bytes.of(1), Bytes.of(new byte[31])));
            assertThat(code(Outgoing.ofEvm(Rlp.list(around(3, TO, huge, Rlp.of(CALL), 3))
                                    .encode())
                            .then(CARRYING::judge)))
                    .isEqualTo("ValueNotZero");
        }

        @Test
        void ofOtherKindsAreRefusedWhateverTheyHold() {
            assertThat(code(Outgoing.ofEvm(typed(3, around(5, TO, n(0), Rlp.of(CALL), 6)))
                            .then(SETTING_UP::judge)))
                    .isEqualTo("KindNotAllowed");
            assertThat(code(Outgoing.ofEvm(typed(4, around(5, TO, n(0), Rlp.of(CALL), 5)))
                            .then(SETTING_UP::judge)))
                    .isEqualTo("KindNotAllowed");
            assertThat(code(Outgoing.ofEvm(Bytes.hex("7f00")).then(SETTING_UP::judge)))
                    .isEqualTo("KindNotAllowed");
        }

        @Test
        void thatAreNoTransactionAreRefused() {
            assertThat(code(Outgoing.ofEvm(Bytes.EMPTY))).isEqualTo("MalformedOutgoing");
            assertThat(code(Outgoing.ofEvm(
                            Rlp.list(around(3, TO, n(0), Rlp.of(CALL), 2)).encode())))
                    .isEqualTo("MalformedOutgoing");
            var short19 = Rlp.of(OURS.value().slice(0, 19));
            assertThat(code(Outgoing.ofEvm(
                            Rlp.list(around(3, short19, n(0), Rlp.of(CALL), 3)).encode())))
                    .isEqualTo("MalformedOutgoing");
            assertThat(code(Outgoing.ofEvm(Rlp.list(around(3, TO, Rlp.list(List.of()), Rlp.of(CALL), 3))
                            .encode())))
                    .isEqualTo("MalformedOutgoing");
            assertThat(code(Outgoing.ofEvm(Bytes.hex("c1")))).isEqualTo("MalformedRlp");
        }

        @Test
        void ofTheCoreSpaceTellStorageAndWhoPays() {
            var fields = new Rlp[] {n(1), n(2), n(3), TO, n(0), n(640), n(9), n(1029), Rlp.of(CALL)};
            var unsigned = list(fields);
            var signed = list(Rlp.list(List.of(fields)), n(0), n(5), n(6));
            for (var octets : List.of(unsigned, signed)) {
                assertThat(code(Outgoing.ofCore(octets, true).then(CARRYING::judge)))
                        .isEqualTo("accepted");
                assertThat(code(Outgoing.ofCore(octets, false).then(CARRYING::judge)))
                        .isEqualTo("NotSponsored");
            }
            fields[5] = n(100_000);
            assertThat(code(Outgoing.ofCore(list(fields), true).then(CARRYING::judge)))
                    .isEqualTo("StorageLimitTooHigh");
            fields[4] = n(1);
            assertThat(code(Outgoing.ofCore(list(fields), true).then(CARRYING::judge)))
                    .isEqualTo("ValueNotZero");
            assertThat(code(Outgoing.ofCore(list(n(1)), true))).isEqualTo("MalformedOutgoing");
        }
    }

    @Nested
    class Balance {
        private static Verdict<BigInteger> audit(long before, long fees, long after) {
            return new BalanceAudit(BigInteger.valueOf(before), BigInteger.valueOf(fees), BigInteger.valueOf(after))
                    .judge();
        }

        @Test
        void fallsByFeesAlone() {
            assertThat(audit(100, 30, 70)).isEqualTo(Verdict.accept(BigInteger.valueOf(70)));
            assertThat(audit(100, 0, 100)).isEqualTo(Verdict.accept(BigInteger.valueOf(100)));
            assertThat(code(audit(100, 30, 69))).isEqualTo("UnexplainedDebit");
            assertThat(code(audit(100, 30, 71))).isEqualTo("UnexplainedDebit");
            assertThat(code(audit(100, 30, 100))).isEqualTo("UnexplainedDebit");
            assertThat(code(audit(100, 30, 101))).isEqualTo("BalanceGrew");
        }
    }

    @Test
    void readsAsATable() {
        assertThat(OutboundPolicy.table().stream()
                        .map(OutboundPolicy.Rule::refuses)
                        .collect(Collectors.toSet()))
                .hasSameSizeAs(OutboundPolicy.table())
                .allMatch(line -> !line.isBlank());
    }
}
