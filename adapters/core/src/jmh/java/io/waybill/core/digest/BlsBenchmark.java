package io.waybill.core.digest;

import io.waybill.core.Bytes;
import io.waybill.core.digest.Bls.Scheme;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import supranational.blst.P1;
import supranational.blst.P2;
import supranational.blst.SecretKey;

/// One message signed by 128 keys that are read already: their sum, and its pairing with the aggregate.
@State(Scope.Benchmark)
public class BlsBenchmark {
    private static final int KEYS = 128;

    private Bytes message;
    private Bytes signature;
    private List<BlsLibrary.Point> fastKeys;
    private List<BlsLibrary.Point> javaKeys;

    @Setup
    public void make() {
        message = Digests.sha256(Bytes.utf8("message")).value();
        var secrets =
                IntStream.range(0, KEYS).mapToObj(BlsBenchmark::secret).toList();
        var sum = new P2();
        for (var secret : secrets) {
            sum.add(new P2()
                    .hash_to(message.toArray(), Scheme.ETHEREUM.tag(), new byte[0])
                    .sign_with(secret));
        }
        signature = Bytes.of(sum.compress());
        fastKeys = keys(Bls.NATIVE.orElseThrow(), secrets);
        javaKeys = keys(Bls.JAVA, secrets);
    }

    private static SecretKey secret(int index) {
        var secret = new SecretKey();
        secret.keygen(Digests.sha256(Bytes.u32(index)).value().toArray());
        return secret;
    }

    private static List<BlsLibrary.Point> keys(BlsLibrary library, List<SecretKey> secrets) {
        return secrets.stream()
                .map(secret -> library.key(Bytes.of(new P1(secret).compress())))
                .map(Optional::orElseThrow)
                .toList();
    }

    @Benchmark
    public boolean blsAggregateOf128Native() {
        return verified(Bls.NATIVE.orElseThrow(), fastKeys);
    }

    @Benchmark
    public boolean blsAggregateOf128Java() {
        return verified(Bls.JAVA, javaKeys);
    }

    private boolean verified(BlsLibrary library, List<BlsLibrary.Point> keys) {
        return Bls.verify(library, Scheme.ETHEREUM, library.sum(keys), message, signature);
    }
}
