package io.waybill.core.lane;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A thousand packets of 512 octets in the middle of a lane log of 10 000.
@State(Scope.Benchmark)
public class RangeProofBenchmark {
    private static final int SIZE = 10_000;
    private static final int FIRST = 4_321;
    private static final int PACKETS = 1_000;

    private Checkpoint checkpoint;
    private List<Bytes> packets;
    private List<Bytes32> proof;

    @Setup
    public void make() {
        var leaves = IntStream.range(0, SIZE).mapToObj(RangeProofBenchmark::packet).toList();
        var log = LaneLog.of(leaves);
        checkpoint = log.checkpoint(new LaneId(Digests.sha256(Bytes.utf8("lane"))), SIZE);
        packets = leaves.subList(FIRST, FIRST + PACKETS);
        proof = log.rangeProof(FIRST, FIRST + PACKETS, SIZE);
        rangeProof1000().orElseThrow();
    }

    private static Bytes packet(int index) {
        return Bytes.concat(Bytes.u64(index), Bytes.of(new byte[504]));
    }

    @Benchmark
    public Verdict<List<Bytes>> rangeProof1000() {
        return RangeProof.verify(checkpoint, FIRST, packets, proof);
    }
}
