package io.waybill.core.client;

/// How many must agree, as each kind of consensus counts it.
public final class Quorum {
    private Quorum() {}

    /// The seals that make a QBFT or IBFT 2.0 block final: `⌈2n/3⌉`.
    ///
    /// @param n validators in the set, n ≥ 1
    public static int bft(int n) {
        return (2 * n + 2) / 3;
    }

    /// Enough validators that an honest one is among them while fewer than a third are faulty: `⌊n/3⌋ + 1`.
    ///
    /// @param n validators in the set, n ≥ 1
    public static int oneHonest(int n) {
        return n / 3 + 1;
    }

    /// The seals of the old set that vouch for its child's set of one member more or less, rule R6.4:
    /// `max(⌊n/3⌋ + 1, ⌈2m/3⌉ − added)`.
    ///
    /// @param n     validators in the old set, n ≥ 1
    /// @param m     validators in the new set, m ≥ 1
    /// @param added members of the new set that are not in the old one, 0 or 1
    public static int adjacent(int n, int m, int added) {
        return Math.max(oneHonest(n), bft(m) - added);
    }

    /// The weight that PBFT as FISCO BCOS counts it needs: `total − ⌊(total−1)/3⌋`. Not the same as [#bft(int)]: a
    /// committee of 3 needs 3 here and 2 there.
    ///
    /// @param total the weight of the whole set, ≥ 1
    public static long pbft(long total) {
        return total - (total - 1) / 3;
    }
}
