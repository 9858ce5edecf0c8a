package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes32;
import io.waybill.core.FiscoRejection.NumberNotNext;
import io.waybill.core.FiscoRejection.ParentMismatch;
import io.waybill.core.FiscoRejection.SetChangedTwice;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import java.util.ArrayList;
import java.util.List;

/// A recorded chain of headers judged one by one, by the header rules and without watchers. It serves to look at a
/// chain; no configuration makes a client of it.
///
/// @param trusted the list that vouches: the one of the last header accepted
/// @param last    the last header that was not refused
/// @param waiting the hashes of those that name another list that nothing has vouched for yet, oldest first
public record HeaderReplay(HeaderRules rules, SealerSet trusted, FiscoHeader last, List<Bytes32> waiting) {
    public HeaderReplay {
        waiting = List.copyOf(waiting);
    }

    /// What is said of one header.
    public sealed interface Judgement {
        /// The header is final, and with it those that waited.
        record Accepted(Bytes32 hash) implements Judgement {}

        /// Its own list sealed it, but the trusted one does not vouch for the change yet; a later header may.
        record Waiting(Bytes32 hash) implements Judgement {}

        record Refused(Rejection reason) implements Judgement {}
    }

    /// A judgement, and where the replay goes on from; after a refusal it stays where it was.
    public record Step(HeaderReplay next, Judgement judgement) {}

    /// A replay that trusts a header, and judges those after it.
    public static HeaderReplay from(HeaderRules rules, FiscoHeader anchor) {
        return new HeaderReplay(rules, anchor.sealers(), anchor, List.of());
    }

    public Step judge(FiscoHeader header, List<Seal> seals) {
        var hash = header.hash(rules.suite());
        var verdict = linked(header)
                .then(linked -> rules.weigh(hash, linked.sealers(), trusted, seals))
                .then(weights -> HeaderRules.quorum(header.sealers(), weights));
        return switch (verdict) {
            case Verdict.Rejected<HeaderRules.Weights>(var reason) -> new Step(this, new Judgement.Refused(reason));
            case Verdict.Accepted<HeaderRules.Weights>(var weights) -> weighed(header, hash, weights);
        };
    }

    private Step weighed(FiscoHeader header, Bytes32 hash, HeaderRules.Weights weights) {
        if (header.sealers().equals(trusted)
                || HeaderRules.vouched(trusted, weights).isAccepted()) {
            return new Step(new HeaderReplay(rules, header.sealers(), header, List.of()), new Judgement.Accepted(hash));
        }
        var longer = new ArrayList<>(waiting);
        longer.add(hash);
        return new Step(new HeaderReplay(rules, trusted, header, longer), new Judgement.Waiting(hash));
    }

    private Verdict<FiscoHeader> linked(FiscoHeader header) {
        ConsensusState parent = last.state(rules.suite());
        if (header.number() != parent.height() + 1)
            return reject(new NumberNotNext(parent.height() + 1, header.number()));
        if (!header.parentHash().equals(parent.hash()))
            return reject(new ParentMismatch(parent.hash(), header.parentHash()));
        boolean changedTwice = !waiting.isEmpty() && !header.sealers().equals(last.sealers());
        return changedTwice ? reject(new SetChangedTwice()) : rules.follows(parent, header);
    }
}
