package io.waybill.gateway.config;

import io.waybill.gateway.config.LanePlan.PlannedChain;
import io.waybill.gateway.config.LanePlan.PlannedLane;
import java.util.LinkedHashMap;
import java.util.Map;

/// The values of a plan by which contracts and lanes are what they are, each by its place in the file. Where
/// chains are reached, and where keys lie, may change while a plan is carried out; these may not.
public final class PlanValues {
    private final Map<String, String> values = new LinkedHashMap<>();

    private PlanValues() {}

    public static Map<String, String> of(LanePlan plan) {
        var all = new PlanValues();
        for (int i = 0; i < plan.chains().size(); i++) {
            all.chain("chains[%d]".formatted(i), plan.chains().get(i));
        }
        for (int i = 0; i < plan.lanes().size(); i++) {
            all.lane("lanes[%d]".formatted(i), plan.lanes().get(i));
        }
        for (int i = 0; i < plan.eas().size(); i++) {
            var at = "eas[%d]".formatted(i);
            var eas = plan.eas().get(i);
            all.put(at, "lane", eas.lane());
            all.put(at, "contract", eas.contract());
            all.put(at, "schemas", eas.schemas());
            all.put(at, "attesters", eas.attesters());
        }
        return all.values;
    }

    private void chain(String at, PlannedChain chain) {
        put(at, "id", chain.id());
        switch (chain) {
            case LanePlan.Evm evm -> put(at, "finality", evm.finality());
            case LanePlan.Conflux conflux -> {
                put(at, "needed", conflux.needed());
                for (int i = 0; i < conflux.verifiers().size(); i++) {
                    var verifier = conflux.verifiers().get(i);
                    put(at, "verifiers[%d].address".formatted(i), verifier.address());
                }
            }
            case LanePlan.Fisco fisco -> {
                put(at, "group", fisco.group());
                put(at, "crypto", fisco.crypto());
                put(at, "version-floor", fisco.versionFloor());
                for (int i = 0; i < fisco.watchers().size(); i++) {
                    var watcher = fisco.watchers().get(i);
                    put(at, "watchers[%d].address".formatted(i), watcher.address());
                    put(at, "watchers[%d].destination".formatted(i), watcher.destination());
                }
            }
        }
        put(at, "council", chain.council());
        put(at, "contracts", chain.contracts());
        put(at, "pauser", chain.pauser());
        put(at, "trust.trusting-period", chain.trust().trustingPeriod());
        put(at, "trust.max-clock-drift", chain.trust().maxClockDrift());
        put(at, "trust.anchor", chain.trust().anchor());
    }

    private void lane(String at, PlannedLane lane) {
        put(at, "name", lane.name());
        put(at, "source", lane.source());
        put(at, "destination", lane.destination());
        put(at, "max-packet", lane.maxPacket());
        put(at, "window", lane.window());
        put(at, "max-timeout", lane.maxTimeout());
        put(at, "senders", lane.senders());
    }

    private void put(String at, String key, Object value) {
        values.put(at + "." + key, value.toString());
    }
}
