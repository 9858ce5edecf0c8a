package io.waybill.gateway.bundle;

import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import java.util.Map;
import java.util.Set;

/// What the anchor file of one kind of client holds beside `format`, `kind`, `chain`, `trustingPeriod` and
/// `maxClockDrift`, which every one has.
///
/// @param <A> the kind's anchors
interface AnchorForm<A extends Anchor> {
    /// The names of the properties, in the order they are written.
    Set<String> properties();

    /// Reads the properties.
    ///
    /// @throws FormatException          if one is not as it should be
    /// @throws IllegalArgumentException if a client cannot be made of them
    A read(ClientKind kind, Reader file) throws FormatException;

    /// The values of the properties, as JSON has them.
    Map<String, Object> write(A anchor);

    /// What a verifier made of a property's octets.
    static <T> T accepted(Reader file, String property, Verdict<T> verdict) throws FormatException {
        return switch (verdict) {
            case Verdict.Accepted<T>(var value) -> value;
            case Verdict.Rejected<T>(var reason) ->
                throw file.refuse(property, "what a client can trust (%s)".formatted(reason.explain()));
        };
    }
}
