package io.waybill.core.digest;

import io.waybill.core.Bytes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A signature over a block hash.
@State(Scope.Benchmark)
public class Sm2Benchmark {
    private Bytes key;
    private Bytes message;
    private Bytes signature;

    @Setup
    public void make() {
        var secret = Digests.sha256(Bytes.utf8("secret"));
        key = Sm2.publicKey(secret);
        message = Digests.sm3(Bytes.utf8("block")).value();
        signature = Sm2.sign(secret, message);
    }

    @Benchmark
    public boolean sm2Verify() {
        return Sm2.verify(key, message, signature);
    }
}
