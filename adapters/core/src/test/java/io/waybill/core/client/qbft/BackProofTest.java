package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.qbft.EventScenarios.LANE;
import static io.waybill.core.client.qbft.EventScenarios.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.EventRejection.NodeHashMismatch;
import io.waybill.core.QbftRejection.HeaderNotLinked;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackProofTest {
    private static List<QbftHeader> back(List<BesuVectors.Captured> headers, int from, int to) {
        var back = new ArrayList<QbftHeader>();
        for (int i = from; i >= to; i--) back.add(headers.get(i).header());
        return back;
    }

    @Nested
    class RealChains {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "qbft-shanghai",
                    "ibft2-shanghai",
                    "qbft-berlin",
                    "qbft-cancun",
                    "ibft2-london-votes-rounds",
                    "qbft-prague-votes-rounds",
                    "qbft-shanghai-contract-mode"
                })
        void leadBackToEveryOlderHeaderToTheGenesisBlock(String network) {
            var headers = BesuVectors.headers(network);
            int last = Math.min(headers.size() - 1, BackProof.LIMIT);
            for (int older = last - 1; older >= 0; older -= 1 + older / 8) {
                var proof = new BackProof(back(headers, last, older));
                assertThat(proof.verify(headers.get(last).hash()))
                        .isEqualTo(accept(headers.get(older).header()));
            }
        }

        @Test
        void doNotLeadBackWithAHeaderLeftOutChangedOrFromElsewhere() {
            var headers = BesuVectors.headers("qbft-shanghai");
            var accepted = headers.get(50).hash();
            var whole = back(headers, 50, 40);
            var gap = new ArrayList<>(whole);
            gap.remove(4);
            assertThat(new BackProof(gap).verify(accepted)).isEqualTo(reject(new HeaderNotLinked(4)));
            assertThat(new BackProof(whole.reversed()).verify(accepted)).isEqualTo(reject(new HeaderNotLinked(0)));
            assertThat(new BackProof(whole).verify(headers.get(51).hash())).isEqualTo(reject(new HeaderNotLinked(0)));
            var foreign = new ArrayList<>(whole);
            foreign.set(10, BesuVectors.headers("qbft-berlin").get(40).header());
            assertThat(new BackProof(foreign).verify(accepted)).isEqualTo(reject(new HeaderNotLinked(10)));
        }

        @Test
        void areAtMostTwoHundredAndFiftySixHeadersLong() {
            var headers = BesuVectors.headers("qbft-shanghai");
            assertThat(new BackProof(back(headers, 300, 44)).headers()).hasSize(257);
            assertThatThrownBy(() -> new BackProof(back(headers, 300, 43)))
                    .hasMessage("headers: expected 2 to 257, got 258");
            assertThatThrownBy(() -> new BackProof(back(headers, 300, 300)))
                    .hasMessage("headers: expected 2 to 257, got 1");
        }
    }

    @Nested
    class Events {
        private final SealedChain chain = SealedChain.of(4);
        private final List<EvmReceipt> receipts =
                List.of(EvmReceipt.of(2, true, 21_000, List.of(EventScenarios.event(7))));
        private final Bytes32 root = MerklePatriciaTrie.of(
                        receipts.stream().map(EvmReceipt::encode).toList())
                .root();
        private final List<QbftHeader> headers = headers();
        private final QbftClient client = QbftClient.of(new ChainId("eip155:1337"), headers.getFirst(), 1_000_000, 0);
        private final QbftEventProof proof = QbftEventProof.of(receipts, 0, 0);

        /// Heights 24 down to 20; the event is in block 20.
        private List<QbftHeader> headers() {
            var made = new ArrayList<QbftHeader>();
            var parent = SealedChain.word("parent");
            for (int number = 20; number < 25; number++) {
                made.addFirst(chain.header(number, parent, number == 20 ? root : SealedChain.EMPTY_TRIE));
                parent = made.getFirst().hash();
            }
            return made;
        }

        private Verdict<Checkpoint> judge(QbftEventProof shown) {
            return judge(shown.encode());
        }

        private Verdict<Checkpoint> judge(io.waybill.core.Bytes octets) {
            var state = QbftClient.anchor(headers.getFirst()).orElseThrow();
            return client.verifyCheckpoint(state, OUTBOX, LogRole.PACKETS, LANE, 24, octets);
        }

        @Test
        void ofABlockBelowTheAcceptedOneAreProven() {
            var back = new BackProof(headers);
            assertThat(judge(proof.from(back))).isEqualTo(accept(new Checkpoint(LANE, 7, SealedChain.word("root"))));
            assertThat(QbftEventProof.decode(ClientKind.QBFT, proof.from(back).encode()))
                    .isEqualTo(accept(proof.from(back)));
        }

        @Test
        void ofAnotherBlockOnTheWayAreNot() {
            assertThat(judge(proof)).isEqualTo(reject(new NodeHashMismatch(0)));
            assertThat(judge(proof.from(new BackProof(headers.subList(0, 4)))))
                    .isEqualTo(reject(new NodeHashMismatch(0)));
            assertThat(judge(proof.from(new BackProof(headers.subList(1, 5)))))
                    .isEqualTo(reject(new HeaderNotLinked(0)));
        }

        @Test
        void needTwoHeadersAtLeastAndTwoHundredAndFiftySevenAtMost() {
            for (int count : new int[] {0, 1, 258}) {
                var items = new ArrayList<Rlp>();
                for (int i = 0; i < count; i++) items.add(headers.get(0).item());
                var octets = Rlp.list(Rlp.of(0), Rlp.of(0), Rlp.list(proof.nodes(), Rlp::of), Rlp.list(items))
                        .encode();
                assertThat(judge(octets)).isEqualTo(reject(new MalformedEventProof("headers")));
            }
        }

        @Test
        void areRefusedWithAnyOctetChanged() {
            var octets = proof.from(new BackProof(headers.subList(0, 5))).encode();
            for (int i = 0; i < octets.size(); i++) {
                assertThat(judge(octets.with(i, octets.at(i) ^ 1 << i % 8)).isAccepted())
                        .as("octet " + i)
                        .isFalse();
            }
        }
    }
}
