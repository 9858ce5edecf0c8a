package io.waybill.core.proof;

import io.waybill.core.SharedVectors;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleVectorsTest {
    private static List<BundleVector> all() {
        return List.of(QbftBundles.qbft());
    }

    @Test
    void bundlesAreAsWrittenDown() {
        SharedVectors.agree(
                "bundles.json", all().stream().map(BundleVector::json).toList());
    }
}
