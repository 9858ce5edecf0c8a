package io.waybill.core.client.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.digest.Sm2;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One header of a FISCO BCOS 3.x chain, sealed by a quorum and corroborated by two of three watchers, from the
/// octets of the update to the state believed.
@State(Scope.Benchmark)
public class FiscoBenchmark {
    @Param({"STANDARD", "SM"})
    public FiscoSuite suite = FiscoSuite.STANDARD;

    @Param({"4", "21"})
    public int sealers;

    private FiscoClient client;
    private ClientState anchored;
    private Bytes update;

    @Setup
    public void make() {
        var byId = new TreeMap<Bytes, Bytes32>();
        for (int i = 0; i < sealers; i++) {
            var secret = Digests.sha256(Bytes.utf8("sealer " + i));
            byId.put(suite == FiscoSuite.SM ? Sm2.publicKey(secret) : Secp256k1.publicKey(secret), secret);
        }
        var secrets = List.copyOf(byId.values());
        var set = new SealerSet(List.copyOf(byId.keySet()), Collections.nCopies(sealers, 1L));
        var watchers = IntStream.range(0, 3)
                .mapToObj(i -> KeyPair.named("watcher " + i))
                .sorted(Comparator.comparing(KeyPair::address))
                .toList();
        var anchor = Ledger.anchor(set);
        client = client(anchor, watchers);
        anchored = client.anchored();
        var header = Ledger.header(anchor.number() + 1, anchor.hash(suite), set, anchor.timeMs() + 1000);
        var seals = IntStream.range(0, sealers - (sealers - 1) / 3)
                .mapToObj(i -> new Seal(i, seal(secrets.get(i), header.hash(suite))))
                .toList();
        var digest = WatcherDigest.of(client.params().verifier(), header.number(), header.hash(suite));
        var corroborating = watchers.stream().limit(2).map(each -> each.sign(digest)).toList();
        update = FiscoUpdate.of(set, List.of(header), seals, corroborating).encode();
        fiscoHeader().orElseThrow();
    }

    private FiscoClient client(FiscoHeader anchor, List<KeyPair> watchers) {
        var addresses = watchers.stream().map(KeyPair::address).toList();
        return new FiscoClient(new FiscoParams(
                Ledger.CHAIN,
                suite == FiscoSuite.SM ? ClientKind.FISCO_SM : ClientKind.FISCO,
                Ledger.VERIFYING,
                Ledger.CONTRACT,
                new Watchers(addresses, Set.of(addresses.getFirst())),
                Ledger.FLOOR,
                Ledger.PERIOD_MS,
                Ledger.DRIFT_MS,
                new FiscoAnchor(anchor)));
    }

    private Bytes seal(Bytes32 secret, Bytes32 hash) {
        return suite == FiscoSuite.SM ? Sm2.sign(secret, hash.value()) : Secp256k1.sign(secret, hash);
    }

    @Benchmark
    public Verdict<ClientState> fiscoHeader() {
        return client.update(anchored, update, Ledger.START_MS + 2000);
    }
}
