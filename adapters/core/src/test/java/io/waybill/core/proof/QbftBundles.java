package io.waybill.core.proof;

import io.waybill.core.client.qbft.Crossing;

/// Bundles of chains made here that seal as Besu does.
final class QbftBundles {
    private static final int PACKET = 4;

    private QbftBundles() {}

    static BundleVector qbft() {
        var crossing = Crossing.make();
        return new BundleVector(
                "qbft: one update, the event in the second of four receipts, packet 4 of 9",
                BundleVector.anchor(
                        "qbft",
                        "chain",
                        crossing.terms().source().name(),
                        "trustingPeriod",
                        "PT24H",
                        "maxClockDrift",
                        "PT10S",
                        "header",
                        crossing.anchorHeader().encode().toHex()),
                crossing.bundle(PACKET));
    }
}
