package io.waybill.core.proof;

import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedRlp;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/// What RLP costs to read is bounded before it is read: octets, items, levels.
class BoundsTest {
    private static Bytes listOf(byte[] content) {
        return Bytes.concat(Bytes.of(0xfa), Bytes.u32(content.length).slice(1, 4), Bytes.of(content));
    }

    @Test
    void aMillionItemsAreNotRead() {
        var empties = new byte[1_000_000];
        Arrays.fill(empties, (byte) 0xc0);
        assertThat(Rlp.decode(listOf(empties))).isEqualTo(reject(new MalformedRlp("too many items")));
    }

    @Test
    void asManyItemsAsTheLimitAreAndNotOneMore() {
        var most = Rlp.list(Collections.nCopies(Rlp.ITEM_LIMIT - 1, Rlp.of(1)));
        assertThat(Rlp.decode(most.encode()).isAccepted()).isTrue();
        var more = Rlp.list(Collections.nCopies(Rlp.ITEM_LIMIT, Rlp.of(1)));
        assertThat(Rlp.decode(more.encode())).isEqualTo(reject(new MalformedRlp("too many items")));
    }

    @Test
    void tenThousandLevelsAreNotDescended() {
        var whole = Bytes.EMPTY;
        for (int i = 0; i < 10_000; i++) {
            whole = whole.size() <= 55
                    ? Bytes.concat(Bytes.of(0xc0 + whole.size()), whole)
                    : Bytes.concat(Bytes.of(0xf9), Bytes.u32(whole.size()).slice(2, 4), whole);
            if (whole.size() > 60_000) break;
        }
        assertThat(Rlp.decode(whole).isAccepted()).isFalse();
    }

    @Test
    void aLengthBeyondTheOctetsAllocatesNothing() {
        assertThat(Rlp.decode(Bytes.hex("0xbb7fffffff"))).isEqualTo(reject(new MalformedRlp("an item cut short")));
        assertThat(Rlp.decode(Bytes.hex("0xff7fffffffffffffff")))
                .isEqualTo(reject(new MalformedRlp("an item cut short")));
        assertThat(Rlp.decode(Bytes.hex("0xbfffffffffffffffff")))
                .isEqualTo(reject(new MalformedRlp("an item cut short")));
    }
}
