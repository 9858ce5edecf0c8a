package io.waybill.core.client.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco2.Ledger2.with;
import static io.waybill.core.client.fisco2.Ledger2.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedRlp;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Fisco2Rejection.MalformedFisco2Header;
import io.waybill.core.FiscoRejection.SealerOutOfRange;
import io.waybill.core.FiscoRejection.SealersNotAscending;
import io.waybill.core.FiscoRejection.SetSizeOutOfRange;
import io.waybill.core.FiscoRejection.TimeOutOfRange;
import io.waybill.core.FiscoRejection.ZeroRoot;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Fisco2HeaderTest {
    private final Ledger2 ledger = new Ledger2(FiscoSuite.STANDARD, 4);
    private final Fisco2Header header = Ledger2.anchor(ledger.set(0, 1, 2, 3));

    private Verdict<Fisco2Header> read(int field, Rlp value) {
        return Fisco2Header.decode(with(header, field, value).encode());
    }

    private static Rlp octets(int size) {
        return Rlp.of(Bytes.of(new byte[size]));
    }

    private static Verdict<Fisco2Header> malformed(String what) {
        return reject(new MalformedFisco2Header(what));
    }

    @Test
    void isReadBackAndHashedByItsChainsHash() {
        assertThat(Fisco2Header.decode(header.encode())).isEqualTo(accept(header));
        assertThat(header.hash(FiscoSuite.STANDARD)).isEqualTo(Digests.keccak256(header.encode()));
        assertThat(header.hash(FiscoSuite.SM)).isEqualTo(Digests.sm3(header.encode()));
    }

    @Test
    void hasThirteenFields() {
        var fields = ((Rlp.Items) header.item()).values();
        assertThat(Fisco2Header.decode(Rlp.list(fields.subList(0, 12)).encode()))
                .isEqualTo(malformed("list of 12"));
        var more = Rlp.list(Stream.concat(fields.stream(), Stream.of(Rlp.of(0))).toList());
        assertThat(Fisco2Header.decode(more.encode())).isEqualTo(malformed("list of 14"));
    }

    @Test
    void hasRootsOfThirtyTwoOctetsOfWhichTheReceiptsIsNotZero() {
        for (int field = 0; field < 5; field++) {
            assertThat(read(field, octets(31))).isEqualTo(malformed("root"));
            assertThat(read(field, octets(33))).isEqualTo(malformed("root"));
            var zero = Rlp.of(Bytes32.ZERO.value());
            if (field != 3)
                assertThat(read(field, zero).isAccepted()).as("field %d", field).isTrue();
        }
        assertThat(read(3, Rlp.of(Bytes32.ZERO.value()))).isEqualTo(reject(new ZeroRoot("receiptsRoot")));
    }

    @Test
    void hasABloomOf256Octets() {
        assertThat(read(5, octets(255))).isEqualTo(malformed("logsBloom"));
        assertThat(read(5, octets(257))).isEqualTo(malformed("logsBloom"));
    }

    @Test
    void hasANumberFromOneThatFitsALong() {
        assertThat(read(6, Rlp.of(1)).isAccepted()).isTrue();
        assertThat(read(6, Rlp.of(0))).isEqualTo(malformed("number"));
        assertThat(read(6, Rlp.of(Long.MAX_VALUE)).isAccepted()).isTrue();
        assertThat(read(6, Rlp.of(Long.MIN_VALUE))).isEqualTo(malformed("number"));
        assertThat(read(6, octets(9))).isEqualTo(malformed("a number of 9 octets"));
        assertThat(read(6, Rlp.of(Bytes.of(0, 1)))).isEqualTo(malformed("a number with a leading zero"));
    }

    @Test
    void hasGasBelowTwoToThe256() {
        var most = Rlp.of(Bytes.hex("ff".repeat(32)));
        for (int field = 7; field <= 8; field++) {
            assertThat(read(field, most).isAccepted()).isTrue();
            assertThat(read(field, Rlp.of(Bytes.hex("01" + "00".repeat(32)))))
                    .isEqualTo(malformed("a number of 33 octets"));
            assertThat(read(field, Rlp.of(Bytes.of(0)))).isEqualTo(malformed("a number with a leading zero"));
        }
    }

    @Test
    void hasATimeFromOneTo48Bits() {
        assertThat(read(9, Rlp.of((1L << 48) - 1)).isAccepted()).isTrue();
        assertThat(read(9, Rlp.of(1L << 48))).isEqualTo(reject(new TimeOutOfRange(1L << 48)));
        assertThat(read(9, Rlp.of(1)).isAccepted()).isTrue();
        assertThat(read(9, Rlp.of(0))).isEqualTo(reject(new TimeOutOfRange(0)));
        assertThat(read(9, Rlp.of(-1L))).isEqualTo(reject(new TimeOutOfRange(-1)));
    }

    @Test
    void hasAFewShortStringsOfExtraData() {
        assertThat(read(10, Rlp.list(Collections.nCopies(16, octets(1024)))).isAccepted())
                .isTrue();
        assertThat(read(10, Rlp.list(Collections.nCopies(17, octets(0))))).isEqualTo(malformed("extraData"));
        assertThat(read(10, Rlp.list(octets(1025)))).isEqualTo(malformed("extraData"));
        assertThat(read(10, octets(0))).isEqualTo(malformed("octets in place of a list"));
    }

    @Test
    void isProposedByOneOfItsSealers() {
        assertThat(read(11, Rlp.of(3)).isAccepted()).isTrue();
        assertThat(read(11, Rlp.of(4))).isEqualTo(reject(new SealerOutOfRange(4, 4)));
        assertThat(read(11, Rlp.of(-1L))).isEqualTo(reject(new SealerOutOfRange(-1, 4)));
    }

    @Test
    void listsOneTo128SealersAscending() {
        var ids = IntStream.range(0, 129)
                .mapToObj(i -> Bytes.concat(Bytes.of(i), word("x").value(), Bytes.of(new byte[31])))
                .toList();
        assertThat(read(12, Rlp.list(ids.subList(0, 128), Rlp::of)).isAccepted())
                .isTrue();
        assertThat(read(12, Rlp.list(ids, Rlp::of))).isEqualTo(reject(new SetSizeOutOfRange(129)));
        assertThat(read(12, Rlp.list(List.of()))).isEqualTo(reject(new SetSizeOutOfRange(0)));
        assertThat(read(12, Rlp.list(List.of(ids.get(1), ids.get(0)), Rlp::of)))
                .isEqualTo(reject(new SealersNotAscending(1)));
        assertThat(read(12, Rlp.list(List.of(ids.get(1), ids.get(1)), Rlp::of)))
                .isEqualTo(reject(new SealersNotAscending(1)));
        assertThat(read(12, Rlp.list(octets(63)))).isEqualTo(reject(new MalformedUpdate("sealer id")));
    }

    @Test
    void isOneCanonicalItem() {
        assertThat(Fisco2Header.decode(Bytes.concat(header.encode(), Bytes.of(0))))
                .isEqualTo(reject(new MalformedRlp("octets after the item")));
        assertThat(Fisco2Header.decode(Bytes.EMPTY)).isEqualTo(reject(new MalformedRlp("nothing in place of an item")));
    }
}
