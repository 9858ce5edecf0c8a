package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Headers made and sealed here, by keys anyone can derive: what the rules are tried on.
///
/// @param kind the codec
/// @param keys the keys that seal, ascending by address
public record SealedChain(ClientKind kind, List<KeyPair> keys) {
    /// Seconds since 1970 of height 0; each height takes one second.
    public static final long START = 1_800_000_000L;

    public static final Bytes32 EMPTY_TRIE =
            Bytes32.hex("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");

    public SealedChain {
        keys = keys.stream().sorted(Comparator.comparing(KeyPair::address)).toList();
    }

    static SealedChain of(int validators) {
        return new SealedChain(ClientKind.QBFT, named(0, validators));
    }

    /// The keys `validator-from` to `validator-(to-1)`.
    static List<KeyPair> named(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> KeyPair.named("validator-" + i))
                .toList();
    }

    SealedChain as(ClientKind other) {
        return new SealedChain(other, keys);
    }

    List<Address> validators() {
        return keys.stream().map(KeyPair::address).toList();
    }

    /// An unsealed header of this set.
    QbftHeader header(long number) {
        return header(number, word("parent " + (number - 1)), EMPTY_TRIE);
    }

    QbftHeader header(long number, Bytes32 parent, Bytes32 receiptsRoot) {
        return new QbftHeader(
                kind,
                parent,
                keys.getFirst().address(),
                word("state " + number),
                EMPTY_TRIE,
                receiptsRoot,
                Bytes.of(new byte[256]),
                number,
                0x1fffffffffffffL,
                21000,
                START + number,
                new BftExtra(Bytes.of(new byte[32]), validators(), null, 0, List.of()),
                List.of(Bytes.EMPTY));
    }

    /// A header sealed by the first `seals` keys of this set.
    QbftHeader sealed(long number, int seals) {
        return seal(header(number), keys.subList(0, seals));
    }

    /// A header sealed by a quorum of this set.
    QbftHeader sealed(long number) {
        return sealed(number, quorum());
    }

    QbftHeader sealedBy(long number, List<KeyPair> signers) {
        return seal(header(number), signers);
    }

    int quorum() {
        return (2 * keys.size() + 2) / 3;
    }

    static QbftHeader seal(QbftHeader header, List<KeyPair> signers) {
        var digest = header.sealDigest();
        return header.withSeals(
                signers.stream().map(signer -> signer.sign(digest)).toList());
    }

    static Bytes32 word(String name) {
        return Digests.sha256(Bytes.utf8(name));
    }

    static long ms(long height) {
        return (START + height) * 1000;
    }
}
