package io.waybill.core.client.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One ledger info that 25 of a committee of 36 signed and that names the next committee, from the octets of the
/// update to the state believed.
@State(Scope.Benchmark)
public class ConfluxBenchmark {
    private static final int MEMBERS = 36;
    private static final int SIGNERS = 25;

    private ConfluxClient client;
    private ClientState anchored;
    private Bytes update;

    @Setup
    public void make() {
        var power = new long[MEMBERS];
        Arrays.fill(power, 1);
        var committee = Committee.of(7, power);
        var anchor = Committee.of(6, 1).info(120, committee);
        client = new ConfluxClient(ConfluxParams.of(new ChainId("conflux:1029"), anchor, 100_000_000, 1_000));
        anchored = ConfluxClient.anchor(anchor).orElseThrow();
        var info = committee.info(180, Committee.of(8, power));
        var signed = committee.sign(info, IntStream.range(0, SIGNERS).toArray());
        update = new ConfluxUpdate(120, committee.state(), signed).encode();
        confluxLedgerInfo25().orElseThrow();
    }

    @Benchmark
    public Verdict<ClientState> confluxLedgerInfo25() {
        return client.update(anchored, update, Committee.timeMs(600));
    }
}
