package io.waybill.core.client.qbft;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One header of a QBFT chain, sealed by a quorum, from the octets of the update to the state believed.
@State(Scope.Benchmark)
public class QbftBenchmark {
    @Param({"4", "21"})
    public int validators;

    private QbftClient client;
    private ClientState anchored;
    private Bytes update;
    private long nowMs;

    @Setup
    public void make() {
        var chain = SealedChain.of(validators);
        var anchor = chain.sealed(10);
        client = QbftClient.of(new ChainId("eip155:1337"), anchor, 86_400_000, 10_000);
        anchored = QbftClient.anchor(anchor).orElseThrow();
        update = QbftUpdate.between(anchor, chain.sealed(11)).encode();
        nowMs = SealedChain.ms(11);
        qbftHeader().orElseThrow();
    }

    @Benchmark
    public Verdict<ClientState> qbftHeader() {
        return client.update(anchored, update, nowMs);
    }
}
