package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;

/// A header update in its wire form, `RLP [ trustedHeight, trustedValidators, header ]`.
///
/// @param trustedHeight     a height the client holds, from which the header is judged
/// @param trustedValidators the set that the trusted header lists, or empty when the new header lists the same
/// @param header            with full extraData
public record QbftUpdate(long trustedHeight, List<Address> trustedValidators, QbftHeader header) {
    public QbftUpdate {
        trustedValidators = List.copyOf(trustedValidators);
    }

    /// The update that leads a client from one header to another.
    public static QbftUpdate between(QbftHeader trusted, QbftHeader header) {
        boolean same = trusted.validators().equals(header.validators());
        return new QbftUpdate(trusted.number(), same ? List.of() : trusted.validators(), header);
    }

    public Bytes encode() {
        return Rlp.list(
                        Rlp.of(trustedHeight),
                        Rlp.list(trustedValidators, validator -> Rlp.of(validator.value())),
                        header.item())
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<QbftUpdate> decode(ClientKind kind, Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, item -> read(kind, item));
    }

    private static Verdict<QbftUpdate> read(ClientKind kind, Rlp item) {
        var items = item.items();
        if (items.size() != 3) return malformed("items");
        long trustedHeight = items.get(0).number();
        if (trustedHeight < 0) return malformed("trustedHeight");
        var trusted = new ArrayList<Address>();
        if (items.get(1).items().size() > BftExtra.MOST) return malformed("trustedValidators");
        for (var validator : items.get(1).items()) {
            if (validator.octets().size() != 20) return malformed("trustedValidators");
            trusted.add(new Address(validator.octets()));
        }
        return QbftHeader.decode(kind, items.get(2)).map(header -> new QbftUpdate(trustedHeight, trusted, header));
    }

    private static Verdict<QbftUpdate> malformed(String what) {
        return Verdict.reject(new MalformedUpdate(what));
    }
}
