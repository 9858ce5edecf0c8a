package io.waybill.evm.conflux;

import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds committees and ledger infos in a recording: an array of them in any nesting, bare or within their JSON-RPC
/// envelopes, or an object that holds a committee as `epochState` (a number may follow) and ledger infos as
/// `ledgerInfos` or `ledgerInfo`; the committee comes first.
final class ConfluxRecording {
    private static final Pattern COMMITTEE = Pattern.compile("epochState\\d*");

    private ConfluxRecording() {}

    /// One thing that was recorded.
    sealed interface Item {}

    record Committee(Json json) implements Item {}

    record Signed(Json json) implements Item {}

    /// What is neither.
    record Unknown(Json json) implements Item {}

    static List<Item> items(Json recorded) {
        var items = new ArrayList<Item>();
        collect(recorded, items);
        return items;
    }

    private static void collect(Json json, List<Item> items) {
        var node = json.node();
        if (node.isArray()) {
            json.list().forEach(element -> collect(element, items));
        } else if (json.isNull()) {
            return;
        } else if (!node.isObject()) {
            items.add(new Unknown(json));
        } else if (node.has("result")) {
            collect(json.at("result"), items);
        } else if (node.has("signatures") && node.has("ledgerInfo")) {
            items.add(new Signed(json));
        } else if (node.has("verifier")) {
            items.add(new Committee(json));
        } else {
            within(json, items);
        }
    }

    private static void within(Json json, List<Item> items) {
        int before = items.size();
        json.fields().forEach((name, field) -> {
            if (COMMITTEE.matcher(name).matches()) collect(field, items);
        });
        for (var name : List.of("ledgerInfos", "ledgerInfo")) {
            if (!json.at(name).isNull()) collect(json.at(name), items);
        }
        if (items.size() == before) items.add(new Unknown(json));
    }
}
