package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.Quorum;
import io.waybill.core.client.qbft.BftExtra;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.core.client.qbft.QbftUpdate;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Headers of a chain whose validators change, meet and fail to meet at random. Every header is signed by true keys,
/// so that nothing but the rules of R6 decides.
final class GeneratedQbft {
    private static final int KEYS = 12;

    private final ClientKind kind;
    private final RandomGenerator random;
    private final List<KeyPair> keys = IntStream.range(0, KEYS)
            .mapToObj(i -> KeyPair.named("generated-validator-" + i))
            .sorted(Comparator.comparing(KeyPair::address))
            .toList();
    private final TreeMap<Long, QbftHeader> believed = new TreeMap<>();

    /// @param seconds of the anchor, block 5
    GeneratedQbft(ClientKind kind, long seconds, RandomGenerator random) {
        this.kind = kind;
        this.random = random;
        var set = IntStream.range(0, KEYS)
                .filter(_ -> random.nextInt(2) == 0)
                .boxed()
                .toList();
        var own = set.isEmpty() ? List.of(0) : set;
        believed.put(5L, header(own, 5, Bytes32.ZERO, seconds, Quorum.bft(own.size())));
    }

    QbftHeader anchor() {
        return believed.firstEntry().getValue();
    }

    /// One that follows from a believed header, or nearly.
    QbftHeader next() {
        var from = List.copyOf(believed.values()).get(random.nextInt(believed.size()));
        var set = set(from);
        long number = from.number() + (random.nextInt(3) == 0 ? random.nextInt(0, 4) : 1);
        var parent = random.nextInt(4) == 0 ? Digests.sha256(Bytes.u64(number)) : from.hash();
        long seconds = from.timestamp() + random.nextInt(-1, 8);
        int seals = Math.clamp(Quorum.bft(set.size()) + random.nextInt(-1, 3), 0, set.size());
        return header(set, Math.max(1, number), parent, seconds, seals);
    }

    /// The update that shows it, from the highest believed header below it or from another.
    Bytes update(QbftHeader header) {
        var below = believed.floorEntry(header.number() - (random.nextInt(5) == 0 ? 0 : 1));
        var trusted = below == null || random.nextInt(6) == 0 ? anchor() : below.getValue();
        return QbftUpdate.between(trusted, header).encode();
    }

    void believe(QbftHeader header) {
        believed.put(header.number(), header);
    }

    /// The set of a believed header with nobody, one or several changed.
    private List<Integer> set(QbftHeader from) {
        var set = new ArrayList<Integer>();
        for (var validator : from.validators()) set.add(place(validator));
        for (int changes = random.nextInt(3) == 0 ? random.nextInt(1, 4) : random.nextInt(2); changes > 0; changes--) {
            Integer member = random.nextInt(KEYS);
            if (!set.remove(/* element */ member)) set.add(member);
        }
        if (set.isEmpty()) set.add(random.nextInt(KEYS));
        Collections.sort(set);
        return set;
    }

    private int place(Address validator) {
        return IntStream.range(0, KEYS)
                .filter(i -> keys.get(i).address().equals(validator))
                .findFirst()
                .orElseThrow();
    }

    private QbftHeader header(List<Integer> set, long number, Bytes32 parent, long seconds, int seals) {
        var validators = set.stream().map(i -> keys.get(i).address()).toList();
        var vote = random.nextInt(4) == 0
                ? new BftExtra.Vote(keys.get(random.nextInt(KEYS)).address(), random.nextInt(2) == 0)
                : null;
        var unsealed = new QbftHeader(
                kind,
                parent,
                validators.get(random.nextInt(validators.size())),
                Bytes32.ZERO,
                Bytes32.ZERO,
                Digests.sha256(Bytes.u64(random.nextLong())),
                Bytes.of(new byte[256]),
                number,
                30_000_000,
                random.nextInt(30_000_000),
                seconds,
                new BftExtra(Bytes.of(new byte[32]), validators, vote, random.nextInt(3), List.of()),
                List.of());
        var signers = new ArrayList<>(set);
        for (int i = signers.size() - 1; i > 0; i--) Collections.swap(signers, i, random.nextInt(i + 1));
        var digest = unsealed.sealDigest();
        return unsealed.withSeals(
                signers.stream().limit(seals).map(i -> keys.get(i).sign(digest)).toList());
    }
}
