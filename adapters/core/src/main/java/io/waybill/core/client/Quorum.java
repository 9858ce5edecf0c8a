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

    /// The weight that PBFT as FISCO BCOS counts it needs: `total − ⌊(total−1)/3⌋`. Not the same as [#bft(int)]: a
    /// committee of 3 needs 3 here and 2 there.
    ///
    /// @param total the weight of the whole set, ≥ 1
    public static long pbft(long total) {
        return total - (total - 1) / 3;
    }
}
