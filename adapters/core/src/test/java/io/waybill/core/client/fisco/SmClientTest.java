package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.TooLittleTrustedWeight;
import io.waybill.core.FiscoRejection.TooLittleWeight;
import io.waybill.core.LaneId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Sm2;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.FiscoReceipt;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The real captured chain of SM2 and SM3, corroborated by watchers of ours.
class SmClientTest {
    private final List<FiscoVectors.Block> blocks = FiscoVectors.chain("sm");
    private final FiscoClient real = LEDGER.client(blocks.getFirst().header(), ClientKind.FISCO_SM);
    private final long now = blocks.getLast().header().timeMs() + 1;

    private FiscoUpdate span(int from, int to, List<Seal> seals) {
        var tip = blocks.get(to - 1).header();
        var headers = blocks.subList(from, to).stream()
                .map(FiscoVectors.Block::header)
                .toList();
        var trusted = blocks.get(from - 1).header().sealers();
        return FiscoUpdate.of(trusted, headers, seals, LEDGER.corroborate(real, tip, 0, 1, 2));
    }

    private Verdict<ClientState> carry(ClientState state, int from, int to) {
        return real.update(state, span(from, to, blocks.get(to - 1).seals()).encode(), now);
    }

    private Verdict<ClientState> sealed(List<Seal> seals) {
        return real.update(real.anchored(), span(1, 2, seals).encode(), now);
    }

    @Test
    void isBelievedToItsEndThoughTwoOfItsHeadersWaitForALaterOne() {
        var state = real.anchored();
        int from = 1;
        for (int to = 2; to <= 22; to++) {
            if (to == 16 || to == 18) continue;
            state = carry(state, from, to).orElseThrow();
            from = to;
        }
        assertThat(state.history()).hasSize(22);
        for (var block : blocks) {
            var believed = state.at(block.header().number());
            assertThat(believed).isEqualTo(block.header().state(real.params().suite()));
        }
    }

    @Test
    void believesANewListOnceALaterHeaderHasTheOldQuorum() {
        var state = real.anchored();
        state = carry(state, 1, 15).orElseThrow();
        assertThat(carry(state, 15, 16)).isEqualTo(reject(new TooLittleTrustedWeight(2, 3)));
        state = carry(state, 15, 17).orElseThrow();
        assertThat(carry(state, 17, 18)).isEqualTo(reject(new TooLittleTrustedWeight(3, 5)));
        assertThat(carry(state, 17, 19).isAccepted()).isTrue();
    }

    @Nested
    class Seals {
        private final List<Seal> good = blocks.get(1).seals();

        @Test
        void makeAQuorum() {
            assertThat(sealed(good).isAccepted()).isTrue();
            assertThat(sealed(good.subList(0, 2))).isEqualTo(reject(new TooLittleWeight(2, 3)));
            assertThat(sealed(good.subList(0, 1))).isEqualTo(reject(new TooLittleWeight(1, 3)));
        }

        /// NT-56: the key comes from the list, never from the signature.
        @Test
        void areNotByAKeyThatTheyBringAlong() {
            var secret = Digests.sha256(Bytes.utf8("stranger"));
            var stranger = Sm2.sign(secret, blocks.get(1).hash().value());
            var own = Sm2.publicKey(secret);
            assertThat(Sm2.verify(own, blocks.get(1).hash().value(), stranger)).isTrue();
            for (var brought : List.of(stranger, Bytes.concat(stranger, own))) {
                var seals = new ArrayList<>(good);
                seals.set(0, new Seal(good.getFirst().index(), brought));
                assertThat(sealed(seals))
                        .isEqualTo(reject(
                                new SealerSignatureInvalid(good.getFirst().index())));
            }
            var appended = new Seal(
                    good.getFirst().index(), Bytes.concat(good.getFirst().signature(), own));
            assertThat(sealed(List.of(appended, good.get(1), good.get(2))))
                    .isEqualTo(reject(new SealerSignatureInvalid(good.getFirst().index())));
        }
    }

    /// NT-66: hash suites are configured, never detected.
    @Nested
    class OfAnotherSuite {
        private final List<FiscoVectors.Block> standard = FiscoVectors.chain("std");

        private static Verdict<ClientState> shown(ClientKind kind, List<FiscoVectors.Block> chain) {
            var client = LEDGER.client(chain.get(0).header(), kind);
            var tip = chain.get(1).header();
            var update = FiscoUpdate.of(
                    chain.get(0).header().sealers(),
                    List.of(tip),
                    chain.get(1).seals(),
                    LEDGER.corroborate(client, tip, 0, 1, 2));
            return client.update(client.anchored(), update.encode(), tip.timeMs());
        }

        @Test
        void headersAreRefusedByAClientOfTheOther() {
            long first = blocks.get(1).seals().getFirst().index();
            assertThat(shown(ClientKind.FISCO_SM, blocks).isAccepted()).isTrue();
            assertThat(shown(ClientKind.FISCO, blocks)).isEqualTo(reject(new SealerSignatureInvalid(first)));
            long other = standard.get(1).seals().getFirst().index();
            assertThat(shown(ClientKind.FISCO, standard).isAccepted()).isTrue();
            assertThat(shown(ClientKind.FISCO_SM, standard)).isEqualTo(reject(new SealerSignatureInvalid(other)));
        }

        @Test
        void receiptsAreRefusedByAClientOfTheOther() {
            var outbox = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
            var lane = new LaneId(Digests.sha256(Bytes.utf8("lane")));
            var data = Bytes.concat(
                    Bytes.of(new byte[24]), Bytes.u64(3), lane.value().value());
            var log = new FiscoReceipt.Log(
                    outbox.toHex().substring(2), List.of(LogRole.PACKETS.topic(), lane.value()), data);
            var receipt = FiscoReceipt.plain(
                    "31234", "e16469be7721563d4d6a703932058d12ca2ca94c", 0, Bytes.EMPTY, List.of(log), 2);
            var proof = new FiscoEventProof(receipt.preimage(), List.of());
            for (var suite : FiscoSuite.values()) {
                var other = suite == FiscoSuite.SM ? FiscoSuite.STANDARD : FiscoSuite.SM;
                var root = receipt.hash(suite);
                assertThat(proof.verify(suite, outbox, LogRole.PACKETS, lane, 2, root)
                                .isAccepted())
                        .isTrue();
                assertThat(proof.verify(other, outbox, LogRole.PACKETS, lane, 2, root))
                        .isEqualTo(reject(new ReceiptsRootMismatch(root, receipt.hash(other))));
            }
        }
    }
}
