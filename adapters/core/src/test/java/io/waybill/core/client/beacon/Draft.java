package io.waybill.core.client.beacon;

import static io.waybill.core.client.beacon.SyntheticBeacon.CHAIN;

import io.waybill.core.Bytes;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.core.digest.Bls;
import java.util.List;
import supranational.blst.P2;
import supranational.blst.SecretKey;

/// An update of [SyntheticBeacon] that is valid unless something is said to be otherwise.
final class Draft {
    private final long attestedSlot;
    private LightClientHeader finalised;
    private long signatureSlot;
    private int participants = Preset.MINIMAL.committeeSize();
    private int signing = -1;
    private boolean bringsNext;
    private SyncCommittee next;
    private Fork rules;
    private List<SecretKey> secrets;
    private BeaconChain signedFor = CHAIN;

    private Draft(long attestedSlot, long finalisedSlot) {
        this.attestedSlot = attestedSlot;
        finalised = SyntheticBeacon.finalised(finalisedSlot);
        signatureSlot = attestedSlot + 1;
        next = SyntheticBeacon.committee(CHAIN.period(attestedSlot) + 1);
        rules = SyntheticBeacon.fork(attestedSlot);
        secrets = SyntheticBeacon.secrets(CHAIN.period(signatureSlot));
    }

    static Draft of(long attestedSlot, long finalisedSlot) {
        return new Draft(attestedSlot, finalisedSlot);
    }

    Draft finalising(LightClientHeader header) {
        finalised = header;
        return this;
    }

    Draft signedAt(long slot) {
        signatureSlot = slot;
        secrets = SyntheticBeacon.secrets(CHAIN.period(slot));
        return this;
    }

    /// The first so many members take part.
    Draft participants(int count) {
        participants = count;
        return this;
    }

    /// Of the members that are said to take part the first so many do.
    Draft signing(int count) {
        signing = count;
        return this;
    }

    Draft signedBy(long period) {
        secrets = SyntheticBeacon.secrets(period);
        return this;
    }

    Draft signedFor(BeaconChain chain) {
        signedFor = chain;
        return this;
    }

    Draft bringsNext() {
        bringsNext = true;
        return this;
    }

    Draft bringsNext(SyncCommittee committee) {
        next = committee;
        return bringsNext();
    }

    /// The state has its parts where this fork has them.
    Draft stateOf(Fork fork) {
        rules = fork;
        return this;
    }

    LightClientUpdate update() {
        var state = SyntheticBeacon.state(rules, finalised.beacon().root(), next);
        var attested = SyntheticBeacon.header(attestedSlot, state.root());
        return new LightClientUpdate(
                attested,
                new InState<>(finalised, state.branch(rules.finalizedRoot())),
                bringsNext ? new InState<>(next, state.branch(rules.nextCommittee())) : null,
                new SyncAggregate(bits(), signature(attested)),
                signatureSlot);
    }

    private Bytes bits() {
        var bits = new byte[Preset.MINIMAL.committeeSize() / 8];
        for (int i = 0; i < participants; i++) bits[i / 8] |= (byte) (1 << i % 8);
        return Bytes.of(bits);
    }

    private Bytes signature(LightClientHeader attested) {
        var message = signedFor
                .signingRoot(attested.beacon(), signatureSlot)
                .orElseThrow()
                .value();
        var sum = new P2();
        for (var secret : secrets.subList(0, signing < 0 ? participants : signing)) {
            sum.add(new P2()
                    .hash_to(message.toArray(), Bls.Scheme.ETHEREUM.tag(), new byte[0])
                    .sign_with(secret));
        }
        return Bytes.of(sum.compress());
    }
}
