package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.QbftRejection.NotMisbehaviour;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.Rlp;

/// Two headers of one height and two on-chain hashes, rule R6.6, as two header updates: `RLP [ update, update
/// ]`. For a height of which the client holds no header; where it holds one, an update with the other is
/// enough.
///
/// @param one   an update that must be good
/// @param other another, of the same height
public record QbftMisbehaviour(QbftUpdate one, QbftUpdate other) {
    public Bytes encode() {
        return Rlp.list(one.item(), other.item()).encode();
    }

    /// Reads the wire form; total.
    public static Verdict<QbftMisbehaviour> decode(ClientKind kind, Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, item -> read(kind, item));
    }

    static Verdict<QbftMisbehaviour> read(ClientKind kind, Rlp item) {
        var items = item.items();
        if (items.size() != 2) return reject(new MalformedUpdate("items"));
        return QbftUpdate.read(kind, items.get(0))
                .then(one -> QbftUpdate.read(kind, items.get(1)).map(other -> new QbftMisbehaviour(one, other)));
    }

    /// Whether the headers are two of one height; whether they are good is the client's to judge.
    Verdict<QbftMisbehaviour> conflicting() {
        var first = one.header();
        var second = other.header();
        return first.number() == second.number() && !first.hash().equals(second.hash())
                ? accept(this)
                : reject(new NotMisbehaviour(first.number(), second.number()));
    }
}
