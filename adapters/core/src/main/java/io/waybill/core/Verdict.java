package io.waybill.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a verifier answers: a value it accepts, or the one reason why it refuses.
public sealed interface Verdict<T> {
    record Accepted<T>(T value) implements Verdict<T> {}

    record Rejected<T>(Rejection reason) implements Verdict<T> {}

    static <T> Verdict<T> accept(T value) {
        return new Accepted<>(value);
    }

    static <T> Verdict<T> reject(Rejection reason) {
        return new Rejected<>(reason);
    }

    /// Reads every item, in order; the first refusal is the answer.
    static <T, R> Verdict<List<R>> each(List<T> items, Function<? super T, Verdict<R>> reader) {
        var values = new ArrayList<R>();
        for (var item : items) {
            switch (reader.apply(item)) {
                case Accepted<R>(var value) -> values.add(value);
                case Rejected<R>(var reason) -> {
                    return reject(reason);
                }
            }
        }
        return accept(List.copyOf(values));
    }

    default <R> Verdict<R> then(Function<? super T, Verdict<R>> next) {
        return switch (this) {
            case Accepted<T>(var value) -> next.apply(value);
            case Rejected<T>(var reason) -> reject(reason);
        };
    }

    default <R> Verdict<R> map(Function<? super T, ? extends R> change) {
        return then(value -> accept(change.apply(value)));
    }

    default boolean isAccepted() {
        return this instanceof Accepted<T>;
    }

    /// The accepted value, for a caller who has already seen that there is one.
    ///
    /// @throws IllegalStateException if this is a refusal; its message explains the reason
    default T orElseThrow() {
        return switch (this) {
            case Accepted<T>(var value) -> value;
            case Rejected<T>(var reason) -> throw new IllegalStateException(reason.explain());
        };
    }
}
