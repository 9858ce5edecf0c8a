package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.Rlp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a BFT block says in its `extraData`: who may seal it, the proposer's vote, the round and the seals.
///
/// @param vanity     opaque octets, usually 32
/// @param validators the set that seals this very block, at most 1024; ascending but in a genesis block
/// @param vote       the proposer's vote, if it cast one
/// @param round      the consensus round that sealed the block, `0 ≤ round < 2^32`
/// @param seals      65 octets each, `r || s || v`, at most 1024
public record BftExtra(
        Bytes vanity, List<Address> validators, @Nullable Vote vote, long round, List<Bytes> seals) {
    /// The most validators and the most seals that are looked at; each seal costs a signature.
    static final int MOST = 1024;

    private static final int ADD = 0xff;
    private static final int SEAL = 65;

    public BftExtra {
        if (round < 0 || round >= 1L << 32) {
            throw new IllegalArgumentException("round: expected 0 ≤ round < 2^32, got " + round);
        }
        for (var seal : seals) {
            if (seal.size() != SEAL) throw new IllegalArgumentException("seal: expected 65 octets, got " + seal.size());
        }
        validators = List.copyOf(validators);
        seals = List.copyOf(seals);
    }

    /// A vote to add a validator to the set, or to drop one from it.
    public record Vote(Address recipient, boolean add) {}

    /// The same block as another set of seals vouches for it.
    public BftExtra with(List<Bytes> others) {
        return new BftExtra(vanity, validators, vote, round, others);
    }

    /// The full form: all five items, as headers carry it.
    public Bytes encode(ClientKind kind) {
        var items = common(kind);
        items.add(round(kind, round));
        items.add(Rlp.list(seals, Rlp::of));
        return Rlp.list(items).encode();
    }

    /// The form under the digest that seals sign: with the round, without seals.
    Bytes sealed(ClientKind kind) {
        var items = common(kind);
        items.add(round(kind, round));
        if (kind == ClientKind.QBFT) items.add(Rlp.list());
        return Rlp.list(items).encode();
    }

    /// The form under the block's hash: without round and seals.
    Bytes onChain(ClientKind kind) {
        var items = common(kind);
        if (kind == ClientKind.QBFT) {
            items.add(round(kind, 0));
            items.add(Rlp.list());
        }
        return Rlp.list(items).encode();
    }

    private ArrayList<Rlp> common(ClientKind kind) {
        var items = new ArrayList<Rlp>();
        items.add(Rlp.of(vanity));
        items.add(Rlp.list(validators, validator -> Rlp.of(validator.value())));
        items.add(vote(kind, vote));
        return items;
    }

    private static Rlp vote(ClientKind kind, @Nullable Vote vote) {
        boolean qbft = kind == ClientKind.QBFT;
        if (vote == null) return qbft ? Rlp.list() : Rlp.of(Bytes.EMPTY);
        var drop = qbft ? Bytes.EMPTY : Bytes.of(0);
        return Rlp.list(Rlp.of(vote.recipient.value()), Rlp.of(vote.add ? Bytes.of(ADD) : drop));
    }

    private static Rlp round(ClientKind kind, long round) {
        return kind == ClientKind.QBFT ? Rlp.of(round) : Rlp.of(Bytes.u32(round));
    }

    /// Reads the full form; the vote and the round are written differently by QBFT and IBFT 2.0, and the other's
    /// form is refused.
    static Verdict<BftExtra> decode(ClientKind kind, Bytes octets) {
        return Rlp.parse(octets, MalformedHeader::new, item -> read(kind, item))
                .then(extra -> extra.encode(kind).equals(octets) ? Verdict.accept(extra) : malformed("extraData"));
    }

    private static Verdict<BftExtra> read(ClientKind kind, Rlp item) {
        var items = item.items();
        if (items.size() != 5) return malformed("extraData");
        var validators = new ArrayList<Address>();
        if (items.get(1).items().size() > MOST) return malformed("validators");
        if (items.get(4).items().size() > MOST) return malformed("seals");
        for (var validator : items.get(1).items()) {
            if (validator.octets().size() != 20) return malformed("validators");
            validators.add(new Address(validator.octets()));
        }
        if (items.get(3).octets().size() > 4) return malformed("round");
        var seals = items.get(4).items().stream().map(Rlp::octets).toList();
        if (seals.stream().anyMatch(seal -> seal.size() != SEAL)) return malformed("seals");
        long round = items.get(3).octets().number(0, items.get(3).octets().size());
        return readVote(kind, items.get(2))
                .map(vote -> new BftExtra(
                        items.get(0).octets(), validators, vote.isEmpty() ? null : vote.getFirst(), round, seals));
    }

    private static Verdict<List<Vote>> readVote(ClientKind kind, Rlp item) {
        if (item.equals(vote(kind, null))) return Verdict.accept(List.of());
        var items = item.items();
        if (items.size() != 2 || items.get(0).octets().size() != 20) return malformed("vote");
        var vote = new Vote(
                new Address(items.get(0).octets()), items.get(1).octets().equals(Bytes.of(ADD)));
        return item.equals(vote(kind, vote)) ? Verdict.accept(List.of(vote)) : malformed("vote");
    }

    private static <T> Verdict<T> malformed(String field) {
        return Verdict.reject(new MalformedHeader(field));
    }
}
