package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.Ssz;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.core.digest.Bls;
import java.util.List;

/// Whether an update is valid in the eyes of one who believes a finalised header: the protocol's rules in its
/// order, and two of our own. Two thirds must participate, where the protocol takes one for headers it believes
/// less; and a finalised header must be there, where the protocol holds an attested one in case no better
/// comes.
///
/// @param latestMs the latest time at which a slot may begin, milliseconds since 1970
/// @see <a
///     href="https://github.com/ethereum/consensus-specs/blob/dev/specs/altair/light-client/sync-protocol.md">
///     consensus-specs, Altair light client, validate_light_client_update</a>
record SyncProtocol(BeaconChain chain, SyncStore store, LightClientUpdate update, long latestMs) {

    /// @param signers the committee that is said to have signed
    Verdict<LightClientUpdate> validate(SyncCommittee signers) {
        return enough().then(_ -> slots())
                .then(_ -> store.signers(chain, update.signatureSlot()))
                .then(committee -> relevant()
                        .then(_ -> headers())
                        .then(_ -> chain.fork(attested().slot()))
                        .then(fork -> finality(fork).then(_ -> nextCommittee(fork)))
                        .then(_ -> signature(signers, committee)));
    }

    private LightClientHeader attested() {
        return update.attested();
    }

    private LightClientHeader finalised() {
        return update.finalised().value();
    }

    private Verdict<LightClientUpdate> enough() {
        if (finalised().slot() < 1) return reject(new BeaconRejection.NotFinalised());
        int counted = update.aggregate().participants();
        int needed = chain.preset().participantsNeeded();
        return counted < needed ? reject(new BeaconRejection.TooFewParticipants(counted, needed)) : accept(update);
    }

    private Verdict<LightClientUpdate> slots() {
        long signature = update.signatureSlot();
        long attested = attested().slot();
        long finalised = finalised().slot();
        if (signature <= attested || attested < finalised) {
            return reject(new BeaconRejection.SlotsOutOfOrder(signature, attested, finalised));
        }
        long beginsMs = chain.timeMs(signature);
        return beginsMs > latestMs
                ? reject(new ClientRejection.HeaderFromTheFuture(beginsMs, latestMs))
                : accept(update);
    }

    private Verdict<LightClientUpdate> relevant() {
        boolean missing = !store.nextKnown()
                && update.next() != null
                && chain.period(attested().slot()) == chain.period(store.slot());
        return attested().slot() > store.slot() || missing
                ? accept(update)
                : reject(new BeaconRejection.UpdateNotRelevant(
                        store.slot(), attested().slot()));
    }

    private Verdict<LightClientHeader> headers() {
        return chain.check(attested()).then(_ -> chain.check(finalised()));
    }

    private Verdict<LightClientUpdate> finality(Fork fork) {
        var root = finalised().beacon().root();
        return inState(root, update.finalised().branch(), fork.finalizedRoot(), attested())
                ? accept(update)
                : reject(new BeaconRejection.FinalityBranchInvalid(attested().slot()));
    }

    private Verdict<LightClientUpdate> nextCommittee(Fork fork) {
        var next = update.next();
        if (next == null) return accept(update);
        var root = next.value().root();
        boolean same = chain.period(attested().slot()) == chain.period(store.slot());
        if (same && store.nextKnown() && !root.equals(store.next())) {
            return reject(new BeaconRejection.NextCommitteeMismatch(store.next(), root));
        }
        return inState(root, next.branch(), fork.nextCommittee(), attested())
                ? accept(update)
                : reject(new BeaconRejection.CommitteeBranchInvalid(attested().slot()));
    }

    private Verdict<LightClientUpdate> signature(SyncCommittee signers, Bytes32 expected) {
        var aggregate = update.aggregate();
        return chain.signingRoot(attested().beacon(), update.signatureSlot())
                .then(message -> CommitteeKeys.of(signers, expected)
                        .then(keys -> Bls.verify(
                                        Bls.Scheme.ETHEREUM,
                                        keys.participants(aggregate),
                                        message.value(),
                                        aggregate.signature())
                                ? accept(update)
                                : reject(new BeaconRejection.AggregateSignatureInvalid())));
    }

    /// Whether a leaf lies in the state of a header's block.
    static boolean inState(Bytes32 leaf, List<Bytes32> branch, int index, LightClientHeader header) {
        return Ssz.branch(leaf, branch, index, header.beacon().stateRoot());
    }
}
