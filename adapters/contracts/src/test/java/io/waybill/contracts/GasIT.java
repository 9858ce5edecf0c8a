package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
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
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/// What the contracts cost, compared with the committed snapshot. To write it anew: `-Dwaybill.gas.write=true`.
class GasIT {
    private static final Path SNAPSHOT = Path.of("src/test/resources/gas.json");
    private static final long TIMEOUT = LaneFixture.NOW_MS + 3_600_000;

    @Test
    void costsWhatTheSnapshotSays() throws IOException {
        var gas = new TreeMap<String, Long>();
        try (var inbox = new LaneFixture(LogRole.STATUSES, true)) {
            inbox(inbox, gas);
        }
        try (var outbox = new LaneFixture(LogRole.PACKETS, true)) {
            outbox(outbox, gas);
        }
        for (int validators : new int[] {4, 7, 21}) {
            try (var fixture = new LaneFixture(LogRole.STATUSES, true, validators)) {
                gas.put("QbftClient.update, %d validators, a new height".formatted(validators), update(fixture));
            }
        }
        if (Boolean.getBoolean("waybill.gas.write")) {
            Files.writeString(
                    SNAPSHOT, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(gas) + "\n");
        }
        Map<String, Long> expected =
                Json.MAPPER.readValue(Files.readString(SNAPSHOT), new TypeReference<Map<String, Long>>() {});
        assertThat(gas).isEqualTo(expected);
    }

    private static void inbox(LaneFixture fixture, Map<String, Long> gas) {
        var packets = LongStream.range(0, 52).mapToObj(fixture::packet).toList();
        var first = fixture.source.delivery(LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, packets, 2, 0, 1);
        deliver(fixture, first);
        gas.put("Inbox.deliver 1 packet, header known", deliver(fixture, range(fixture, packets, 1, 2)));
        gas.put("Inbox.deliver 25 packets, header known", deliver(fixture, range(fixture, packets, 2, 27)));
        var third =
                fixture.source.delivery(LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, packets, 3, 27, 52);
        gas.put("Inbox.deliver 25 packets with an update", deliver(fixture, third));
    }

    private static long update(LaneFixture fixture) {
        var packets = List.of(fixture.packet(0));
        var delivery =
                fixture.source.delivery(LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, packets, 2, 0, 1);
        return used(fixture, fixture.client, delivery.update());
    }

    private static Delivery range(LaneFixture fixture, List<Bytes> packets, int from, int to) {
        var delivery =
                fixture.source.delivery(LaneFixture.COUNTERPARTY, LogRole.PACKETS, fixture.lane, packets, 2, from, to);
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

    private static void outbox(LaneFixture fixture, Map<String, Long> gas) {
        var one = LaneCalls.send(fixture.lane, Samples.attestation(0).encode(), TIMEOUT);
        fixture.evm.transact(fixture.contract, one);
        gas.put("Outbox.send", gas(fixture.evm.transact(fixture.contract, one)));
        var sends = LongStream.range(0, 25)
                .mapToObj(i -> new Chain.Send(Samples.attestation(i).encode(), TIMEOUT))
                .toList();
        gas.put(
                "Outbox.sendBatch 25",
                gas(fixture.evm.transact(fixture.contract, LaneCalls.sendBatch(fixture.lane, sends))));
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
