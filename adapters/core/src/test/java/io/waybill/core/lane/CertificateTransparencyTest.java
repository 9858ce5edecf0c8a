package io.waybill.core.lane;

import static io.waybill.core.Verdict.accept;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The lane log against the reference vectors of Certificate Transparency.
class CertificateTransparencyTest {
    private static final LaneId LANE = new LaneId(Bytes32.ZERO);
    private static final JsonNode VECTORS = vectors();
    private static final List<Bytes> LEAVES = VECTORS.get("leaves")
            .valueStream()
            .map(leaf -> Bytes.hex(leaf.asString()))
            .toList();
    private static final List<Bytes32> ROOTS = hashes(VECTORS.get("roots"));

    private static JsonNode vectors() {
        InputStream in = Objects.requireNonNull(CertificateTransparencyTest.class.getResourceAsStream(
                "/vectors/certificate-transparency/rfc6962.json"));
        return JsonMapper.builder().build().readTree(in);
    }

    private static List<Bytes32> hashes(JsonNode hashes) {
        return hashes.valueStream().map(hash -> Bytes32.hex(hash.asString())).toList();
    }

    private static Checkpoint checkpoint(int size) {
        return new Checkpoint(LANE, size, ROOTS.get(size - 1));
    }

    @Test
    void rootsAreTheReferenceRoots() {
        for (int size = 1; size <= LEAVES.size(); size++) {
            assertThat(LaneLog.of(LEAVES.subList(0, size)).root()).isEqualTo(ROOTS.get(size - 1));
            assertThat(LaneLog.of(LEAVES).root(size)).isEqualTo(ROOTS.get(size - 1));
        }
    }

    @Test
    void aRangeOfOneIsTheReferenceInclusionProof() {
        for (var vector : VECTORS.get("inclusion")) {
            int leaf = vector.get("leaf").asInt();
            int size = vector.get("size").asInt();
            var proof = hashes(vector.get("proof"));
            assertThat(LaneLog.of(LEAVES).rangeProof(leaf, leaf + 1, size)).isEqualTo(proof);
            var leaves = List.of(LEAVES.get(leaf));
            assertThat(RangeProof.verify(checkpoint(size), leaf, leaves, proof)).isEqualTo(accept(leaves));
        }
    }

    @Test
    void consistencyProofsAreTheReferenceProofs() {
        for (var vector : VECTORS.get("consistency")) {
            int earlier = vector.get("earlier").asInt();
            int later = vector.get("later").asInt();
            var proof = hashes(vector.get("proof"));
            assertThat(LaneLog.of(LEAVES).consistencyProof(earlier, later)).isEqualTo(proof);
            assertThat(ConsistencyProof.verify(checkpoint(earlier), checkpoint(later), proof))
                    .isEqualTo(accept(checkpoint(later)));
        }
    }
}
