package io.waybill.fisco;

import io.waybill.rpc.Json;

/// Recorded answers of nodes, each bare or within something.
final class FiscoAnswers {
    private FiscoAnswers() {}

    /// What was answered: taken out of its envelope, `{"result":answer}`, or out of what it was recorded beside,
    /// `{"block":answer}` or `{"receipt":answer}`.
    static Json bare(Json json) {
        for (var field : new String[] {"result", "block", "receipt"}) {
            if (json.node().isObject() && json.node().has(field)) return bare(json.at(field));
        }
        return json;
    }
}
