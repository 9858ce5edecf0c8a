package io.waybill.core.lane;

import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.EncodingRejection.MalformedPacket;
import io.waybill.core.EncodingRejection.MalformedStatus;
import io.waybill.core.LaneId;
import io.waybill.core.LaneRejection.RangeOutOfBounds;
import io.waybill.core.LaneRejection.RangeProofLength;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.qbft.Crossing;
import io.waybill.core.port.Delivery;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Attempts on the lane log, on the names of lanes and on what crosses them.
class LaneAdversaryTest {
    private static final Crossing CROSSING = Crossing.make();

    @Nested
    class Zero {
        @Test
        void isNoRootAndNoSize() {
            var lane = CROSSING.terms().id();
            assertThatThrownBy(() -> new Checkpoint(lane, 1, Bytes32.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Checkpoint(lane, 0, LaneScenarios.word("root")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Checkpoint(lane, 1L << 48, LaneScenarios.word("root")))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void isNoLeafUnlessItIsThere() {
            var checkpoint = CROSSING.log().checkpoint(CROSSING.terms().id(), CROSSING.size());
            var path = CROSSING.log().rangeProof(0, 1, CROSSING.size());
            assertThat(RangeProof.verifyHashes(checkpoint, 0, List.of(Bytes32.ZERO), path)
                            .isAccepted())
                    .isFalse();
            assertThat(RangeProof.verify(checkpoint, 0, List.of(Bytes.EMPTY), path)
                            .isAccepted())
                    .isFalse();
            assertThat(RangeProof.verify(
                            checkpoint, 0, List.of(CROSSING.packets().getFirst()), List.of()))
                    .isEqualTo(reject(new RangeProofLength(0, path.size())));
        }
    }

    @Nested
    class Trees {
        /// Two leaves' parent, shown as if it were the one leaf of a smaller log.
        @Test
        void doNotShowANodeAsALeaf() {
            var two = LaneLog.of(CROSSING.packets().subList(0, 2));
            var inner = Bytes.concat(
                    Bytes.of(1), two.leafHash(0).value(), two.leafHash(1).value());
            var one = new Checkpoint(CROSSING.terms().id(), 1, two.root());
            for (var leaf : List.of(inner, inner.slice(1, 65), Bytes.concat(Bytes.of(0), inner))) {
                assertThat(RangeProof.verify(one, 0, List.of(leaf), List.of()).isAccepted())
                        .isFalse();
            }
        }

        /// The last leaf of an odd level is not paired with itself.
        @Test
        void doNotTakeALeafTwice() {
            var three = LaneLog.of(CROSSING.packets().subList(0, 3));
            var four = LaneLog.of(
                    Stream.concat(CROSSING.packets().subList(0, 3).stream(), CROSSING.packets().subList(2, 3).stream())
                            .toList());
            assertThat(three.root()).isNotEqualTo(four.root());
            var checkpoint = three.checkpoint(CROSSING.terms().id(), 3);
            assertThat(RangeProof.verify(
                            checkpoint, 3, List.of(CROSSING.packets().get(2)), four.rangeProof(3, 4, 4)))
                    .isEqualTo(reject(new RangeOutOfBounds(3, 4, 3)));
        }

        @Test
        void countBeforeTheyHash() {
            var checkpoint = new Checkpoint(CROSSING.terms().id(), (1L << 48) - 1, LaneScenarios.word("root"));
            var leaf = Bytes.of(new byte[1 << 20]);
            assertThat(RangeProof.verify(checkpoint, 0, Collections.nCopies(1_000_000, leaf), List.of()))
                    .isEqualTo(reject(new RangeProofLength(0, RangeProof.length(0, 1_000_000, (1L << 48) - 1))));
            assertThat(RangeProof.verify(checkpoint, Long.MAX_VALUE, Collections.nCopies(1000, leaf), List.of())
                            .isAccepted())
                    .isFalse();
        }
    }

    @Nested
    class Versions {
        private final Bytes packet = CROSSING.packets().getFirst();
        private final Bytes status = CROSSING.statuses().getFirst();

        @Test
        void ofPacketsAndStatusesAreTheOneThatIsSpoken() {
            for (int version = 0; version < 256; version++) {
                if (version == Packet.VERSION) continue;
                assertThat(Packet.decode(packet.with(1, version))).isEqualTo(reject(new MalformedPacket("version")));
                assertThat(PacketStatus.decode(status.with(1, version)))
                        .isEqualTo(reject(new MalformedStatus("version")));
            }
        }

        @Test
        void ofOneThingAreNotReadAsAnother() {
            assertThat(Packet.decode(status.with(0, Packet.TAG)).isAccepted()).isFalse();
            assertThat(PacketStatus.decode(packet.slice(0, PacketStatus.SIZE).with(0, PacketStatus.TAG))
                            .isAccepted())
                    .isFalse();
        }
    }

    @Nested
    class Terms {
        private final LaneTerms terms = CROSSING.terms();

        /// One field after another is another's.
        @Test
        void areAllInTheName() {
            var other = new ClientId(LaneScenarios.word("client"));
            var address = Address.hex("0x00000000000000000000000000000000000000cc");
            var limits = terms.terms();
            var ids = Stream.of(
                            terms,
                            with(new ChainId("eip155:1"), terms.sourceClient(), terms.outbox(), terms.salt(), limits),
                            with(terms.source(), other, terms.outbox(), terms.salt(), limits),
                            with(terms.source(), terms.sourceClient(), address, terms.salt(), limits),
                            with(
                                    terms.source(),
                                    terms.sourceClient(),
                                    terms.outbox(),
                                    LaneScenarios.word("another salt"),
                                    limits),
                            limits(limits.maxPacket() + 1, limits.window(), limits.maxTimeoutMs()),
                            limits(limits.maxPacket(), limits.window() + 1, limits.maxTimeoutMs()),
                            limits(limits.maxPacket(), limits.window(), limits.maxTimeoutMs() + 1),
                            reversed())
                    .map(LaneTerms::id)
                    .toList();
            assertThat(ids).doesNotHaveDuplicates();
        }

        private LaneTerms with(
                ChainId source, ClientId sourceClient, Address outbox, Bytes32 salt, LaneTerms.Terms limits) {
            return new LaneTerms(
                    source,
                    sourceClient,
                    outbox,
                    terms.destination(),
                    terms.destinationClient(),
                    terms.inbox(),
                    salt,
                    limits);
        }

        private LaneTerms limits(long maxPacket, long window, long maxTimeoutMs) {
            var limits = terms.terms();
            return with(
                    terms.source(),
                    terms.sourceClient(),
                    terms.outbox(),
                    terms.salt(),
                    new LaneTerms.Terms(maxPacket, window, maxTimeoutMs, limits.sendersRoot(), limits.policyHash()));
        }

        private LaneTerms reversed() {
            return new LaneTerms(
                    terms.destination(),
                    terms.destinationClient(),
                    terms.inbox(),
                    terms.source(),
                    terms.sourceClient(),
                    terms.outbox(),
                    terms.salt(),
                    terms.terms());
        }
    }

    @Nested
    class Packets {
        private final LaneTerms terms = CROSSING.terms();
        private final Packet packet = Packet.decode(CROSSING.packets().get(4)).orElseThrow();
        private final long before = packet.timeoutMs() - 1;

        private FinalStatus status(LaneId lane, long index, long nowMs) {
            return StatusRule.of(packet.encode(), lane, terms.terms(), index, nowMs);
        }

        @Test
        void endByTheirOctetsTheTermsTheirPlaceAndTheTimeAlone() {
            assertThat(status(terms.id(), 4, before)).isEqualTo(FinalStatus.DELIVERED);
            assertThat(status(terms.id(), 4, before)).isEqualTo(FinalStatus.DELIVERED);
            assertThat(status(terms.id(), 4, packet.timeoutMs())).isEqualTo(FinalStatus.EXPIRED);
            assertThat(status(terms.id(), 3, before)).isEqualTo(FinalStatus.REFUSED);
            assertThat(status(new LaneId(LaneScenarios.word("another")), 4, before))
                    .isEqualTo(FinalStatus.REFUSED);
        }

        /// What they say they are addressed to is theirs alone: no field of a packet names a contract or a function.
        @Test
        void areRefusedWithAnyOctetBeforeTheAttestationChanged() {
            var octets = packet.encode();
            for (int i = 0; i < Packet.HEADER; i++) {
                var changed = octets.with(i, octets.at(i) ^ 1);
                boolean sender = i >= 42 && i < 62;
                boolean timeout = i >= 62 && i < 70;
                var status = StatusRule.of(changed, terms.id(), terms.terms(), 4, 1);
                // The leaf binds these two: a changed one is another leaf.
                if (sender || timeout) {
                    assertThat(LaneLog.leaf(changed)).isNotEqualTo(LaneLog.leaf(octets));
                } else {
                    assertThat(status).as("octet %d", i).isEqualTo(FinalStatus.REFUSED);
                }
            }
        }
    }

    @Nested
    class FrozenClients {
        private final LaneVerifier packets = LaneVerifier.of(CROSSING.client(), LogRole.PACKETS, CROSSING.terms());
        private final LaneVerifier statuses = LaneVerifier.of(CROSSING.client(), LogRole.STATUSES, CROSSING.terms());

        private static Delivery known(Delivery delivery) {
            return new Delivery(
                    delivery.lane(),
                    Bytes.EMPTY,
                    delivery.height(),
                    delivery.eventProof(),
                    delivery.checkpoint(),
                    delivery.first(),
                    delivery.leaves(),
                    delivery.rangeProof());
        }

        @Test
        void deliverAndAcknowledgeNothingEvenOfHeightsTheyKnow() {
            var delivery = CROSSING.delivery(0, 2);
            var state = CROSSING.client()
                    .update(CROSSING.anchor(), delivery.update(), CROSSING.nowMs())
                    .orElseThrow();
            var frozen = reject(new ClientNotActive(ClientStatus.FROZEN));
            assertThat(packets.judge(state, known(delivery), CROSSING.nowMs()).isAccepted())
                    .isTrue();
            assertThat(packets.judge(state.freeze(), known(delivery), CROSSING.nowMs()))
                    .isEqualTo(frozen);
            var back = CROSSING.acknowledgement(0, 2);
            assertThat(statuses.judge(state.freeze(), known(back), CROSSING.nowMs()))
                    .isEqualTo(frozen);
            assertThat(packets.judge(state.freeze(), delivery, CROSSING.nowMs()))
                    .isEqualTo(frozen);
        }
    }
}
