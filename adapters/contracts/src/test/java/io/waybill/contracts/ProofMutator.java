package io.waybill.contracts;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;
import io.waybill.fuzz.Mutator;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Changes proofs at random, the same way for the same generator: half of the time their octets, half of the time
/// the items they are made of, so that what comes out is canonical and the rules behind the grammar are reached.
final class ProofMutator {
    private final RandomGenerator random;
    private final Mutator octets;

    ProofMutator(RandomGenerator random) {
        this.random = random;
        this.octets = new Mutator(random);
    }

    /// @param proof  what is changed
    /// @param others of the same kind; parts of them replace parts of it
    Bytes next(Bytes proof, List<Bytes> others) {
        if (random.nextInt(3) == 0) return Bytes.of(octets.next(List.of(proof.toArray())));
        if (!(Rlp.decode(proof) instanceof Verdict.Accepted<Rlp>(var item))) return proof;
        var pool = new ArrayList<Rlp>();
        var other = Rlp.decode(others.get(random.nextInt(others.size())));
        collect(other instanceof Verdict.Accepted<Rlp>(var read) ? read : item, pool);
        for (int left = 1 + random.nextInt(2); left > 0; left--) {
            item = changed(item, random.nextInt(count(item)), pool);
        }
        return item.encode();
    }

    private static void collect(Rlp item, List<Rlp> into) {
        into.add(item);
        if (item instanceof Rlp.Items(var values)) values.forEach(value -> collect(value, into));
    }

    private static int count(Rlp item) {
        return item instanceof Rlp.Items(var values)
                ? 1 + values.stream().mapToInt(ProofMutator::count).sum()
                : 1;
    }

    /// The item with the one at a place, counted in the order of the encoding, changed.
    private Rlp changed(Rlp item, int place, List<Rlp> pool) {
        if (!(item instanceof Rlp.Items(var values))) return leaf(item.octets(), pool);
        if (place == 0) return list(values, pool);
        var copy = new ArrayList<>(values);
        int at = place - 1;
        for (int i = 0; i < copy.size(); i++) {
            int inside = count(copy.get(i));
            if (at < inside) {
                copy.set(i, changed(copy.get(i), at, pool));
                break;
            }
            at -= inside;
        }
        return Rlp.list(copy);
    }

    private Rlp list(List<Rlp> values, List<Rlp> pool) {
        var copy = new ArrayList<>(values);
        int at = copy.isEmpty() ? 0 : random.nextInt(copy.size());
        switch (random.nextInt(5)) {
            case 0 -> copy.add(at, pool.get(random.nextInt(pool.size())));
            case 1 -> {
                if (!copy.isEmpty()) copy.remove(at);
            }
            case 2 -> {
                if (!copy.isEmpty()) copy.add(at, copy.get(at));
            }
            case 3 -> {
                if (!copy.isEmpty()) copy.set(at, pool.get(random.nextInt(pool.size())));
            }
            default -> {
                if (copy.size() > 1) copy.add(copy.remove(at));
            }
        }
        return Rlp.list(copy);
    }

    private Rlp leaf(Bytes value, List<Rlp> pool) {
        return switch (random.nextInt(6)) {
            case 0 -> pool.get(random.nextInt(pool.size()));
            case 1 -> Rlp.of(Bytes.EMPTY);
            case 2 -> Rlp.of(Bytes.of(new byte[value.size()]));
            case 3 -> Rlp.of(Bytes.concat(value, Bytes.of(new byte[] {(byte) random.nextInt(256)})));
            default -> Rlp.of(oneBit(value));
        };
    }

    private Bytes oneBit(Bytes value) {
        if (value.isEmpty()) return Bytes.of(new byte[] {1});
        var copy = value.toArray();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return Bytes.of(copy);
    }
}
