package io.waybill.devnet.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.client.fisco.SealerSet;
import io.waybill.core.digest.SigningKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The system contract 0x…1003, by which governance changes who seals. A change made in block N is in
/// the header of N + 1.
///
/// @see <a href="https://fisco-bcos-doc.readthedocs.io/">FISCO BCOS: ConsensusPrecompiled</a>
final class ConsensusContract {
    /// The contract's address as native transactions write it.
    static final String ADDRESS = "0x0000000000000000000000000000000000001003";

    private static final int OK = 0;
    private static final int NOT_AN_OBSERVER = -51106;
    private static final int UNKNOWN_NODE = -51103;
    private static final int LAST_SEALER = -51101;
    private static final int BAD_WEIGHT = -51102;

    /// Functions of system contracts are called by the chain's own hash of their signatures.
    private final Bytes addSealer;

    private final Bytes addObserver;
    private final Bytes remove;
    private final Bytes setWeight;

    private final Map<Bytes, SigningKey> observers = new HashMap<>();
    private final Map<Bytes, SigningKey> nodes = new HashMap<>();
    private Sealers sealers;

    /// @param sealers those of block 1
    ConsensusContract(Sealers sealers) {
        this.sealers = sealers;
        addSealer = selector("addSealer(string,uint256)");
        addObserver = selector("addObserver(string)");
        remove = selector("remove(string)");
        setWeight = selector("setWeight(string,uint256)");
        sealers.list().forEach(sealer -> know(sealer.key()));
    }

    /// Lets the ledger's operators run another node, which may then be made an observer and a sealer.
    void know(SigningKey key) {
        nodes.put(key.publicKey(), key);
    }

    /// The sealers of the next block.
    Sealers sealers() {
        return sealers;
    }

    /// The nodes of a list that some block names.
    Sealers sealers(SealerSet set) {
        var list = new ArrayList<Sealers.Sealer>();
        for (int i = 0; i < set.size(); i++) {
            var key = Objects.requireNonNull(nodes.get(set.ids().get(i)), "a sealer is a node");
            list.add(new Sealers.Sealer(key, set.weights().get(i)));
        }
        return new Sealers(sealers.suite(), list);
    }

    /// Runs one call and answers its 32-octet result code.
    Bytes run(Bytes input) {
        int code = node(input).map(key -> run(input, key)).orElse(UNKNOWN_NODE);
        var sign = (byte) (code < 0 ? 0xff : 0);
        var word = new byte[32];
        Arrays.fill(word, sign);
        for (int i = 0; i < 4; i++) word[31 - i] = (byte) (code >> (8 * i));
        return Bytes.of(word);
    }

    private int run(Bytes input, SigningKey key) {
        var selector = input.slice(0, 4);
        var id = key.publicKey();
        if (selector.equals(remove)) return remove(id);
        if (selector.equals(addObserver)) {
            int code = sealers.of(id).isPresent() ? remove(id) : OK;
            if (code == OK) observers.put(id, key);
            return code;
        }
        if (!selector.equals(addSealer) && !selector.equals(setWeight)) return UNKNOWN_NODE;
        long weight = input.number(60, 68);
        if (weight < 1) return BAD_WEIGHT;
        if (selector.equals(setWeight) && sealers.of(id).isEmpty()) return UNKNOWN_NODE;
        if (selector.equals(addSealer) && observers.remove(id) == null) return NOT_AN_OBSERVER;
        sealers = sealers.with(key, weight);
        return OK;
    }

    private int remove(Bytes id) {
        if (sealers.of(id).isPresent()) {
            if (sealers.list().size() == 1) return LAST_SEALER;
            sealers = sealers.without(id);
        }
        observers.remove(id);
        return OK;
    }

    /// The node a call names: its first argument, 128 hexadecimal digits.
    private Optional<SigningKey> node(Bytes input) {
        if (input.size() < 4 + 32 + 32) return Optional.empty();
        long offset = 4 + input.number(28, 36);
        if (offset < 4 || offset + 32 + 128 > input.size()) return Optional.empty();
        var text = input.slice((int) offset + 32, (int) offset + 32 + 128).toUtf8();
        return text.matches("[0-9a-f]{128}") ? Optional.ofNullable(nodes.get(Bytes.hex(text))) : Optional.empty();
    }

    private Bytes selector(String signature) {
        return sealers.suite().hash(Bytes.utf8(signature)).value().slice(0, 4);
    }
}
