package io.waybill.core.fuzz;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Changes of the structure of an RLP item, at every place of it and of the strings that are RLP themselves: items
/// doubled, left out, swapped, emptied, lists in place of strings and strings in place of lists, and the same item in
/// forms that are not its canonical one.
final class RlpMutations {
    private RlpMutations() {}

    /// One changed item.
    record Mutation(String what, Bytes octets) {}

    /// None for octets that are no RLP item.
    static Stream<Mutation> of(Bytes whole) {
        return Rlp.decode(whole) instanceof Verdict.Accepted<Rlp>(var item)
                ? Stream.concat(changes(item, "", UnaryOperator.identity()), forms(item, whole))
                        .filter(mutation -> !mutation.octets().equals(whole))
                : Stream.of();
    }

    /// @param around puts a changed item back where it was
    private static Stream<Mutation> changes(Rlp item, String path, UnaryOperator<Rlp> around) {
        var here = switch (item) {
            case Rlp.Octets(var value) -> octets(value, path, around);
            case Rlp.Items(var values) -> items(values, path, around);
        };
        return Stream.concat(replaced(item).map(other -> mutation("replaced " + path, around.apply(other))), here);
    }

    private static Stream<Rlp> replaced(Rlp item) {
        return Stream.of(
                Rlp.of(Bytes.EMPTY),
                Rlp.of(Bytes.of(0)),
                Rlp.of(Bytes.of(new byte[32])),
                Rlp.list(),
                Rlp.list(item),
                Rlp.list(item, item),
                Rlp.of(item.encode()),
                Rlp.of(Bytes.concat(item.encode(), Bytes.of(0))));
    }

    private static Stream<Mutation> octets(Bytes value, String path, UnaryOperator<Rlp> around) {
        var longer = Stream.of(
                mutation("zero before " + path, around.apply(Rlp.of(Bytes.concat(Bytes.of(0), value)))),
                mutation("zero after " + path, around.apply(Rlp.of(Bytes.concat(value, Bytes.of(0))))));
        boolean list = !value.isEmpty() && value.at(0) >= 0xc0;
        if (!list || !(Rlp.decode(value) instanceof Verdict.Accepted<Rlp>(var inner))) return longer;
        return Stream.concat(longer, changes(inner, path + "*", changed -> around.apply(Rlp.of(changed.encode()))));
    }

    private static Stream<Mutation> items(List<Rlp> values, String path, UnaryOperator<Rlp> around) {
        var mutations = Stream.<Mutation>builder();
        for (int i = 0; i < values.size(); i++) {
            int at = i;
            var place = path + "/" + i;
            mutations.add(mutation("left out " + place, around.apply(with(values, list -> list.remove(at)))));
            mutations.add(mutation("doubled " + place, around.apply(with(values, list -> list.add(at, list.get(at))))));
            mutations.add(mutation("moved " + place, around.apply(with(values, list -> list.add(list.remove(at))))));
            mutations.add(mutation(
                    "first " + place, around.apply(with(values, list -> list.addFirst(list.remove(at))))));
            if (i > 0) {
                mutations.add(mutation(
                        "swapped " + place,
                        around.apply(with(values, list -> list.set(at, list.set(at - 1, list.get(at)))))));
            }
        }
        mutations.add(mutation("one more " + path, around.apply(with(values, list -> list.add(Rlp.of(Bytes.EMPTY))))));
        mutations.add(mutation("reversed " + path, around.apply(Rlp.list(values.reversed()))));
        var inside = Stream.<Stream<Mutation>>builder();
        for (int i = 0; i < values.size(); i++) {
            int at = i;
            inside.add(changes(
                    values.get(i),
                    path + "/" + i,
                    changed -> around.apply(with(values, list -> list.set(at, changed)))));
        }
        return Stream.concat(mutations.build(), inside.build().flatMap(each -> each));
    }

    private static Rlp with(List<Rlp> values, java.util.function.Consumer<List<Rlp>> change) {
        var copy = new ArrayList<>(values);
        change.accept(copy);
        return Rlp.list(copy);
    }

    private static Mutation mutation(String what, Rlp item) {
        return new Mutation(what, item.encode());
    }

    /// The item with its own length, and each of its parts, written in longer forms than need be.
    private static Stream<Mutation> forms(Rlp item, Bytes whole) {
        if (!(item instanceof Rlp.Items(var values))) return Stream.of();
        var contents = values.stream().map(Rlp::encode).toList();
        var mutations = Stream.<Mutation>builder();
        mutations.add(new Mutation("list of a length of eight octets", list(8, Bytes.concat(contents))));
        mutations.add(new Mutation("list of a length of four octets", list(4, Bytes.concat(contents))));
        mutations.add(new Mutation("the whole twice", Bytes.concat(whole, whole)));
        for (int i = 0; i < contents.size(); i++) {
            var parts = new ArrayList<>(contents);
            if (!(values.get(i) instanceof Rlp.Octets(var value))) continue;
            parts.set(i, Bytes.concat(Bytes.of(0xbb), Bytes.u32(value.size()), value));
            mutations.add(new Mutation("string of a long form /" + i, list(3, Bytes.concat(parts))));
            parts.set(i, Bytes.concat(Bytes.of(0x80 + Math.min(value.size(), 55)), value));
            mutations.add(new Mutation("string of a short form /" + i, list(3, Bytes.concat(parts))));
        }
        return mutations.build();
    }

    private static Bytes list(int width, Bytes content) {
        return Bytes.concat(Bytes.of(0xf7 + width), Bytes.u64(content.size()).slice(8 - width, 8), content);
    }
}
