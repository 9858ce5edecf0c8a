package io.waybill.testkit;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.port.ClientView;
import io.waybill.core.port.LogEntry;
import io.waybill.core.port.LogView;
import io.waybill.core.port.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What a lying node answers: the truth with one thing changed.
final class Lies {
    private Lies() {}

    static LogView log(LogView truth) {
        return new LogView(truth.size() + 1, truth.lastChanged(), truth.acknowledged());
    }

    static List<LogEntry> entries(List<LogEntry> truth) {
        if (truth.isEmpty()) return truth;
        var lie = new ArrayList<>(truth);
        var last = lie.removeLast();
        lie.add(new LogEntry(last.index(), octets(last.leaf()), last.height(), last.timeMs(), last.tx()));
        return lie;
    }

    static Sighting sighting(Sighting truth) {
        var checkpoint = truth.checkpoint();
        var root = new Bytes32(octets(checkpoint.root().value()));
        return new Sighting(new Checkpoint(checkpoint.lane(), checkpoint.size(), root), truth.height(), truth.tx());
    }

    static List<Bytes> updates(List<Bytes> truth) {
        return truth.stream().map(Lies::octets).toList();
    }

    static ClientView client(ClientView truth) {
        var accepted = new TreeMap<>(truth.accepted());
        accepted.computeIfPresent(accepted.lastKey(), (_, hash) -> new Bytes32(octets(hash.value())));
        return new ClientView(truth.status(), accepted, truth.nowMs());
    }

    /// The same octets but for one bit of the last.
    static Bytes octets(Bytes truth) {
        int last = truth.size() - 1;
        return truth.with(last, truth.at(last) ^ 1);
    }
}
