package io.waybill.fisco.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.WatcherDigest;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.ClientRef;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.fisco.FiscoBlock;
import io.waybill.fisco.FiscoBlockJson;
import io.waybill.fisco.Vectors;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class WatcherTest {
    private static final KeyPair KEY = KeyPair.named("watcher");
    private static final ClientRef VERIFIER = new ClientRef(
            new ChainId("eip155:1337"),
            Address.hex("0x42699a7612a82f1d9c36148af9c77354759b210b"),
            new ClientId(Digests.sha256(Bytes.utf8("client"))));

    private final TreeMap<Long, Verdict<FiscoHeader>> node = new TreeMap<>();
    private final Journal journal = Journal.inMemory();
    private final Watcher watcher =
            new Watcher(FiscoSuite.STANDARD, height -> Optional.ofNullable(node.get(height)), KEY, journal);

    private static FiscoHeader header(int height) {
        return FiscoBlockJson.read(FiscoSuite.STANDARD, Vectors.block(height))
                .map(FiscoBlock::header)
                .orElseThrow();
    }

    private void commits(int first, int last) {
        for (int height = first; height <= last; height++) node.put((long) height, Verdict.accept(header(height)));
    }

    private static Answer signed(int height) {
        var hash = header(height).hash(FiscoSuite.STANDARD);
        return new Answer.Signed(height, hash, KEY.sign(WatcherDigest.of(VERIFIER, height, hash)), KEY.address());
    }

    private static FiscoHeader other(FiscoHeader header, Bytes32 parentHash, String gasUsed) {
        return new FiscoHeader(
                header.version(),
                header.number(),
                parentHash,
                header.txsRoot(),
                header.receiptsRoot(),
                header.stateRoot(),
                gasUsed,
                header.timeMs(),
                header.sealer(),
                header.sealers(),
                header.extraData());
    }

    @Nested
    class Sign {
        @Test
        void signsEachHeaderThatItsNodeCommitted() {
            commits(1, 26);

            for (int height = 1; height <= 26; height++) {
                assertThat(watcher.sign(height, VERIFIER)).isEqualTo(signed(height));
            }
        }

        @Test
        void signsTheSameAgain() {
            commits(1, 8);

            assertThat(watcher.sign(7, VERIFIER)).isEqualTo(signed(7));
            assertThat(watcher.sign(7, VERIFIER)).isEqualTo(signed(7));
        }

        @Test
        void bindsItsSignatureToTheVerifier() {
            commits(1, 8);
            var elsewhere = new ClientRef(new ChainId("eip155:1338"), VERIFIER.contract(), VERIFIER.id());

            assertThat(watcher.sign(7, elsewhere)).isNotEqualTo(watcher.sign(7, VERIFIER));
        }

        @Test
        void signsNothingThatItsNodeHasNotCommitted() {
            commits(1, 8);

            assertThat(watcher.sign(9, VERIFIER)).isEqualTo(new Answer.NotYet(9));
        }

        @Test
        void declinesAHeaderWhoseParentIsAnother() {
            commits(1, 8);
            node.put(7L, Verdict.accept(other(header(7), Bytes32.ZERO, header(7).gasUsed())));

            assertThat(watcher.sign(7, VERIFIER))
                    .isEqualTo(new Answer.Declined(7, "node: parent hash is not the hash of the header before"));
        }

        @Test
        void declinesASecondHashOfAHeightForWhomever() {
            commits(1, 8);
            watcher.sign(7, VERIFIER);
            var second = other(header(7), header(7).parentHash(), "1");
            node.put(7L, Verdict.accept(second));
            var elsewhere = new ClientRef(new ChainId("eip155:1338"), VERIFIER.contract(), VERIFIER.id());

            var declined = new Answer.Declined(
                    7,
                    "journal: signed %s before, node shows %s"
                            .formatted(header(7).hash(FiscoSuite.STANDARD), second.hash(FiscoSuite.STANDARD)));
            assertThat(watcher.sign(7, VERIFIER)).isEqualTo(declined);
            assertThat(watcher.sign(7, elsewhere)).isEqualTo(declined);
        }

        @Test
        void declinesAHeaderWhoseParentItSignedOtherwise() {
            commits(1, 8);
            watcher.sign(7, VERIFIER);
            var second = other(header(7), header(7).parentHash(), "1");
            node.put(7L, Verdict.accept(second));
            node.put(
                    8L,
                    Verdict.accept(other(
                            header(8),
                            second.hash(FiscoSuite.STANDARD),
                            header(8).gasUsed())));

            assertThat(watcher.sign(8, VERIFIER))
                    .isEqualTo(new Answer.Declined(
                            8,
                            "journal: signed %s at height 7 before, node shows %s"
                                    .formatted(header(7).hash(FiscoSuite.STANDARD), second.hash(FiscoSuite.STANDARD))));
        }

        @Test
        void declinesAHeaderOutsideTheGrammar() {
            commits(1, 8);
            node.put(7L, Verdict.accept(other(header(7), header(7).parentHash(), "007")));

            assertThat(watcher.sign(7, VERIFIER))
                    .isEqualTo(new Answer.Declined(7, "gasUsed: expected a decimal number without leading zero"));
        }

        @Test
        void declinesAHeaderOfAnotherHeight() {
            node.put(7L, Verdict.accept(header(8)));

            assertThat(watcher.sign(7, VERIFIER)).isEqualTo(new Answer.Declined(7, "node: asked for height 7, got 8"));
        }

        @Test
        void saysWhenItsNodeIsAway() {
            var away = new Watcher(
                    FiscoSuite.STANDARD,
                    _ -> {
                        throw new ChainException.Unavailable("away");
                    },
                    KEY,
                    journal);

            assertThatThrownBy(() -> away.sign(7, VERIFIER)).isInstanceOf(ChainException.Unavailable.class);
        }
    }
}
