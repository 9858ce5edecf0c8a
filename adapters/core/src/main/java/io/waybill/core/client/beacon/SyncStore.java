package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;

/// What is known of sync committees at a finalised header that is believed: those of its period and of the
/// next. A client keeps only a hash of these; who updates it shows them again.
///
/// @param slot    of the header, ≥ 1
/// @param current root of the committee of the header's period
/// @param next    root of the committee of the next period, zero while not known
/// @see <a
///     href="https://github.com/ethereum/consensus-specs/blob/dev/specs/altair/light-client/sync-protocol.md">
///     consensus-specs, Altair light client, LightClientStore</a>
public record SyncStore(long slot, Bytes32 current, Bytes32 next) {
    public boolean nextKnown() {
        return !next.isZero();
    }

    /// What a consensus state keeps of it: `sha256(current || next)`.
    public Bytes32 setHash() {
        return Digests.sha256(Bytes.concat(current.value(), next.value()));
    }

    SyncStore withoutNext() {
        return new SyncStore(slot, current, Bytes32.ZERO);
    }

    /// The root of the committee that signs at a slot, of this header's period or, if it is known, of the next.
    public Verdict<Bytes32> signers(BeaconChain chain, long signatureSlot) {
        long period = chain.period(slot);
        long signed = chain.period(signatureSlot);
        if (signed < period) return reject(new BeaconRejection.PeriodBeforeTrusted(period, signed));
        if (signed == period) return accept(current);
        long last = nextKnown() ? period + 1 : period;
        return signed == period + 1 && nextKnown()
                ? accept(next)
                : reject(new BeaconRejection.PeriodOutOfReach(last, signed));
    }

    /// Whether an update brings the next committee where it is missing, out of a state and with a finalised
    /// header of this very period.
    boolean learnsNext(BeaconChain chain, LightClientUpdate update) {
        long period = chain.period(slot);
        return !nextKnown()
                && update.next() != null
                && chain.period(update.attested().slot()) == period
                && chain.period(update.finalised().value().slot()) == period;
    }

    /// What is known after a valid update: at the header it finalises, or still at this one if that is no
    /// newer.
    ///
    /// @see <a
    ///     href="https://github.com/ethereum/consensus-specs/blob/dev/specs/altair/light-client/sync-protocol.md">
    ///     consensus-specs, Altair light client, apply_light_client_update</a>
    public SyncStore after(BeaconChain chain, LightClientUpdate update) {
        long finalised = update.finalised().value().slot();
        if (chain.period(finalised) > chain.period(slot)) return new SyncStore(finalised, next, update.nextRoot());
        var learned = learnsNext(chain, update) ? update.nextRoot() : next;
        return new SyncStore(Math.max(finalised, slot), current, learned);
    }
}
