package io.waybill.core.proof;

import io.waybill.core.SharedVectors;
import io.waybill.core.client.beacon.BeaconBundles;
import io.waybill.core.client.committee.CommitteeBundles;
import io.waybill.core.client.conflux.ConfluxBundles;
import io.waybill.core.client.fisco.FiscoBundles;
import io.waybill.core.client.fisco2.Fisco2Bundles;
import io.waybill.core.client.qbft.QbftBundles;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundleVectorsTest {
    private static List<BundleVector> all() {
        return Stream.of(
                        QbftBundles.all(),
                        FiscoBundles.all(),
                        Fisco2Bundles.all(),
                        ConfluxBundles.all(),
                        BeaconBundles.all(),
                        CommitteeBundles.all())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void bundlesAreAsWrittenDown() {
        SharedVectors.agree(
                "bundles.json", all().stream().map(BundleVector::json).toList());
    }
}
