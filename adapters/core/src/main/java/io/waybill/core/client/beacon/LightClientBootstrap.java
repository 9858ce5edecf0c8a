package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.reject;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.ssz.Fork;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.core.proof.Rlp;

/// Where a client begins: a finalised header that an operator pins by its root, and the committee of its
/// period.
///
/// @param current the committee, shown in the state of the header's block
/// @see <a
///     href="https://github.com/ethereum/consensus-specs/blob/dev/specs/altair/light-client/sync-protocol.md">
///     consensus-specs, Altair light client, initialize_light_client_store</a>
public record LightClientBootstrap(LightClientHeader header, InState<SyncCommittee> current) {
    /// The wire form, `RLP [ header, [committee, branch] ]`.
    public Bytes encode() {
        return Rlp.list(BeaconWire.header(header), BeaconWire.committee(current))
                .encode();
    }

    /// Reads the wire form; total.
    public static Verdict<LightClientBootstrap> decode(Preset preset, Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, item -> {
            var items = BeaconWire.items(item, 2, "bootstrap");
            return Verdict.accept(new LightClientBootstrap(
                    BeaconWire.header(items.get(0)), BeaconWire.committee(preset, items.get(1))));
        });
    }

    /// What a client may believe once an operator has pinned the header's root: the header is well formed and
    /// its state names the committee.
    public Verdict<SyncStore> check(BeaconChain chain) {
        if (header.slot() < 1) return reject(new BeaconRejection.NotFinalised());
        return chain.check(header).then(_ -> chain.fork(header.slot())).then(fork -> store(chain, fork));
    }

    private Verdict<SyncStore> store(BeaconChain chain, Fork fork) {
        int members = current.value().size();
        if (members != chain.preset().committeeSize()) return reject(new BeaconRejection.MalformedSsz("committee"));
        var root = current.value().root();
        return SyncProtocol.inState(root, current.branch(), fork.currentCommittee(), header)
                ? Verdict.accept(new SyncStore(header.slot(), root, Bytes32.ZERO))
                : reject(new BeaconRejection.CommitteeBranchInvalid(header.slot()));
    }
}
