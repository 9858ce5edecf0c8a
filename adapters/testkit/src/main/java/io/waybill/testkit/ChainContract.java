package io.waybill.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes32;
import io.waybill.core.LaneId;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Acknowledgement;
import io.waybill.core.port.Chain.Send;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Delivery;
import io.waybill.core.port.LogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What every adapter must pass: a subclass says where it takes place, and both its chains are held to the same
/// promises. The setting may be shared by all tests: each of them counts from what it finds.
public abstract class ChainContract {
    /// Two chains with an open lane, whose one sender is the account the source's adapter sends with. Asked once a
    /// test.
    protected abstract ContractSetting setting() throws Exception;

    @Test
    void namesAHeadThatGrowsWithTransactions() throws Exception {
        var at = new Walk(setting());
        long before = at.setting.source().head();
        at.send(1);
        assertThat(at.setting.source().head()).isGreaterThan(before);
    }

    @Test
    void writesWhatIsSentInItsOrder() throws Exception {
        var at = new Walk(setting());
        var sends = at.sends(3);
        long first = at.sent();
        var written = at.setting.source().send(at.lane, sends);
        assertThat(written).extracting(LogEntry::index).containsExactly(first, first + 1, first + 2);
        assertThat(written)
                .extracting(entry -> Packet.decode(entry.leaf()).orElseThrow())
                .extracting(packet -> new Send(packet.attestation(), packet.timeoutMs()))
                .isEqualTo(sends);
        assertThat(at.sent()).isEqualTo(first + 3);
    }

    @Test
    void findsAgainWhatManyTransactionsWrote() throws Exception {
        var at = new Walk(setting());
        long first = at.sent();
        var written = new ArrayList<LogEntry>();
        for (int count = 1; count <= 3; count++) written.addAll(at.send(count));
        assertThat(at.setting.source().entries(LogRole.PACKETS, at.lane, first, first + 6))
                .isEqualTo(written);
        assertThat(at.setting.source().entries(LogRole.PACKETS, at.lane, first + 2, first + 4))
                .isEqualTo(written.subList(2, 4));
    }

    @Test
    void refusesToSendWhatTheOutboxRefuses() throws Exception {
        var at = new Walk(setting());
        var late = List.of(new Send(Samples.attestation(0).encode(), 1));
        var stranger = new LaneId(Bytes32.ZERO);
        assertThatThrownBy(() -> at.setting.source().send(at.lane, late)).isInstanceOf(ChainException.Refused.class);
        assertThatThrownBy(() -> at.setting.source().send(stranger, at.sends(1)))
                .isInstanceOf(ChainException.Refused.class);
    }

    @Test
    void provesItsCheckpointToItsLightClient() throws Exception {
        var at = new Walk(setting());
        at.send(2);
        var sighting = at.out.sighting(at.sent());
        var proof = at.setting.source().eventProof(at.lane, LogRole.PACKETS, sighting);
        var leaves = at.setting.source().entries(LogRole.PACKETS, at.lane, 0, at.sent()).stream()
                .map(LogEntry::leaf)
                .toList();
        assertThat(at.out.judged(sighting, proof)).isEqualTo(sighting.checkpoint());
        assertThat(sighting.checkpoint()).isEqualTo(LaneLog.of(leaves).checkpoint(at.lane, at.sent()));
    }

    @Test
    void offersNoUpdateToWhereAClientIs() throws Exception {
        var at = new Walk(setting());
        long head = at.setting.source().head();
        assertThat(at.setting.source().headerUpdates(at.setting.ofSource().ref(), head, head))
                .isEmpty();
    }

    @Test
    void showsWhatAClientBelieves() throws Exception {
        var at = new Walk(setting());
        for (var role : LogRole.values()) {
            var client = at.setting.client(role);
            var view = at.setting.to(role).client(client.ref());
            var carrier = role == LogRole.PACKETS ? at.out : at.back;
            assertThat(view.status()).isEqualTo(ClientStatus.ACTIVE);
            view.accepted()
                    .tailMap(client.anchor().height())
                    .forEach((height, hash) ->
                            assertThat(hash).isEqualTo(carrier.know(height).hash()));
        }
    }

    @Test
    void advancesAClientAloneAndMoreThanOnce() throws Exception {
        var at = new Walk(setting());
        at.send(1);
        long height = at.setting.source().head();
        var client = at.setting.ofSource().ref();
        var updates = at.out.updates(height);
        for (int turn = 0; turn < 2; turn++) {
            updates.forEach(update -> at.setting.destination().updateClient(client, update));
            assertThat(at.setting.destination().client(client).accepted())
                    .containsEntry(height, at.out.know(height).hash());
        }
    }

    @Test
    void refusesAnUpdateWithABitTurned() throws Exception {
        var at = new Walk(setting());
        at.send(1);
        var forged = Lies.octets(at.out.updates(at.setting.source().head()).getLast());
        assertThatThrownBy(() -> at.setting
                        .destination()
                        .updateClient(at.setting.ofSource().ref(), forged))
                .isInstanceOf(ChainException.Refused.class);
    }

