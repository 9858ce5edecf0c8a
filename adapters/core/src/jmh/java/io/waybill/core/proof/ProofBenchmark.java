package io.waybill.core.proof;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.qbft.Crossing;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.digest.Digests;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One receipt in the trie of a block of 200; and a whole bundle of a chain of four validators.
@State(Scope.Benchmark)
public class ProofBenchmark {
    private static final int RECEIPTS = 200;
    private static final int INDEX = 137;

    private Bytes32 root;
    private List<Bytes> proof;
    private Bytes key;
    private ProofBundle bundle;
    private QbftClient client;
    private ClientState anchor;

    @Setup
    public void make() {
        var trie = MerklePatriciaTrie.of(IntStream.range(0, RECEIPTS)
                .mapToObj(i -> receipt(i).encode())
                .toList());
        root = trie.root();
        proof = trie.proof(INDEX);
        key = MerklePatriciaProof.key(INDEX);
        receiptProof().orElseThrow();

        var crossing = Crossing.make();
        bundle = crossing.bundle(4);
        client = crossing.client();
        anchor = crossing.anchor();
        if (!wholeBundle().holds()) throw new IllegalStateException("bundle: expected to hold");
    }

    private static EvmReceipt receipt(int index) {
        var data = Bytes.concat(
                Digests.keccak256(Bytes.u32(index)).value(),
                Digests.sha256(Bytes.u32(index)).value());
        var topics = List.of(Digests.sha256(Bytes.utf8("topic")), Digests.sha256(data));
        var log = new EvmLog(Address.hex("0x00000000000000000000000000000000000000aa"), topics, data);
        return EvmReceipt.of(2, true, 21_000L * (index + 1), List.of(log));
    }

    @Benchmark
    public Verdict<EvmReceipt> receiptProof() {
        return MerklePatriciaProof.verify(root, key, proof).then(EvmReceipt::decode);
    }

    @Benchmark
    public BundleVerifier.Report wholeBundle() {
        return BundleVerifier.verify(bundle, client, anchor);
    }
}
