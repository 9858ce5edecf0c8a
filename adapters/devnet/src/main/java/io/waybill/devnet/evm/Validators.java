package io.waybill.devnet.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.digest.KeyPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The keys that seal blocks, ascending by address as headers list them.
record Validators(List<KeyPair> keys) {
    Validators {
        keys = keys.stream().sorted(Comparator.comparing(KeyPair::address)).toList();
    }

    static Validators named(int count) {
        var keys = new ArrayList<KeyPair>();
        for (int i = 1; i <= count; i++) keys.add(KeyPair.named("validator-" + i));
        return new Validators(keys);
    }

    List<Address> addresses() {
        return keys.stream().map(KeyPair::address).toList();
    }

    Address proposer(long number) {
        return keys.get((int) (number % keys.size())).address();
    }

    Validators with(KeyPair newcomer) {
        var grown = new ArrayList<>(keys);
        grown.add(newcomer);
        return new Validators(grown);
    }

    Validators without(Address leaver) {
        return new Validators(
                keys.stream().filter(key -> !key.address().equals(leaver)).toList());
    }

    /// The header with as many seals as Besu stores: a quorum, no more, starting with the proposer's.
    QbftHeader seal(QbftHeader header) {
        int quorum = (2 * keys.size() + 2) / 3;
        var digest = header.sealDigest();
        var seals = new ArrayList<Bytes>();
        for (int i = 0; i < quorum; i++) {
            seals.add(keys.get((int) ((header.number() + i) % keys.size())).sign(digest));
        }
        return header.withSeals(seals);
    }

    /// The header with one of its seals made by a key that is no validator.
    static QbftHeader forge(QbftHeader header) {
        var seals = new ArrayList<>(header.extra().seals());
        seals.set(0, KeyPair.named("stranger").sign(header.sealDigest()));
        return header.withSeals(seals);
    }

    /// Another block of the same height, sealed as well: what validators who equivocate would make.
    QbftHeader equivocate(QbftHeader header, Bytes32 receiptsRoot) {
        return seal(new QbftHeader(
                header.kind(),
                header.parentHash(),
                header.proposer(),
                header.stateRoot(),
                header.transactionsRoot(),
                receiptsRoot,
                header.bloom(),
                header.number(),
                header.gasLimit(),
                header.gasUsed(),
                header.timestamp(),
                header.extra(),
                header.forkFields()));
    }
}