    @Test
    void carriesPacketsOutAndStatusesBack() throws Exception {
        var at = new Walk(setting());
        at.settle();
        long first = at.sent();
        at.send(3);
        var delivered = at.setting.destination().submit(LogRole.PACKETS, at.out.delivery(first, first + 3));
        assertThat(at.setting.destination().entries(LogRole.STATUSES, at.lane, first, first + 3))
                .allSatisfy(entry -> assertThat(entry.tx()).isEqualTo(delivered.tx()))
                .extracting(
                        entry -> PacketStatus.decode(entry.leaf()).orElseThrow().status())
                .containsOnly(FinalStatus.DELIVERED);
        var acknowledged = at.setting.source().submit(LogRole.STATUSES, at.back.delivery(first, first + 3));
        assertThat(at.setting.source().log(LogRole.PACKETS, at.lane).acknowledged())
                .isEqualTo(first + 3);
        assertThat(at.setting.source().acknowledgements(at.lane, first))
                .containsExactly(new Acknowledgement(
                        first, first + 3, acknowledged.height(), acknowledged.timeMs(), acknowledged.tx()));
    }

    @Test
    void changesNothingWhenADeliveryComesAgain() throws Exception {
        var at = new Walk(setting());
        at.settle();
        long first = at.sent();
        at.send(2);
        var delivery = at.out.delivery(first, first + 2);
        at.setting.destination().submit(LogRole.PACKETS, delivery);
        at.setting.destination().submit(LogRole.PACKETS, delivery);
        assertThat(at.delivered()).isEqualTo(first + 2);
    }

    @Test
    void cutsWhatWasDeliveredBefore() throws Exception {
        var at = new Walk(setting());
        at.settle();
        long first = at.sent();
        at.send(4);
        at.setting.destination().submit(LogRole.PACKETS, at.out.delivery(first, first + 2));
        at.setting.destination().submit(LogRole.PACKETS, at.out.delivery(first, first + 4));
        assertThat(at.delivered()).isEqualTo(first + 4);
    }

    @Test
    void refusesADeliveryThatLeavesAGap() throws Exception {
        var at = new Walk(setting());
        at.settle();
        long first = at.sent();
        at.send(2);
        assertThatThrownBy(
                        () -> at.setting.destination().submit(LogRole.PACKETS, at.out.delivery(first + 1, first + 2)))
                .isInstanceOf(ChainException.Refused.class)
                .hasMessageContaining("GapInLog");
        assertThat(at.delivered()).isEqualTo(first);
    }

    @Test
    void refusesALeafWithABitTurned() throws Exception {
        var at = new Walk(setting());
        at.settle();
        long first = at.sent();
        at.send(1);
        var honest = at.out.delivery(first, first + 1);
        var forged = new Delivery(
                at.lane,
                honest.update(),
                honest.height(),
                honest.eventProof(),
                honest.checkpoint(),
                first,
                List.of(Lies.octets(honest.leaves().getFirst())),
                honest.rangeProof());
        assertThatThrownBy(() -> at.setting.destination().submit(LogRole.PACKETS, forged))
                .isInstanceOf(ChainException.Refused.class)
                .hasMessageContaining("RangeRootMismatch");
        assertThat(at.delivered()).isEqualTo(first);
    }

    /// One test's way through the setting.
    private static final class Walk {
        final ContractSetting setting;
        final LaneId lane;
        final HandCarrier out;
        final HandCarrier back;

        Walk(ContractSetting setting) {
            this.setting = setting;
            this.lane = setting.terms().id();
            this.out = new HandCarrier(setting, LogRole.PACKETS);
            this.back = new HandCarrier(setting, LogRole.STATUSES);
        }

        long sent() {
            return setting.source().log(LogRole.PACKETS, lane).size();
        }

        long delivered() {
            return setting.destination().log(LogRole.STATUSES, lane).size();
        }

        List<Send> sends(int count) {
            long timeoutMs = setting.clock().millis() + Duration.ofHours(1).toMillis();
            return LongStream.range(sent(), sent() + count)
                    .mapToObj(number -> new Send(Samples.attestation(number).encode(), timeoutMs))
                    .toList();
        }

        List<LogEntry> send(int count) {
            return setting.source().send(lane, sends(count));
        }

        /// Carries what earlier tests left open, out and back.
        void settle() {
            if (delivered() < sent()) {
                setting.destination().submit(LogRole.PACKETS, out.delivery(delivered(), sent()));
            }
            long acknowledged = setting.source().log(LogRole.PACKETS, lane).acknowledged();
            if (acknowledged < delivered()) {
                setting.source().submit(LogRole.STATUSES, back.delivery(acknowledged, delivered()));
            }
        }
    }
}
