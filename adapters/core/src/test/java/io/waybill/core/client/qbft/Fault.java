package io.waybill.core.client.qbft;

import io.waybill.core.Bytes;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Ways in which a header is not one of a QBFT chain, each alone.
enum Fault {
    PARENT_HASH_SHORT("a parent hash of 31 octets", field(0, Bytes.of(new byte[31]))),
    OMMERS("another ommers hash", field(1, Bytes.of(new byte[32]))),
    PROPOSER_SHORT("a proposer of 19 octets", field(2, Bytes.of(new byte[19]))),
    STATE_ROOT_LONG("a state root of 33 octets", field(3, Bytes.of(new byte[33]))),
    TRANSACTIONS_ROOT_EMPTY("an empty transactions root", field(4, Bytes.EMPTY)),
    RECEIPTS_ROOT_SHORT("a receipts root of 31 octets", field(5, Bytes.of(new byte[31]))),
    BLOOM_SHORT("a bloom of 255 octets", field(6, Bytes.of(new byte[255]))),
    DIFFICULTY("difficulty 2", field(7, Bytes.of(2))),
    DIFFICULTY_ZERO("difficulty 0", field(7, Bytes.EMPTY)),
    NUMBER_ZERO_LED("a number with a leading zero", field(8, Bytes.of(0, 11))),
    NUMBER_LARGE("a number of 2^48", field(8, Bytes.of(1, 0, 0, 0, 0, 0, 0))),
    GAS_LIMIT_LARGE("a gas limit of 2^64", field(9, Bytes.of(1, 0, 0, 0, 0, 0, 0, 0, 0))),
    GAS_USED_ZERO_LED("gas used with a leading zero", field(10, Bytes.of(0, 1))),
    TIMESTAMP_LARGE("a timestamp of 2^48", field(11, Bytes.of(1, 0, 0, 0, 0, 0, 0))),
    MIX_HASH("another mix hash", field(13, Bytes.of(new byte[32]))),
    NONCE("a nonce that is not zero", field(14, Bytes.of(0, 0, 0, 0, 0, 0, 0, 1))),
    NONCE_SHORT("a nonce of seven octets", field(14, Bytes.of(new byte[7]))),
    BASE_FEE_ZERO_LED("a base fee with a leading zero", field(15, Bytes.of(0))),
    BASE_FEE_LARGE("a base fee of 33 octets", field(15, Bytes.concat(Bytes.of(1), Bytes.of(new byte[32])))),
    FOURTEEN_FIELDS("fourteen fields", items -> items.subList(0, 14)),
    EIGHTEEN_FIELDS("eighteen fields", items -> appended(items, Bytes.of(new byte[32]), Bytes.EMPTY)),
    TWENTY_TWO_FIELDS(
            "twenty-two fields",
            items -> appended(
                    items,
                    Bytes.of(new byte[32]),
                    Bytes.EMPTY,
                    Bytes.EMPTY,
                    Bytes.of(new byte[32]),
                    Bytes.of(new byte[32]),
                    Bytes.of(new byte[32]))),
    WITHDRAWALS_ROOT_SHORT("a withdrawals root of 31 octets", items -> appended(items, Bytes.of(new byte[31]))),
    EXTRA_FOUR_ITEMS("extraData of four items", extra(items -> items.subList(0, 4))),
    EXTRA_SIX_ITEMS("extraData of six items", extra(items -> appended(items, Bytes.EMPTY))),
    VALIDATOR_SHORT("a validator of 19 octets", extra(replaced(1, Rlp.list(Rlp.of(Bytes.of(new byte[19])))))),
    VOTE_OF_IBFT2("no vote in the form of IBFT 2.0", extra(replaced(2, Rlp.of(Bytes.EMPTY)))),
    VOTE_UNKNOWN("a vote of kind 1", extra(replaced(2, Rlp.list(Rlp.of(Bytes.of(new byte[20])), Rlp.of(Bytes.of(1)))))),
    VOTE_DROP_OF_IBFT2(
            "a vote to drop in the form of IBFT 2.0",
            extra(replaced(2, Rlp.list(Rlp.of(Bytes.of(new byte[20])), Rlp.of(Bytes.of(0)))))),
    VOTE_THREE_ITEMS(
            "a vote of three items",
            extra(replaced(2, Rlp.list(Rlp.of(Bytes.of(new byte[20])), Rlp.of(Bytes.of(0xff)), Rlp.list())))),
    ROUND_OF_IBFT2("a round of four octets", extra(replaced(3, Rlp.of(Bytes.of(0, 0, 0, 0))))),
    ROUND_LARGE("a round of 2^32", extra(replaced(3, Rlp.of(Bytes.of(1, 0, 0, 0, 0))))),
    SEAL_SHORT("a seal of 64 octets", extra(replaced(4, Rlp.list(Rlp.of(Bytes.of(new byte[64])))))),
    SEALS_NOT_A_LIST("octets in place of seals", extra(replaced(4, Rlp.of(Bytes.EMPTY))));

    private final String what;
    private final Function<List<Rlp>, List<Rlp>> change;

    Fault(String what, Function<List<Rlp>, List<Rlp>> change) {
        this.what = what;
        this.change = change;
    }

    String what() {
        return what;
    }

    Rlp in(QbftHeader header) {
        return Rlp.list(change.apply(header.item().items()));
    }

    private static Function<List<Rlp>, List<Rlp>> field(int index, Bytes value) {
        return replaced(index, Rlp.of(value));
    }

    private static Function<List<Rlp>, List<Rlp>> replaced(int index, Rlp value) {
        return items -> {
            var changed = new ArrayList<>(items);
            changed.set(index, value);
            return changed;
        };
    }

    private static Function<List<Rlp>, List<Rlp>> extra(Function<List<Rlp>, List<Rlp>> change) {
        return items -> {
            var extra = Rlp.decode(items.get(12).octets()).orElseThrow().items();
            return replaced(12, Rlp.of(Rlp.list(change.apply(extra)).encode())).apply(items);
        };
    }

    private static List<Rlp> appended(List<Rlp> items, Bytes... values) {
        var longer = new ArrayList<>(items);
        for (var value : values) longer.add(Rlp.of(value));
        return longer;
    }
}
