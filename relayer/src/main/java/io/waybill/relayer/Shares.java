package io.waybill.relayer;

import java.util.List;

/// How many lanes each member carries, so that they lie evenly: the members in ascending order, the first of them
/// one more where the lanes do not divide.
final class Shares {
    private Shares() {}

    /// @param present all members that take part, ascending, `member` among them
    static int of(String member, List<String> present, int lanes) {
        int rank = present.indexOf(member);
        if (rank < 0)
            throw new IllegalArgumentException("member: expected one of %s, got %s".formatted(present, member));
        return lanes / present.size() + (rank < lanes % present.size() ? 1 : 0);
    }
}
