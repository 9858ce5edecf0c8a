package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.FiscoRejection.NewSetUnused;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoUpdate.Link;
import io.waybill.core.proof.Rlp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be done to a client of mode CHALLENGED, rule R4.7. Its wire form is one strict RLP list of at most 1
/// MiB; the first item is the action's number, and every other item is read:
///
/// | action | items |
/// |---|---|
/// | propose | `1, [ trustedHeight, trustedSet, newSet, headers, seals, operatorSignatures ]` |
/// | conflict | `2, number, parentHash, trustedSet, newSet, header, seals` |
/// | hold | `3, height, hash, signature` |
/// | release | `4, height, hash, operatorSignatures` |
/// | confirm | `5, height` |
///
/// | item | octets |
/// |---|---|
/// | `trustedHeight`, `number`, `height` | a number: at most 8 octets, big-endian, without leading zeros |
/// | `parentHash`, `hash` | 32 |
/// | `trustedSet` | `[ [id...], [weight...] ]`: 1 to 128 ids of 64 octets, strictly ascending; as many numbers |
/// | `newSet` | the same, another one; or the empty list |
/// | `headers` | 1 to 64 times `header` |
/// | `header` | `[ version, txsRoot (32), receiptsRoot (32), stateRoot (32), gasUsed, timeMs, sealer, which ]` |
/// | `gasUsed` | 1 to 78 decimal digits in ASCII |
/// | `which` | 1 if the header names `newSet`, else 0 |
/// | `seals` | `[ [index, signature]... ]`, ascending by index; 65 octets, on SM chains 64 |
/// | `signature` | 65 octets: `r` (32), `s` (32), `v`; low `s`, `v` 0 or 1 |
/// | `operatorSignatures` | `[ signature... ]`, ascending by signer |
public sealed interface ChallengeAction {
    /// Headers that are to wait. Seals are over the last; operators sign [ChallengeDigest#sealers] of the first
    /// header that names the new list, and nothing where none does.
    record Propose(FiscoUpdate update) implements ChallengeAction {}

    /// One header that a quorum sealed and that is not the one the client knows of its height. It need not be
    /// linked to anything.
    ///
    /// @param trustedSet the list the client knows of this height, or of the one below
    /// @param newSet     the header's own list where it is another, null where not
    record Conflict(
            long number,
            Bytes32 parentHash,
            SealerSet trustedSet,
            @Nullable SealerSet newSet,
            Link link,
            List<Seal> seals)
            implements ChallengeAction {
        public Conflict {
            seals = List.copyOf(seals);
        }

        /// The header whole.
        ///
        /// @throws IllegalArgumentException if the number is below 1
        FiscoHeader header() {
            return link.at(number, parentHash, newSet == null ? trustedSet : newSet);
        }
    }

    /// A watcher holds all that waits, naming one header of it; signed as [ChallengeDigest#hold] says.
    record Hold(long height, Bytes32 hash, Bytes signature) implements ChallengeAction {}

    /// Two operators release what is held, naming one header of it; signed as [ChallengeDigest#release] says.
    record Release(long height, Bytes32 hash, List<Bytes> signatures) implements ChallengeAction {
        public Release {
            signatures = List.copyOf(signatures);
        }
    }

    /// Every header up to this height has waited long enough.
    record Confirm(long height) implements ChallengeAction {}

    default Bytes encode() {
        return switch (this) {
            case Propose(var update) -> Rlp.list(Rlp.of(1), update.item()).encode();
            case Conflict conflict -> encode(conflict);
            case Hold(long height, var hash, var signature) ->
                Rlp.list(Rlp.of(3), Rlp.of(height), Rlp.of(hash.value()), Rlp.of(signature))
                        .encode();
            case Release(long height, var hash, var signatures) ->
                Rlp.list(Rlp.of(4), Rlp.of(height), Rlp.of(hash.value()), Rlp.list(signatures, Rlp::of))
                        .encode();
            case Confirm(long height) -> Rlp.list(Rlp.of(5), Rlp.of(height)).encode();
        };
    }

    private static Bytes encode(Conflict it) {
        return Rlp.list(
                        Rlp.of(2),
                        Rlp.of(it.number),
                        Rlp.of(it.parentHash.value()),
                        FiscoUpdate.item(it.trustedSet),
                        it.newSet == null ? Rlp.list() : FiscoUpdate.item(it.newSet),
                        it.link.item(),
                        FiscoUpdate.item(it.seals))
                .encode();
    }

    /// Reads the wire form; total. Refuses in the order of the items.
    static Verdict<ChallengeAction> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, ChallengeAction::of);
    }

    private static Verdict<ChallengeAction> of(Rlp item) {
        var parts = item.items();
        if (parts.isEmpty()) return reject(new MalformedUpdate("list of 0"));
        long action = parts.getFirst().number();
        if (action < 1 || action > 5) return reject(new MalformedUpdate("action"));
        int expected = List.of(2, 7, 4, 4, 2).get((int) action - 1);
        if (parts.size() != expected) return reject(new MalformedUpdate("list of " + parts.size()));
        return switch ((int) action) {
            case 1 -> FiscoUpdate.of(parts.get(1)).map(Propose::new);
            case 2 -> conflict(parts);
            case 3 ->
                named(parts)
                        .map(hash -> new Hold(
                                parts.get(1).number(), hash, parts.get(3).octets()));
            case 4 ->
                named(parts)
                        .map(hash -> new Release(
                                parts.get(1).number(),
                                hash,
                                parts.get(3).items().stream().map(Rlp::octets).toList()));
            default -> accept(new Confirm(parts.get(1).number()));
        };
    }

    /// The hash of an action that names a header.
    private static Verdict<Bytes32> named(List<Rlp> parts) {
        parts.get(1).number();
        var hash = parts.get(2).octets();
        return hash.size() == 32 ? accept(new Bytes32(hash)) : reject(new MalformedUpdate("hash"));
    }

    private static Verdict<ChallengeAction> conflict(List<Rlp> parts) {
        long number = parts.get(1).number();
        if (parts.get(2).octets().size() != 32) return reject(new MalformedUpdate("parentHash"));
        var parent = new Bytes32(parts.get(2).octets());
        return FiscoUpdate.set(parts.get(3))
                .then(trusted -> FiscoUpdate.newSet(parts.get(4), trusted)
                        .then(sets -> Link.of(parts.get(5))
                                .then(link -> named(link, sets.size() > 1))
                                .then(link -> FiscoUpdate.seals(parts.get(6))
                                        .map(seals -> new Conflict(
                                                number,
                                                parent,
                                                trusted,
                                                sets.size() > 1 ? sets.get(1) : null,
                                                link,
                                                seals)))));
    }

    private static Verdict<Link> named(Link link, boolean newSet) {
        if (link.changed() && !newSet) return reject(new MalformedUpdate("which"));
        return !link.changed() && newSet ? reject(new NewSetUnused()) : accept(link);
    }
}
