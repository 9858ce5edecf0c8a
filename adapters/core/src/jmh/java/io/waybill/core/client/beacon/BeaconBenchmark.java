package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.core.digest.Bls.Scheme;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import supranational.blst.P1;
import supranational.blst.P2;
import supranational.blst.SecretKey;

/// One update of a chain of Ethereum's mainnet sizes at Electra, signed by 500 of 512, from its octets to the state
/// believed; the committee's keys are read already. With the next committee it is an update of a period, else one of
/// finality.
@State(Scope.Benchmark)
public class BeaconBenchmark {
    private static final int SIGNING = 500;

    @Param({"false", "true"})
    public boolean nextCommittee;

    private BeaconChain chain;
    private Follower follower;
    private Bytes update;
    private long nowMs;

    @Setup
    public void make() {
        chain = new BeaconChain(
                Preset.MAINNET,
                BeaconVectors.minimalForks(0, 0, 0, 0, 0),
                SyntheticBeacon.CHAIN.genesisValidatorsRoot(),
                SyntheticBeacon.CHAIN.genesisTime(),
                SyntheticBeacon.CHAIN.slotMs());
        var secrets = secrets(0);
        follower = new Follower(chain, SyntheticBeacon.bootstrap(97, committee(secrets)));
        var made = update(secrets);
        update = follower.shown(made).encode();
        nowMs = follower.time(made);
        beaconUpdate512().orElseThrow();
    }

    private LightClientUpdate update(List<SecretKey> secrets) {
        var next = committee(secrets(1));
        var finalised = SyntheticBeacon.finalised(100);
        var state = SyntheticBeacon.state(Fork.ELECTRA, finalised.beacon().root(), next);
        var attested = SyntheticBeacon.header(150, state.root());
        var message = chain.signingRoot(attested.beacon(), 151).orElseThrow().value();
        var signature = new P2();
        for (var secret : secrets.subList(0, SIGNING)) {
            signature.add(new P2()
                    .hash_to(message.toArray(), Scheme.ETHEREUM.tag(), new byte[0])
                    .sign_with(secret));
        }
        var bits = new byte[Preset.MAINNET.committeeSize() / 8];
        for (int i = 0; i < SIGNING; i++) bits[i / 8] |= (byte) (1 << i % 8);
        return new LightClientUpdate(
                attested,
                new InState<>(finalised, state.branch(Fork.ELECTRA.finalizedRoot())),
                nextCommittee ? new InState<>(next, state.branch(Fork.ELECTRA.nextCommittee())) : null,
                new SyncAggregate(Bytes.of(bits), Bytes.of(signature.compress())),
                151);
    }

    private static List<SecretKey> secrets(int period) {
        return IntStream.range(0, Preset.MAINNET.committeeSize())
                .mapToObj(i -> {
                    var secret = new SecretKey();
                    secret.keygen(Bytes.concat(Bytes.of(new byte[24]), Bytes.u32(period), Bytes.u32(i))
                            .toArray());
                    return secret;
                })
                .toList();
    }

    private static SyncCommittee committee(List<SecretKey> secrets) {
        var keys = new ArrayList<Bytes>();
        var sum = new P1();
        for (var secret : secrets) {
            var key = new P1(secret);
            keys.add(Bytes.of(key.compress()));
            sum.add(key);
        }
        keys.add(Bytes.of(sum.compress()));
        return new SyncCommittee(Bytes.concat(keys));
    }

    @Benchmark
    public Verdict<ClientState> beaconUpdate512() {
        return follower.client.update(follower.state, update, nowMs);
    }
}
