package io.waybill.core.fuzz;

import io.waybill.core.Bytes;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.attestation.Attestation;
import io.waybill.core.attestation.Packet;
import io.waybill.core.attestation.PacketStatus;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.beacon.BeaconEventProof;
import io.waybill.core.client.beacon.BeaconUpdate;
import io.waybill.core.client.beacon.LightClientBootstrap;
import io.waybill.core.client.beacon.Preset;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.client.committee.CommitteeEventProof;
import io.waybill.core.client.committee.CommitteeUpdate;
import io.waybill.core.client.conflux.ConfluxUpdate;
import io.waybill.core.client.conflux.EpochState;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoUpdate;
import io.waybill.core.client.fisco2.Fisco2Anchor;
import io.waybill.core.client.fisco2.Fisco2Update;
import io.waybill.core.client.qbft.QbftEventProof;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.QbftUpdate;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.EvmAccount;
import io.waybill.core.proof.EvmHeader;
import io.waybill.core.proof.EvmReceipt;
import io.waybill.core.proof.Membership;
import io.waybill.core.proof.MerklePatriciaProof;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.conflux.ConfluxEventProof;
import io.waybill.core.proof.conflux.ConfluxReceipt;
import io.waybill.core.proof.conflux.PowHeader;
import io.waybill.core.proof.fisco.CarrierReceipt;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.SignedFiscoTransaction;
import io.waybill.core.proof.fisco2.Fisco2EventProof;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Each decoder and each verifier of the core, with what must hold for any octets: it answers, its refusals
/// explain themselves, and what it accepts encodes to exactly what it read.
enum Target {
    RLP(octets -> same(octets, Rlp.decode(octets), Rlp::encode)),
    QBFT_HEADER(octets -> same(octets, QbftHeader.decode(ClientKind.QBFT, octets), QbftHeader::encode)),
    IBFT2_HEADER(octets -> same(octets, QbftHeader.decode(ClientKind.IBFT2, octets), QbftHeader::encode)),
    QBFT_UPDATE(octets -> same(octets, QbftUpdate.decode(ClientKind.QBFT, octets), QbftUpdate::encode)),
    QBFT_EVENT_PROOF(octets -> same(octets, QbftEventProof.decode(ClientKind.QBFT, octets), QbftEventProof::encode)),
    EVM_RECEIPT(octets -> same(octets, EvmReceipt.decode(octets), EvmReceipt::encode)),
    TRIE_PROOF(Target::trieProof),
    EVM_HEADER(octets -> same(octets, EvmHeader.decode(octets), EvmHeader::encode)),
    EVM_ACCOUNT(octets -> same(octets, EvmAccount.decode(octets), EvmAccount::encode)),
    FISCO_ANCHOR(octets -> same(octets, FiscoAnchor.decode(octets), FiscoAnchor::encode)),
    FISCO_UPDATE(octets -> same(octets, FiscoUpdate.decode(octets), FiscoUpdate::encode)),
    FISCO_EVENT_PROOF(octets -> same(octets, FiscoEventProof.decode(octets), FiscoEventProof::encode)),
    FISCO_CARRIER(octets -> explained(CarrierReceipt.read(
            octets, FiscoProofs.OUTBOX, LogRole.PACKETS.topic(), FiscoProofs.LANE, FiscoProofs.HEIGHT))),
    FISCO_TRANSACTION(Target::transaction),
    FISCO2_ANCHOR(octets -> same(octets, Fisco2Anchor.decode(octets), Fisco2Anchor::encode)),
    FISCO2_UPDATE(octets -> same(octets, Fisco2Update.decode(octets), Fisco2Update::encode)),
    FISCO2_EVENT_PROOF(octets -> same(octets, Fisco2EventProof.decode(octets), Fisco2EventProof::encode)),
    CONFLUX_LEDGER_INFO(octets -> same(octets, LedgerInfo.decode(octets), LedgerInfo::encode)),
    CONFLUX_EPOCH_STATE(octets -> same(octets, EpochState.decode(octets), EpochState::encode)),
    CONFLUX_UPDATE(octets -> same(octets, ConfluxUpdate.decode(octets), ConfluxUpdate::encode)),
    CONFLUX_HEADER(octets -> same(octets, PowHeader.decode(octets), PowHeader::encode)),
    CONFLUX_RECEIPT(octets -> same(octets, ConfluxReceipt.decode(octets), ConfluxReceipt::encode)),
    CONFLUX_EVENT_PROOF(octets -> same(octets, ConfluxEventProof.decode(octets), ConfluxEventProof::encode)),
    BEACON_BOOTSTRAP(
            octets -> same(octets, LightClientBootstrap.decode(Preset.MINIMAL, octets), LightClientBootstrap::encode)),
    BEACON_UPDATE(octets -> same(octets, BeaconUpdate.decode(Preset.MINIMAL, octets), BeaconUpdate::encode)),
    BEACON_EVENT_PROOF(octets -> same(octets, BeaconEventProof.decode(octets), BeaconEventProof::encode)),
    COMMITTEE_ANCHOR(octets -> same(octets, CommitteeAnchor.decode(octets), CommitteeAnchor::encode)),
    COMMITTEE_UPDATE(octets -> same(octets, CommitteeUpdate.decode(octets), CommitteeUpdate::encode)),
    COMMITTEE_EVENT_PROOF(octets -> same(octets, CommitteeEventProof.decode(octets), CommitteeEventProof::encode)),
    PACKET(octets -> same(octets, Packet.decode(octets), Packet::encode)),
    PACKET_STATUS(octets -> same(octets, PacketStatus.decode(octets), PacketStatus::encode)),
    ATTESTATION(octets -> same(octets, Attestation.decode(octets), Attestation::encode)),
    /// Every verifier that has a valid proof here; it accepts nothing but what such a proof proves.
    VERIFIERS(octets -> Known.ALL.forEach(known -> known.proof.fuzz(octets.toArray(), known.outcomes)));

