package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.rpc.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/// The figures that the READMEs print are those of the snapshot.
class GasTableTest {
    private static final Map<String, Long> GAS = snapshot();

    private static Map<String, Long> snapshot() {
        return new TreeMap<>(Json.MAPPER.readValue(
                Path.of("src/test/resources/gas.json").toFile(), new TypeReference<Map<String, Long>>() {}));
    }

    private static String figure(long gas) {
        return String.format(Locale.ROOT, "%,d", gas);
    }

    private static long gas(String what) {
        var gas = GAS.get(what);
        if (gas == null) throw new AssertionError("snapshot: expected " + what);
        return gas;
    }

    private static String each(String what, int packets) {
        return figure(Math.round((double) gas(what) / packets));
    }

    @Test
    void theTableOfThisModuleHasEveryLineOfTheSnapshot() throws IOException {
        var readme = Files.readAllLines(Path.of("README.md"));
        GAS.forEach((what, gas) -> assertThat(readme).contains("| `%s` | %s |".formatted(what, figure(gas))));
    }

    @Test
    void theTableOfTheProjectIsCountedFromIt() throws IOException {
        var readme = Files.readAllLines(Path.of("../../README.md"));
        var update = "QbftClient.update, %d validators, a new height";
        assertThat(readme)
                .contains(
                        "| a QBFT header, 4 / 21 validators | %s / %s | 438,834 / 1,441,143 |"
                                .formatted(figure(gas(update.formatted(4))), figure(gas(update.formatted(21)))),
                        "| a packet delivered, in batches of 25 / 500, header and proofs included | %s / %s | 179,471 in batches of 25 |"
                                .formatted(
                                        each("Inbox.deliver 25 with an update", 25),
                                        each("Inbox.deliver 500 with an update", 500)),
                        "| its status brought back, in batches of 25 / 500 | %s / %s | 92,621 in batches of 25 |"
                                .formatted(
                                        each("Outbox.acknowledge 25 with an update", 25),
                                        each("Outbox.acknowledge 500 with an update", 500)),
                        "| a packet sent, alone / in batches of 500 | %s / %s | about 165,000 alone |"
                                .formatted(figure(gas("Outbox.send")), each("Outbox.sendBatch 500", 500)));
    }
}
