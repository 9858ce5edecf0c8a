package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.FinalStatus;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.lane.LaneLog;
import io.waybill.core.lane.LogRole;
import io.waybill.core.port.Chain;
import io.waybill.core.port.Delivery;
import io.waybill.rpc.Json;
import io.waybill.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/// What the contracts cost, compared with the committed snapshot. To write it anew: `-Dwaybill.gas.write=true`.
class GasIT {
    private static final Path SNAPSHOT = Path.of("src/test/resources/gas.json");
    /// Octets of each packet measured: the fewest there can be, with claims that stay off chain and their hash on
    /// it.
    private static final int OCTETS = 394;
    private static final long TIMEOUT = LaneFixture.NOW_MS + 3_600_000;

    @BeforeAll
    static void start() {
        ClientVectorsIT.start();
    }

    @AfterAll
    static void stop() {
        ClientVectorsIT.stop();
    }

    @Test
    void costsWhatTheSnapshotSays() throws IOException {
        var gas = new TreeMap<String, Long>();
        try (var inbox = new LaneFixture(LogRole.STATUSES, true)) {
            inbox(inbox, gas);
        }
        try (var outbox = new LaneFixture(LogRole.PACKETS, true, 4, 2_000)) {
            outbox(outbox, gas);
        }
        for (int validators : new int[] {4, 7, 21}) {
            try (var fixture = new LaneFixture(LogRole.STATUSES, true, validators)) {
                gas.put("QbftClient.update, %d validators, a new height".formatted(validators), update(fixture));
            }
        }
        gas.put(
                "FiscoClient.update, 4 sealers, 3 watchers, a new height",
                ClientVectorsIT.gas("fisco-updates.json", "watchers", "more than half, one of the destination's"));
        gas.put(
                "FiscoSmClient.update, 4 sealers, 3 watchers, a new height",
                ClientVectorsIT.gas("fisco-sm-updates.json", "seals of national crypto", "as it should be"));
        var challenged = "the time to be challenged";
        gas.put(
                "ChallengedFiscoClient.update, 4 sealers, three headers proposed",
                ClientVectorsIT.gas("fisco-challenged.json", challenged, "three headers"));
        gas.put(
                "ChallengedFiscoClient.update, a header confirmed",
                ClientVectorsIT.gas("fisco-challenged.json", challenged, "the first of the three, in time"));
        for (var committee : new String[] {"3 of 5", "7 of 10"}) {
            gas.put(
                    "CommitteeClient.update, %s verifiers, a new height".formatted(committee),
                    ClientVectorsIT.gas("committee-updates.json", committee + " verifiers", "the last of them"));
        }
        if (Boolean.getBoolean("waybill.gas.write")) {
            Files.writeString(
                    SNAPSHOT, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(gas) + "\n");
        }
        Map<String, Long> expected =
                Json.MAPPER.readValue(Files.readString(SNAPSHOT), new TypeReference<Map<String, Long>>() {});
        assertThat(gas).isEqualTo(expected);
    }

    /// Deliveries of one log: each with the update that brings its header, and once more on a header that is known.
    private static void inbox(LaneFixture fixture, Map<String, Long> gas) {
        var packets = LongStream.range(0, 1 + 2 * (1 + 25 + 500))
                .mapToObj(i -> packet(fixture, i))
                .toList();
        assertThat(packets).allMatch(packet -> packet.size() == OCTETS);
        // The first delivery of a lane writes where nothing was; what a lane costs day by day begins with the second.
        deliver(fixture, with(fixture, packets, 2, 0, 1));
        int first = 1;
        int height = 3;
        for (int count : new int[] {1, 25, 500}) {
            var delivery = with(fixture, packets, height, first, first + count);
            gas.put("Inbox.deliver %d with an update".formatted(count), deliver(fixture, delivery));
            first += count;
            gas.put(
                    "Inbox.deliver %d, header known".formatted(count),
                    deliver(fixture, known(with(fixture, packets, height++, first, first + count))));
            first += count;
        }
    }

    private static Delivery with(LaneFixture fixture, List<Bytes> leaves, int height, int first, int end) {
        var theirs = fixture.own == LogRole.PACKETS ? LogRole.STATUSES : LogRole.PACKETS;
        return fixture.source.delivery(LaneFixture.COUNTERPARTY, theirs, fixture.lane, leaves, height, first, end);
    }

    /// The same without its update.
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

    private static long update(LaneFixture fixture) {
        var packets = List.of(fixture.packet(0));
        var delivery =
                fixture.source.delivery(LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, packets, 2, 0, 1);
        return used(fixture, fixture.client, delivery.update());
    }

    private static void outbox(LaneFixture fixture, Map<String, Long> gas) {
        var one = LaneCalls.send(fixture.lane, attestation(0), TIMEOUT);
        fixture.evm.transact(fixture.contract, one);
        gas.put("Outbox.send", gas(fixture.evm.transact(fixture.contract, one)));
        for (int count : new int[] {25, 500}) {
            var sends = LongStream.range(0, count)
                    .mapToObj(i -> new Chain.Send(attestation(i), TIMEOUT))
                    .toList();
            var call = LaneCalls.sendBatch(fixture.lane, sends);
            gas.put("Outbox.sendBatch %d".formatted(count), gas(fixture.evm.transact(fixture.contract, call)));
        }
        var statuses = LongStream.range(0, 2 + 25 + 500)
                .mapToObj(i -> new PacketStatus(
                                fixture.lane,
                                i,
                                LaneLog.leaf(packet(fixture, i)),
                                FinalStatus.DELIVERED,
                                LaneFixture.NOW_MS)
                        .encode())
                .toList();
        acknowledge(fixture, with(fixture, statuses, 2, 0, 2));
        gas.put("Outbox.acknowledge 25 with an update", acknowledge(fixture, with(fixture, statuses, 3, 2, 27)));
        gas.put("Outbox.acknowledge 500 with an update", acknowledge(fixture, with(fixture, statuses, 4, 27, 527)));
    }

    private static Bytes attestation(long number) {
        var sample = Samples.attestation(number);
        return new Attestation(
                        sample.kind(),
                        sample.schema(),
                        sample.issuer(),
                        sample.subject(),
                        sample.reference(),
                        sample.claimsHash(),
                        sample.validFrom(),
                        sample.validUntil(),
                        Bytes.EMPTY)
                .encode();
    }

    private static Bytes packet(LaneFixture fixture, long index) {
        return new Packet(fixture.lane, index, LaneFixture.COUNTERPARTY, TIMEOUT, attestation(index)).encode();
    }

    private static long acknowledge(LaneFixture fixture, Delivery delivery) {
        return gas(fixture.evm.transact(fixture.contract, LaneCalls.submit(LogRole.STATUSES, delivery)));
    }

    private static long used(LaneFixture fixture, io.waybill.core.Address client, Bytes update) {
        return gas(fixture.evm.transact(client, ClientCalls.update(update)));
    }

    private static long deliver(LaneFixture fixture, Delivery delivery) {
        return gas(fixture.evm.transact(fixture.contract, LaneCalls.submit(LogRole.PACKETS, delivery)));
    }

    private static long gas(Json receipt) {
        return receipt.at("gasUsed").quantity();
    }
}
