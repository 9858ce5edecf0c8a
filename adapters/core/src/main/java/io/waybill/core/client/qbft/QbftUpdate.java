package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A header update in its wire form, `RLP [ trustedHeight, trustedValidators, header ]`. Where a contract names
/// the validators, a fourth item proves them: `RLP [ trustedHeight, trustedValidators, header, contractProof ]`
/// with the form of [ContractProof]; a client of the one mode reads no update of the other.
///
/// @param trustedHeight     a height the client holds, from which the header is judged
/// @param trustedValidators the set that sealed the trusted header, or empty when the new header's is the same
/// @param header            with full extraData
/// @param proof             who seals the header, or null where it lists them
public record QbftUpdate(
        long trustedHeight,
        List<Address> trustedValidators,
        QbftHeader header,
        @Nullable ContractProof proof) {
    public QbftUpdate {
        trustedValidators = List.copyOf(trustedValidators);
    }

    /// An update with a header that lists its validators.
    public QbftUpdate(long trustedHeight, List<Address> trustedValidators, QbftHeader header) {
        this(trustedHeight, trustedValidators, header, null);
    }

    /// The update that leads a client from one header to another, both listing their validators.
    public static QbftUpdate between(QbftHeader trusted, QbftHeader header) {
        boolean same = trusted.validators().equals(header.validators());
        return new QbftUpdate(trusted.number(), same ? List.of() : trusted.validators(), header);
    }

    public Bytes encode() {
        return item().encode();
    }

    Rlp item() {
        var items = new ArrayList<Rlp>(List.of(
                Rlp.of(trustedHeight),
                Rlp.list(trustedValidators, validator -> Rlp.of(validator.value())),
                header.item()));
        if (proof != null) items.add(proof.item());
        return Rlp.list(items);
    }

    /// Reads the wire form; total.
    ///
    /// @param kind of the client: QBFT, IBFT2 or QBFT_CONTRACT
    public static Verdict<QbftUpdate> decode(ClientKind kind, Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, item -> read(kind, item));
    }

    /// Reads an update out of a decoded item.
    static Verdict<QbftUpdate> read(ClientKind kind, Rlp item) {
        boolean proven = kind == ClientKind.QBFT_CONTRACT;
        var items = item.items();
        if (items.size() != (proven ? 4 : 3)) return malformed("items");
        long trustedHeight = items.get(0).number();
        if (trustedHeight < 0) return malformed("trustedHeight");
        var trusted = new ArrayList<Address>();
        if (items.get(1).items().size() > BftExtra.MOST) return malformed("trustedValidators");
        for (var validator : items.get(1).items()) {
            if (validator.octets().size() != 20) return malformed("trustedValidators");
            trusted.add(new Address(validator.octets()));
        }
        var decoded = QbftHeader.decode(proven ? ClientKind.QBFT : kind, items.get(2));
        if (!proven) return decoded.map(header -> new QbftUpdate(trustedHeight, trusted, header));
        return decoded.then(header ->
                ContractProof.read(items.get(3)).map(proof -> new QbftUpdate(trustedHeight, trusted, header, proof)));
    }

    private static Verdict<QbftUpdate> malformed(String what) {
        return Verdict.reject(new MalformedUpdate(what));
    }
}
