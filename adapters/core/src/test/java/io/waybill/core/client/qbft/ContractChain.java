package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.proof.EvmAccount;
import io.waybill.core.proof.MerklePatriciaTrie;
import io.waybill.core.proof.Rlp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/// Headers in contract mode made and sealed here, with the states that name their validators.
///
/// @param storage words that the contract holds, by slot
record ContractChain(HashMap<Bytes32, Bytes32> storage) {
    static final ValidatorContract CONTRACT =
            new ValidatorContract(Address.hex("0x0000000000000000000000000000000000007777"), word(5));

    /// The state in which the contract names a set, in the order given.
    static ContractChain naming(List<Address> validators) {
        var storage = new HashMap<Bytes32, Bytes32>();
        storage.put(word(0), word(99));
        storage.put(CONTRACT.slot(), word(validators.size()));
        for (int i = 0; i < validators.size(); i++) storage.put(CONTRACT.element(i), word(validators.get(i)));
        return new ContractChain(storage);
    }

    static ContractChain of(SealedChain set) {
        return naming(set.validators().reversed());
    }

    static Bytes32 word(long value) {
        return new Bytes32(Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(value)));
    }

    static Bytes32 word(Address address) {
        return new Bytes32(Bytes.concat(Bytes.of(new byte[12]), address.value()));
    }

    /// The block before `number`, after which the contract names this set.
    QbftHeader parent(long number) {
        return header(number - 1, word(0), states().root());
    }

    /// A block in contract mode whose parent is `parent(number)`, sealed by keys.
    QbftHeader sealed(long number, List<KeyPair> signers) {
        var header = header(number, parent(number).hash(), SealedChain.word("state " + number));
        return SealedChain.seal(proposedBy(header, signers.getFirst().address()), signers);
    }

    ContractProof proof(long number) {
        return proof(
                number,
                storage.getOrDefault(CONTRACT.slot(), Bytes32.ZERO).value().number(24, 32));
    }

    /// The proof with nodes for the length and so many elements.
    ContractProof proof(long number, long elements) {
        var slots = new ArrayList<List<Bytes>>();
        slots.add(words().proof(key(CONTRACT.slot().value())));
        IntStream.range(0, (int) elements)
                .forEach(i -> slots.add(words().proof(key(CONTRACT.element(i).value()))));
        return new ContractProof(parent(number), account(CONTRACT.address()), slots);
    }

    /// The state trie's nodes towards an account.
    List<Bytes> account(Address address) {
        return states().proof(key(address.value()));
    }

    private MerklePatriciaTrie words() {
        var values = new HashMap<Bytes, Bytes>();
        storage.forEach((slot, word) -> {
            if (!word.isZero()) values.put(key(slot.value()), minimal(word));
        });
        return MerklePatriciaTrie.of(values);
    }

    private MerklePatriciaTrie states() {
        var accounts = new HashMap<Bytes, Bytes>();
        for (int i = 0; i < 20; i++) {
            var account = new EvmAccount(i, BigInteger.valueOf(i), MerklePatriciaTrie.EMPTY_ROOT, word(i));
            accounts.put(key(SealedChain.word("account " + i).value().slice(0, 20)), account.encode());
        }
        accounts.put(
                key(CONTRACT.address().value()), new EvmAccount(1, BigInteger.ZERO, words().root(), word(7)).encode());
        return MerklePatriciaTrie.of(accounts);
    }

    private static Bytes key(Bytes preimage) {
        return Digests.keccak256(preimage).value();
    }

    private static Bytes minimal(Bytes32 word) {
        int zeros = 0;
        while (word.value().at(zeros) == 0) zeros++;
        return Rlp.of(word.value().slice(zeros, 32)).encode();
    }

    private static QbftHeader header(long number, Bytes32 parent, Bytes32 stateRoot) {
        var none = new BftExtra(Bytes.of(new byte[32]), List.of(), null, 0, List.of());
        return new QbftHeader(
                ClientKind.QBFT,
                parent,
                Address.ZERO,
                stateRoot,
                SealedChain.EMPTY_TRIE,
                SealedChain.EMPTY_TRIE,
                Bytes.of(new byte[256]),
                number,
                30_000_000,
                0,
                SealedChain.START + number,
                none,
                List.of(Bytes.EMPTY));
    }

    private static QbftHeader proposedBy(QbftHeader header, Address proposer) {
        return new QbftHeader(
                header.kind(),
                header.parentHash(),
                proposer,
                header.stateRoot(),
                header.transactionsRoot(),
                header.receiptsRoot(),
                header.bloom(),
                header.number(),
                header.gasLimit(),
                header.gasUsed(),
                header.timestamp(),
                header.extra(),
                header.forkFields());
    }
}