    /// A verifier's proof, and what it says of every known proof that it accepts: some have an anchor in common.
    private record Known(ValidProof proof, Set<Verdict<?>> outcomes) {
        static final List<Known> ALL = all(ValidProofs.all());

        private static List<Known> all(List<ValidProof> proofs) {
            return proofs.stream()
                    .map(proof -> new Known(proof, outcomes(proof, proofs)))
                    .toList();
        }

        private static Set<Verdict<?>> outcomes(ValidProof proof, List<ValidProof> proofs) {
            var outcomes = new HashSet<Verdict<?>>();
            for (var other : proofs) {
                var verdict = proof.judge().apply(other.wire());
                if (verdict.isAccepted()) outcomes.add(verdict);
            }
            return outcomes;
        }
    }

    private static final int LONGEST_REASON = 4096;
    private static final Pattern WORD = Pattern.compile("_(.)");

    private final Consumer<Bytes> property;

    Target(Consumer<Bytes> property) {
        this.property = property;
    }

    /// Shows the target any octets.
    ///
    /// @throws AssertionError if what must hold does not
    void fuzz(byte[] octets) {
        property.accept(Bytes.of(octets));
    }

    /// The name of the target's method in the fuzz test and of its folder in the corpus.
    String method() {
        return WORD.matcher(name().toLowerCase(Locale.ROOT))
                .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
    }

    static <T> void same(Bytes octets, Verdict<T> verdict, Function<T, Bytes> encode) {
        explained(verdict);
        if (verdict instanceof Verdict.Accepted<T>(var value)) {
            var again = encode.apply(value);
            if (!again.equals(octets)) throw new AssertionError("accepted, but encodes to " + again);
        }
    }

    static void explained(Verdict<?> verdict) {
        if (verdict instanceof Verdict.Rejected<?>(var reason)) explained(reason);
    }

    static void explained(Rejection reason) {
        var words = reason.explain();
        if (words.isBlank() || words.length() > LONGEST_REASON) {
            throw new AssertionError("%s: %d characters of reason".formatted(reason.code(), words.length()));
        }
    }

    /// `RLP [ key, [node...] ]` under the root that the first node has; the strict reader and the general one agree.
    private static void trieProof(Bytes octets) {
        explained(Rlp.parse(octets, item -> {
            var parts = item.items();
            if (parts.size() != 2 || parts.getLast().items().isEmpty()) return Verdict.accept(Bytes.EMPTY);
            var nodes = parts.getLast().items().stream().map(Rlp::octets).toList();
            var root = Digests.keccak256(nodes.getFirst());
            var key = parts.getFirst().octets();
            var member = MerklePatriciaProof.verify(root, key, nodes);
            var found = MerklePatriciaProof.lookUp(root, key, nodes);
            if (member instanceof Verdict.Accepted<Bytes>(var value)
                    && !found.equals(Verdict.accept(new Membership.Present(value)))) {
                throw new AssertionError("one reader finds " + value + ", the other " + found);
            }
            explained(found);
            return member;
        }));
    }

    /// TARS has several texts of one transaction; what is read must at least be what is written and read again.
    private static void transaction(Bytes octets) {
        for (var suite : FiscoSuite.values()) {
            var verdict = SignedFiscoTransaction.decode(suite, octets);
            explained(verdict);
            if (verdict instanceof Verdict.Accepted<SignedFiscoTransaction>(var signed)
                    && !SignedFiscoTransaction.decode(suite, signed.encode(suite))
                            .equals(verdict)) {
                throw new AssertionError("accepted, but reads otherwise when written again");
            }
        }
    }
}
