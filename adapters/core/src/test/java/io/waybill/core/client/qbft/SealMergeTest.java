package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.qbft.SealedChain.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.QbftRejection.CopyOfAnotherHeader;
import io.waybill.core.QbftRejection.CopyOfAnotherRound;
import io.waybill.core.QbftRejection.TooFewSeals;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.KeyPair;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SealMergeTest {
    private final SealedChain chain = SealedChain.of(7);

    private QbftHeader sealedBy(int from, int to) {
        return chain.sealedBy(20, chain.keys().subList(from, to));
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientKind.class,
            names = {"QBFT", "IBFT2"})
    void makesOneQuorumOfWhatTwoNodesKeep(ClientKind kind) {
        var set = chain.as(kind);
        var anchor = set.sealed(10);
        var client = QbftClient.of(new ChainId("eip155:1337"), anchor, 1_000_000, 0);
        var state = QbftClient.anchor(anchor).orElseThrow();
        var first = set.sealedBy(20, set.keys().subList(0, 3));
        var second = set.sealedBy(20, set.keys().subList(2, 5));

        var merged = SealMerge.of(List.of(first, second)).orElseThrow();

        assertThat(merged.extra().seals()).hasSize(5);
        assertThat(merged.hash()).isEqualTo(first.hash());
        assertThat(client.update(state, QbftUpdate.between(anchor, first).encode(), ms(20)))
                .isEqualTo(reject(new TooFewSeals(3, 5)));
        assertThat(client.update(state, QbftUpdate.between(anchor, merged).encode(), ms(20)))
                .isEqualTo(accept(state.with(merged.consensusState())));
    }

    @Test
    void keepsOneSealOfEachSignerAscending() {
        assertThat(SealMerge.of(List.of(sealedBy(3, 7), sealedBy(0, 4), sealedBy(1, 2))))
                .isEqualTo(accept(sealedBy(0, 7)));
        assertThat(SealMerge.of(List.of(sealedBy(0, 4)))).isEqualTo(accept(sealedBy(0, 4)));
    }

    @Test
    void countsASealInItsTwoFormsOnce() {
        var seal = sealedBy(0, 1).extra().seals().getFirst();
        var order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        var high =
                order.subtract(new BigInteger(1, seal.slice(32, 64).toArray())).toByteArray();
        var other = Bytes.concat(
                seal.slice(0, 32), Bytes.of(high).slice(high.length - 32, high.length), Bytes.of(1 - seal.at(64)));
        var copy = chain.header(20).withSeals(List.of(other));
        assertThat(SealMerge.of(List.of(sealedBy(0, 3), copy))).isEqualTo(accept(sealedBy(0, 3)));
    }

    @Test
    void leavesOutWhatIsNoSealOfAValidator() {
        var stranger = KeyPair.named("stranger").sign(chain.header(20).sealDigest());
        var junk = chain.header(20).withSeals(List.of(stranger, Bytes.of(new byte[65])));
        assertThat(SealMerge.of(List.of(junk, sealedBy(0, 5)))).isEqualTo(accept(sealedBy(0, 5)));
    }

    @Test
    void refusesACopyOfAnotherBlock() {
        var other = chain.sealed(21);
        assertThat(SealMerge.of(List.of(sealedBy(0, 3), other)))
                .isEqualTo(reject(new CopyOfAnotherHeader(1, chain.header(20).hash(), other.hash())));
    }

    @Test
    void refusesACopyOfAnotherRound() {
        var extra = chain.header(20).extra();
        var later = chain.header(20).withExtra(new BftExtra(extra.vanity(), extra.validators(), null, 2, List.of()));
        assertThat(later.hash()).isEqualTo(chain.header(20).hash());
        assertThat(SealMerge.of(List.of(sealedBy(0, 3), SealedChain.seal(later, chain.keys()))))
                .isEqualTo(reject(new CopyOfAnotherRound(1, 0, 2)));
    }
}
