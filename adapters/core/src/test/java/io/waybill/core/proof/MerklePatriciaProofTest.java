package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.client.qbft.BesuVectors;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerklePatriciaProofTest {
    /// What each captured proof must end in where only membership is judged.
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("valid-inclusion", "accepted"),
            Map.entry("truncated-last-node", "ProofEndsEarly"),
            Map.entry("empty-proof-nonempty-root", "ProofEndsEarly"),
            Map.entry("trailing-garbage", "ProofNotConsumed"),
            Map.entry("swapped-order", "NodeHashMismatch"),
            Map.entry("wrong-key", "NodeHashMismatch"),
            Map.entry("empty-root-with-0x80", "MalformedNode"),
            Map.entry("empty-root-empty-proof", "ProofEndsEarly"),
            Map.entry("storage-inclusion", "accepted"),
            Map.entry("storage-exclusion", "KeyNotFound"),
            Map.entry("storage-inclusion-truncated-claimed-as-exclusion", "ProofEndsEarly"),
            Map.entry("account-exclusion", "KeyNotFound"));

    @Test
    void capturedProofsEndAsTheyMust() {
        for (var vector : BesuVectors.read("/vectors/negative/evm.json").get("mpt")) {
            var name = BesuVectors.text(vector, "name");
            var nodes = vector.get("proof")
                    .valueStream()
                    .map(node -> Bytes.hex(node.asString()))
                    .toList();
            var verdict = MerklePatriciaProof.verify(
                    Bytes32.hex(BesuVectors.text(vector, "root")), Bytes.hex(BesuVectors.text(vector, "key")), nodes);
            var code = verdict instanceof Verdict.Rejected<Bytes>(var reason) ? reason.code() : "accepted";
            assertThat(code).as(name).isEqualTo(EXPECTED.get(name));
        }
    }

    @Test
    void capturedProofsOfPresenceAndAbsenceEndAsTheyMust() {
        for (var vector : BesuVectors.read("/vectors/negative/evm.json").get("mpt")) {
            var shown = MerklePatriciaProof.lookUp(
                    Bytes32.hex(BesuVectors.text(vector, "root")),
                    Bytes.hex(BesuVectors.text(vector, "key")),
                    vector.get("proof")
                            .valueStream()
                            .map(node -> Bytes.hex(node.asString()))
                            .toList());
            var outcome = switch (shown) {
                case Verdict.Accepted<Membership>(Membership.Present _) -> "accept";
                case Verdict.Accepted<Membership>(Membership.Absent _) -> "exclusion";
                case Verdict.Rejected<Membership> _ -> "reject";
            };
            assertThat(outcome).as(BesuVectors.text(vector, "name")).isEqualTo(BesuVectors.text(vector, "expect"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyValueOfARandomTrieIsProvenAndNoOther(long seed) {
        var random = new SplittableRandom(seed);
        int count = random.nextInt(1, 300);
        var values = IntStream.range(0, count)
                .mapToObj(i -> {
                    var value = new byte[random.nextInt(32, 400)];
                    random.nextBytes(value);
                    return Bytes.of(value);
                })
                .toList();
        var trie = MerklePatriciaTrie.of(values);
        for (int i = 0; i < count; i++) {
            var proof = trie.proof(i);
            assertThat(MerklePatriciaProof.verify(trie.root(), MerklePatriciaProof.key(i), proof))
                    .isEqualTo(accept(values.get(i)));
            var next = MerklePatriciaProof.verify(trie.root(), MerklePatriciaProof.key(i + 1L), proof);
            assertThat(next.isAccepted()).isFalse();
        }
    }

    @Test
    void anEmptyTrieHasTheKnownRoot() {
        assertThat(MerklePatriciaTrie.of(List.of()).root())
                .isEqualTo(Bytes32.hex("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"));
    }
}
