package io.waybill.core.client.fisco;

import static io.waybill.core.client.fisco.Ledger.SUITE;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.fisco.ChallengeAction.Conflict;
import io.waybill.core.client.fisco.ChallengeAction.Hold;
import io.waybill.core.client.fisco.ChallengeAction.Propose;
import io.waybill.core.client.fisco.ChallengeAction.Release;
import io.waybill.core.port.ClientRef;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Actions upon a client of mode CHALLENGED, made by the keys of a ledger.
record Challenges(Ledger ledger, ClientRef verifier) {
    /// Headers with no new list, sealed by these indices.
    Propose propose(SealerSet trusted, List<FiscoHeader> headers, long... sealing) {
        return new Propose(FiscoUpdate.of(trusted, headers, ledger.seals(headers.getLast(), sealing), List.of()));
    }

    /// Headers with a new list that these operators agree to.
    Propose change(SealerSet trusted, List<FiscoHeader> headers, int[] operators, long... sealing) {
        var first = headers.stream()
                .filter(header -> !header.sealers().equals(trusted))
                .findFirst()
                .orElseThrow();
        var digest = ChallengeDigest.sealers(verifier, first.state(SUITE));
        return new Propose(FiscoUpdate.of(
                trusted, headers, ledger.seals(headers.getLast(), sealing), operators(digest, operators)));
    }

    Conflict conflict(FiscoHeader header, SealerSet trusted, long... sealing) {
        return conflict(header, trusted, ledger.seals(header, sealing));
    }

    Conflict conflict(FiscoHeader header, SealerSet trusted, List<Seal> seals) {
        boolean changed = !header.sealers().equals(trusted);
        @Nullable SealerSet other = changed ? header.sealers() : null;
        var link = FiscoUpdate.Link.of(header, changed);
        return new Conflict(header.number(), header.parentHash(), trusted, other, link, seals);
    }

    Hold hold(FiscoHeader header, int watcher, long round) {
        var hash = header.hash(SUITE);
        var digest = ChallengeDigest.hold(verifier, header.number(), hash, round);
        return new Hold(header.number(), hash, ledger.watchers().get(watcher).sign(digest));
    }

    Release release(FiscoHeader header, long round, int... operators) {
        var hash = header.hash(SUITE);
        var digest = ChallengeDigest.release(verifier, header.number(), hash, round);
        return new Release(header.number(), hash, operators(digest, operators));
    }

    List<Bytes> operators(Bytes32 digest, int... places) {
        return IntStream.of(places)
                .mapToObj(place -> Ledger.operators().get(place).sign(digest))
                .toList();
    }
}
