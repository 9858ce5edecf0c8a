package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A signer recovered, by native code and by Java.
@State(Scope.Benchmark)
public class Secp256k1Benchmark {
    private Bytes32 digest;
    private Bytes signature;
    private Secp256k1Library fast;

    @Setup
    public void make() {
        digest = Digests.sha256(Bytes.utf8("digest"));
        signature = Secp256k1.sign(Digests.sha256(Bytes.utf8("secret")), digest);
        fast = Secp256k1.NATIVE.orElseThrow();
    }

    @Benchmark
    public Optional<Bytes> secp256k1RecoverNative() {
        return Secp256k1.recover(fast, digest, signature);
    }

    @Benchmark
    public Optional<Bytes> secp256k1RecoverJava() {
        return Secp256k1.recover(Secp256k1.JAVA, digest, signature);
    }
}
