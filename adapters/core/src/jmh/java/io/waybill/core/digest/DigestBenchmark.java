package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Hashes of a tree's node of two children, and of a header or a trie's branch.
@State(Scope.Benchmark)
public class DigestBenchmark {
    @Param({"65", "532"})
    public int octets;

    private Bytes message;

    @Setup
    public void make() {
        message = Bytes.of(new byte[octets]);
    }

    @Benchmark
    public Bytes32 keccak256() {
        return Digests.keccak256(message);
    }

    @Benchmark
    public Bytes32 sha256() {
        return Digests.sha256(message);
    }

    @Benchmark
    public Bytes32 sm3() {
        return Digests.sm3(message);
    }
}
