package io.waybill.gateway.attest;

import io.waybill.core.LaneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lanes this gateway serves, found by id or by name.
public final class Lanes {
    private final Map<LaneId, Lane> byId = new LinkedHashMap<>();
    private final Map<String, Lane> byName = new LinkedHashMap<>();

    public Lanes(List<Lane> lanes) {
        for (var lane : lanes) {
            if (byId.put(lane.id(), lane) != null || byName.put(lane.name(), lane) != null) {
                throw new IllegalArgumentException(
                        "lanes: expected each id and name once, got " + lane.name() + " twice");
            }
        }
    }

    /// In the order of the configuration.
    public List<Lane> all() {
        return List.copyOf(byId.values());
    }

    public Optional<Lane> find(LaneId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// Finds a lane by its name, or by its id in hexadecimal.
    public Optional<Lane> find(String text) {
        var named = byName.get(text);
        if (named != null) return Optional.of(named);
        return text.matches("0x[0-9a-fA-F]{64}") ? find(LaneId.hex(text)) : Optional.empty();
    }
}
