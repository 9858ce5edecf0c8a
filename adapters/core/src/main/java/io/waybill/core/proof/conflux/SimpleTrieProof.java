package io.waybill.core.proof.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ConfluxRejection.MalformedTrieProof;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;

/// The proof that a value lies in a simple trie, `RLP [ [step...], leafPath ]`, a step `[ path, nibble,
/// [sibling...] ]`. Paths are nibbles, one an octet; siblings are the fifteen other children in their order, no
/// octets for an absent one.
///
/// Nothing that can be computed is shown, so no octet is free: the root is computed from the value upwards, and the
/// nibbles make up the key. A key has an even number of nibbles, so that an odd number of them says that the first
/// one, a zero shared by all keys, was dropped.
///
/// @param steps    from the root down
/// @param leafPath what is left of the key below the last step
public record SimpleTrieProof(List<Step> steps, Bytes leafPath) {
    /// The longest key: indices below 2^32.
    private static final int MOST_NIBBLES = 8;

    public SimpleTrieProof {
        steps = List.copyOf(steps);
    }

    /// One branch on the way to the value.
    ///
    /// @param path     nibbles that all keys below share
    /// @param nibble   of the key, which picks the child, 0 to 15
    /// @param siblings the other children, [SimpleNode#NONE] for those that are absent
    public record Step(Bytes path, int nibble, List<Bytes32> siblings) {
        public Step {
            siblings = List.copyOf(siblings);
        }

        private Rlp item() {
            return Rlp.list(
                    Rlp.of(path),
                    Rlp.of(nibble),
                    Rlp.list(siblings, hash -> Rlp.of(hash.equals(SimpleNode.NONE) ? Bytes.EMPTY : hash.value())));
        }

        private List<Bytes32> around(Bytes32 child) {
            var children = new ArrayList<>(siblings);
            children.add(nibble, child);
            return children;
        }
    }

    private int nibbles() {
        return steps.stream().mapToInt(step -> step.path.size() + 1).sum() + leafPath.size();
    }

    /// The root of the trie that holds the value at [#index()].
    public Bytes32 root(Bytes value) {
        int at = nibbles() + nibbles() % 2 - leafPath.size();
        var hash = SimpleNode.leaf(leafPath, at, value);
        for (var step : steps.reversed()) {
            at -= step.path.size() + 1;
            hash = SimpleNode.branch(step.path, at, step.around(hash));
        }
        return hash;
    }

    /// The value's index in the list, which the nibbles of its key make.
    public long index() {
        long index = 0;
        for (var step : steps) {
            for (int i = 0; i < step.path.size(); i++) index = (index << 4) | step.path.at(i);
            index = (index << 4) | step.nibble;
        }
        for (int i = 0; i < leafPath.size(); i++) index = (index << 4) | leafPath.at(i);
        return index;
    }

    Rlp item() {
        return Rlp.list(Rlp.list(steps, Step::item), Rlp.of(leafPath));
    }

    static Verdict<SimpleTrieProof> read(Rlp item) {
        var items = item.items();
        if (items.size() != 2) return malformed("items");
        var steps = new ArrayList<Step>();
        if (items.get(0).items().size() > MOST_NIBBLES) return malformed("length");
        for (var step : items.get(0).items()) {
            switch (step(step)) {
                case Verdict.Rejected<Step>(var reason) -> {
                    return reject(reason);
                }
                case Verdict.Accepted<Step>(var read) -> steps.add(read);
            }
        }
        var leafPath = items.get(1).octets();
        return isPath(leafPath) ? shaped(new SimpleTrieProof(steps, leafPath)) : malformed("path");
    }

    private static Verdict<SimpleTrieProof> shaped(SimpleTrieProof proof) {
        int nibbles = proof.nibbles();
        if (nibbles < 1 || nibbles > MOST_NIBBLES) return malformed("length");
        boolean whole = nibbles % 2 == 0;
        boolean rootForks =
                !proof.steps.isEmpty() && proof.steps.getFirst().path.isEmpty();
        return whole && !rootForks ? malformed("root") : accept(proof);
    }

    private static Verdict<Step> step(Rlp item) {
        var items = item.items();
        if (items.size() != 3) return malformed("step");
        var path = items.get(0).octets();
        if (!isPath(path)) return malformed("path");
        long nibble = items.get(1).number();
        if (nibble < 0 || nibble > 15) return malformed("nibble");
        var siblings = new ArrayList<Bytes32>();
        for (var sibling : items.get(2).items()) {
            var octets = sibling.octets();
            if (!octets.isEmpty() && octets.size() != 32) return malformed("siblings");
            var hash = octets.isEmpty() ? SimpleNode.NONE : new Bytes32(octets);
            if (!octets.isEmpty() && hash.equals(SimpleNode.NONE)) return malformed("siblings");
            siblings.add(hash);
        }
        boolean forks = siblings.size() == 15 && siblings.stream().anyMatch(hash -> !hash.equals(SimpleNode.NONE));
        return forks ? accept(new Step(path, (int) nibble, siblings)) : malformed("siblings");
    }

    private static boolean isPath(Bytes nibbles) {
        if (nibbles.size() > MOST_NIBBLES) return false;
        for (int i = 0; i < nibbles.size(); i++) {
            if (nibbles.at(i) > 15) return false;
        }
        return true;
    }

    private static <T> Verdict<T> malformed(String part) {
        return reject(new MalformedTrieProof(part));
    }
}
