package io.waybill.testkit;

import io.waybill.core.port.ChainException;
import io.waybill.testkit.Faults.Call;
import io.waybill.testkit.Faults.Fault;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Carries out calls as their faults say.
record FaultyCalls(Faults faults) {
    /// A call that changes nothing, with the false answer a lying node would give.
    <T> T read(Call call, Supplier<T> honest, UnaryOperator<T> lie) {
        var fault = faults.at(call);
        return switch (fault) {
            case NONE -> honest.get();
            case LIE -> lie.apply(honest.get());
            case UNAVAILABLE, LOST_ANSWER -> throw new ChainException.Unavailable(call + ": no answer");
            case REFUSED -> throw new ChainException.Refused(call + ": refused");
        };
    }

    <T> T read(Call call, Supplier<T> honest) {
        return read(call, honest, answer -> answer);
    }

    /// A transaction.
    <T> T write(Call call, Supplier<T> honest) {
        var fault = faults.at(call);
        if (fault == Fault.UNAVAILABLE) throw new ChainException.Unavailable(call + ": no answer");
        if (fault == Fault.REFUSED) throw new ChainException.Refused(call + ": refused");
        var answer = honest.get();
        if (fault == Fault.LOST_ANSWER) throw new ChainException.Unavailable(call + ": the answer was lost");
        return answer;
    }
}
