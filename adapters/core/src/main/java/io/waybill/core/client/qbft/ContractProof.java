package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.QbftRejection;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.AccountProof;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.StorageProof;
import java.util.ArrayList;
import java.util.List;

/// The proof of who seals a header in contract mode, rule R6.5: the array that the validator contract held in
/// the state after the parent block, `RLP [ parentHeader, [accountNode...], [[slotNode...]...] ]`. The parent
/// needs no seals: the header, once final, names its hash.
///
/// @param parent  the header before, of the QBFT codec
/// @param account the state trie's nodes down to the contract's account
/// @param slots   the storage trie's nodes down to the array's length, then down to each of its elements
public record ContractProof(QbftHeader parent, List<Bytes> account, List<List<Bytes>> slots) {
    public ContractProof {
        account = List.copyOf(account);
        slots = slots.stream().map(List::copyOf).toList();
    }

    public Bytes encode() {
        return item().encode();
    }

    /// Reads the wire form, as an operator pins it with an anchor; total.
    public static Verdict<ContractProof> decode(Bytes octets) {
        return Rlp.parse(octets, MalformedUpdate::new, ContractProof::read);
    }

    Rlp item() {
        return Rlp.list(parent.item(), Rlp.list(account, Rlp::of), Rlp.list(slots, nodes -> Rlp.list(nodes, Rlp::of)));
    }

    static Verdict<ContractProof> read(Rlp item) {
        var items = item.items();
        if (items.size() != 3) return reject(new MalformedUpdate("contractProof"));
        var account = items.get(1).items().stream().map(Rlp::octets).toList();
        var slots = items.get(2).items().stream()
                .map(nodes -> nodes.items().stream().map(Rlp::octets).toList())
                .toList();
        return QbftHeader.decode(ClientKind.QBFT, items.getFirst())
                .map(parent -> new ContractProof(parent, account, slots));
    }

    /// Judges the proof and answers who may seal the header, ascending. Whether they are a set is for the rules
    /// of every header to judge.
    public Verdict<List<Address>> validators(ValidatorContract contract, QbftHeader header) {
        if (!header.validators().isEmpty() || header.extra().vote() != null) {
            return reject(new QbftRejection.HeaderNamesValidators());
        }
        var computed = parent.hash();
        if (!computed.equals(header.parentHash())) {
            return reject(new QbftRejection.ParentHashMismatch(header.parentHash(), computed));
        }
        if (parent.number() + 1 != header.number()) return reject(new MalformedHeader("number"));
        return new AccountProof(contract.address(), account)
                .existing(parent.stateRoot())
                .then(found -> array(contract, found.storageRoot()));
    }

    private Verdict<List<Address>> array(ValidatorContract contract, Bytes32 storageRoot) {
        if (slots.isEmpty()) return reject(new MalformedUpdate("slots"));
        return new StorageProof(contract.slot(), slots.getFirst())
                .verify(storageRoot)
                .then(length -> elements(contract, storageRoot, length.value()));
    }

    private Verdict<List<Address>> elements(ValidatorContract contract, Bytes32 storageRoot, Bytes length) {
        if (length.isZero()) return reject(new QbftRejection.NoValidators());
        long count = length.number(28, 32);
        if (!length.slice(0, 28).isZero() || count > QbftSeals.LARGEST_SET) {
            return reject(new MalformedHeader("validators"));
        }
        if (slots.size() != count + 1) return reject(new MalformedUpdate("slots"));
        var validators = new ArrayList<Address>();
        for (int i = 0; i < count; i++) {
            switch (element(contract, storageRoot, i)) {
                case Verdict.Accepted<Address>(var validator) -> validators.add(validator);
                case Verdict.Rejected<Address>(var reason) -> {
                    return reject(reason);
                }
            }
        }
        return accept(validators.stream().sorted().toList());
    }

    private Verdict<Address> element(ValidatorContract contract, Bytes32 storageRoot, int index) {
        return new StorageProof(contract.element(index), slots.get(index + 1))
                .verify(storageRoot)
                .then(word -> word.isZero() || !word.value().slice(0, 12).isZero()
                        ? reject(new QbftRejection.SlotNotValidator(index, word))
                        : accept(new Address(word.value().slice(12, 32))));
    }
}
