package io.waybill.gateway.store;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in the order of all changes, for readers that follow them. Written as `transaction.change`.
///
/// @param transaction PostgreSQL's number of the transaction that made the change
/// @param number      increases with each change
public record Change(long transaction, long number) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

    /// Before all changes.
    public static final Change NONE = new Change(0, 0);

    /// Reads what [#toString] writes, or nothing.
    public static @Nullable Change parse(String text) {
        var parts = TEXT.matcher(text);
        return parts.matches() ? new Change(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))) : null;
    }

    @Override
    public String toString() {
        return transaction + "." + number;
    }
}
