package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ConsensusState;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaProof;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QbftEventProofTest {
    /// One block's receipts as a real node answered them.
    private record Block(Bytes32 receiptsRoot, List<Bytes> receipts) {
        static Block read(String network, int number) {
            var json = BesuVectors.read("/vectors/besu/%s/receipts/%06d.json.gz".formatted(network, number));
            var receipts = json.get("rawReceipts")
                    .valueStream()
                    .map(raw -> unwrapped(Bytes.hex(raw.asString())))
                    .toList();
            return new Block(Bytes32.hex(BesuVectors.text(json, "receiptsRoot")), receipts);
        }

        private static Bytes unwrapped(Bytes raw) {
            return raw.at(0) < 0xc0 ? Rlp.decode(raw).orElseThrow().octets() : raw;
        }
    }

    @Nested
    class RealBlocks {
        @ParameterizedTest
        @ValueSource(ints = {206, 207, 208, 209, 211, 212, 332, 354, 355, 377, 379, 380, 389, 391, 392, 402})
        void receiptsRootsAreRebuiltAndEveryReceiptProven(int number) {
            proven(Block.read("qbft-shanghai", number));
        }

        @ParameterizedTest
        @ValueSource(ints = {12, 13, 14, 16, 18})
        void theSameHoldsForIbft2(int number) {
            proven(Block.read("ibft2-shanghai", number));
        }

        private void proven(Block block) {
            var trie = MerklePatriciaTrie.of(block.receipts());
            assertThat(trie.root()).isEqualTo(block.receiptsRoot());
            for (int i = 0; i < block.receipts().size(); i++) {
                var key = MerklePatriciaProof.key(i);
                var value = MerklePatriciaProof.verify(block.receiptsRoot(), key, trie.proof(i));
                assertThat(value).isEqualTo(accept(block.receipts().get(i)));
                var receipt = EvmReceipt.decode(block.receipts().get(i)).orElseThrow();
                assertThat(receipt.encode()).isEqualTo(block.receipts().get(i));
                assertThat(receipt.bloom()).isEqualTo(EvmReceipt.bloom(receipt.logs()));
            }
        }
    }

    @Nested
    class Mutations {
        private final List<EvmReceipt> receipts = receipts();
        private final MerklePatriciaTrie trie =
                MerklePatriciaTrie.of(receipts.stream().map(EvmReceipt::encode).toList());
        private final ConsensusState block =
                new ConsensusState(10, trie.root(), trie.root(), SealedChain.ms(10), trie.root(), 0);
        private final Bytes octets = QbftEventProof.of(receipts, 3, 0).encode();

        private static List<EvmReceipt> receipts() {
            var receipts = new ArrayList<EvmReceipt>();
            for (int i = 0; i < 18; i++) {
                receipts.add(EvmReceipt.of(2, true, 21_000L * i, List.of(EventScenarios.event(i + 1))));
            }
            return receipts;
        }

        private String outcome(Bytes proof) {
            var verdict = QbftEventProof.decode(ClientKind.QBFT, proof)
                    .then(decoded ->
                            decoded.verify(block, EventScenarios.OUTBOX, LogRole.PACKETS, EventScenarios.LANE));
            return verdict instanceof io.waybill.core.Verdict.Rejected<Checkpoint>(var reason)
                    ? reason.code()
                    : "accepted";
        }

        @Test
        void anyOctetChangedIsRefused() {
            assertThat(outcome(octets)).isEqualTo("accepted");
            for (int i = 0; i < octets.size(); i++) {
                for (int bit = 0; bit < 8; bit++) {
                    assertThat(outcome(octets.with(i, octets.at(i) ^ 1 << bit)))
                            .as("octet %d, bit %d", i, bit)
                            .isNotEqualTo("accepted");
                }
            }
        }

        @Test
        void cutShortOrLengthenedIsRefused() {
            for (int size = 0; size < octets.size(); size++) {
                assertThat(outcome(octets.slice(0, size))).isEqualTo("MalformedRlp");
            }
            assertThat(outcome(Bytes.concat(octets, Bytes.of(0x80)))).isEqualTo("MalformedRlp");
        }

        @Test
        void partsOfAnotherValidProofAreRefused() {
            var other = QbftEventProof.of(receipts, 4, 0);
            assertThat(outcome(new QbftEventProof(3, 0, other.nodes()).encode()))
                    .isEqualTo("NodeHashMismatch");
        }

        @Test
        void everyIndexHasItsOwnEvent() {
            for (int i = 0; i < receipts.size(); i++) {
                var checkpoint = QbftEventProof.of(receipts, i, 0)
                        .verify(block, EventScenarios.OUTBOX, LogRole.PACKETS, EventScenarios.LANE)
                        .orElseThrow();
                assertThat(checkpoint.size()).isEqualTo(i + 1);
            }
        }
    }
}
