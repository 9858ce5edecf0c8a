package io.waybill.core.client.fisco2;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection.HeightNotNewer;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.FiscoRejection.SetChangedTwice;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.HeaderReplay.Judgement;
import io.waybill.core.client.fisco.Seal;
import io.waybill.core.client.fisco.SealerSet;
import java.util.ArrayList;
import java.util.List;

/// A recorded chain of 2.x headers judged one by one, as a client judges them in updates of one header, but for the
/// clock. Under the trusted list a header may leave out heights before it; one that changes the list, and those
/// that wait with it until the trusted list vouches, must be linked to the last by their parents' hashes.
///
/// @param trusted the list that vouches: the one of the last header accepted
/// @param last    the last header that was not refused
/// @param waiting the hashes of those that name another list that nothing has vouched for yet, oldest first
public record Fisco2HeaderReplay(Fisco2Rules rules, SealerSet trusted, Fisco2Header last, List<Bytes32> waiting) {
    public Fisco2HeaderReplay {
        waiting = List.copyOf(waiting);
    }

    /// A judgement, and where the replay goes on from; after a refusal it stays where it was.
    public record Step(Fisco2HeaderReplay next, Judgement judgement) {}

    /// A replay that trusts a header, and judges those after it.
    public static Fisco2HeaderReplay from(Fisco2Rules rules, Fisco2Header anchor) {
        return new Fisco2HeaderReplay(rules, anchor.sealers(), anchor, List.of());
    }

    public Step judge(Fisco2Header header, List<Seal> seals) {
        var verdict = header.check()
                .then(this::placed)
                .then(placed -> rules.count(placed, trusted, seals))
                .then(count -> Fisco2Rules.quorum(header.sealers(), count));
        return switch (verdict) {
            case Verdict.Rejected<Fisco2Rules.Count>(var reason) -> new Step(this, new Judgement.Refused(reason));
            case Verdict.Accepted<Fisco2Rules.Count>(var count) -> counted(header, count);
        };
    }

    private Step counted(Fisco2Header header, Fisco2Rules.Count count) {
        var hash = header.hash(rules.suite());
        if (header.sealers().equals(trusted)
                || Fisco2Rules.vouched(trusted, count).isAccepted()) {
            return new Step(
                    new Fisco2HeaderReplay(rules, header.sealers(), header, List.of()), new Judgement.Accepted(hash));
        }
        var longer = new ArrayList<>(waiting);
        longer.add(hash);
        return new Step(new Fisco2HeaderReplay(rules, trusted, header, longer), new Judgement.Waiting(hash));
    }

    private Verdict<Fisco2Header> placed(Fisco2Header header) {
        if (header.number() <= last.number()) return reject(new HeightNotNewer(last.number(), header.number()));
        boolean alone = waiting.isEmpty() && header.sealers().equals(trusted) && header.number() > last.number() + 1;
        var link = alone ? accept(header) : rules.linked(last.state(rules.suite()), header);
        if (link instanceof Verdict.Rejected<Fisco2Header>(var reason)) return reject(reason);
        if (!waiting.isEmpty() && !header.sealers().equals(last.sealers())) return reject(new SetChangedTwice());
        return header.timeMs() < last.timeMs()
                ? reject(new TimeBeforeTrusted(last.timeMs(), header.timeMs()))
                : accept(header);
    }
}
