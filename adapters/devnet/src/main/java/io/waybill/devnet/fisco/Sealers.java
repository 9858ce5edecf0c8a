package io.waybill.devnet.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.SigningKey;
import io.waybill.core.digest.Sm2KeyPair;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The nodes that seal blocks, with their weights, ascending by node id as headers list them.
///
/// @param suite of the chain: how they sign
record Sealers(FiscoSuite suite, List<Sealer> list) {
    Sealers {
        list = list.stream()
                .sorted(Comparator.comparing((Sealer sealer) -> sealer.key().publicKey()))
                .toList();
    }

    /// One node.
    ///
    /// @param weight its votes, ≥ 1
    record Sealer(SigningKey key, long weight) {}

    static Sealers named(FiscoSuite suite, int count) {
        var list = new ArrayList<Sealer>();
        for (int i = 1; i <= count; i++) list.add(new Sealer(key(suite, "sealer-" + i), 1));
        return new Sealers(suite, list);
    }

    /// A key of a chain's suite that anyone can derive from a name.
    static SigningKey key(FiscoSuite suite, String name) {
        return switch (suite) {
            case STANDARD -> KeyPair.named(name);
            case SM -> Sm2KeyPair.named(name);
        };
    }

    /// What a node puts into a header: of SM2 without its key.
    static Bytes seal(FiscoSuite suite, SigningKey key, Bytes32 hash) {
        var signature = key.sign(hash);
        return suite == FiscoSuite.SM ? signature.slice(0, 64) : signature;
    }

    SealerSet set() {
        return new SealerSet(
                list.stream().map(sealer -> sealer.key().publicKey()).toList(),
                list.stream().map(Sealer::weight).toList());
    }

    Optional<Sealer> of(Bytes id) {
        return list.stream()
                .filter(sealer -> sealer.key().publicKey().equals(id))
                .findFirst();
    }

    Sealers with(SigningKey key, long weight) {
        var grown = new ArrayList<>(without(key.publicKey()).list);
        grown.add(new Sealer(key, weight));
        return new Sealers(suite, grown);
    }

    Sealers without(Bytes id) {
        return new Sealers(
                suite,
                list.stream()
                        .filter(sealer -> !sealer.key().publicKey().equals(id))
                        .toList());
    }

    /// Signatures over a header's hash by as many sealers as its quorum needs, the leader's among them, ascending by
    /// index.
    List<Seal> seal(Bytes32 hash, int leader) {
        var seals = new ArrayList<Seal>();
        long weight = 0;
        for (int i = 0; i < list.size() && weight < set().quorum(); i++) {
            int index = (leader + i) % list.size();
            weight += list.get(index).weight();
            seals.add(new Seal(index, seal(suite, list.get(index).key(), hash)));
        }
        seals.sort(Comparator.comparingLong(Seal::index));
        return seals;
    }
}
