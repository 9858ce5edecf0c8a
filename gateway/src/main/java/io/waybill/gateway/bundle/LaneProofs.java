package io.waybill.gateway.bundle;

import io.waybill.core.Bytes;
import io.waybill.core.LaneId;
import io.waybill.core.proof.ProofBundle;
import io.waybill.gateway.http.Proofs;
import io.waybill.gateway.store.StoredAttestation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The proofs of the API: each lane's builder makes its own.
public final class LaneProofs implements Proofs {
    private final Map<LaneId, BundleBuilder> builders;

    public LaneProofs(List<BundleBuilder> builders) {
        this.builders = builders.stream()
                .collect(Collectors.toUnmodifiableMap(builder -> builder.lane().id(), Function.identity()));
    }

    @Override
    public Proof proof(StoredAttestation attestation) throws NotYet {
        var builder = builders.get(attestation.lane());
        var index = attestation.index();
        if (builder == null) throw new NotYet("a lane that this gateway has no anchor for");
        if (index == null) throw new NotYet("an attestation that is not on its chain");
        return new BundleProof(builder.build(index));
    }

    private record BundleProof(ProofBundle bundle) implements Proof {
        @Override
        public Object json() {
            return BundleJson.write(bundle);
        }

        @Override
        public Bytes cbor() {
            return BundleCbor.write(bundle);
        }
    }
}
