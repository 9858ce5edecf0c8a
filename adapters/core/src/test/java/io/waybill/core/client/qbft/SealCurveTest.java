package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.qbft.SealedChain.ms;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.QbftRejection.SealByStranger;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.junit.jupiter.api.Test;

class SealCurveTest {
    /// A key of secp256r1.
    private record Key(BigInteger secret) {
        private static final ECDomainParameters DOMAIN =
                new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));

        Address address() {
            var point = DOMAIN.getG().multiply(secret).normalize().getEncoded(false);
            return io.waybill.core.digest.Secp256k1.address(Bytes.of(point).slice(1, 65));
        }

        Bytes sign(Bytes32 digest) {
            var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            signer.init(true, new ECPrivateKeyParameters(secret, DOMAIN));
            var pair = signer.generateSignature(digest.value().toArray());
            for (int v = 0; v < 2; v++) {
                var seal = Bytes.concat(word(pair[0]), word(pair[1]), Bytes.of(v));
                if (SealCurve.SECP256R1
                        .signer(digest, seal)
                        .filter(address()::equals)
                        .isPresent()) return seal;
            }
            throw new AssertionError("expected one of two parities to recover the key");
        }

        private static Bytes word(BigInteger value) {
            var raw = Bytes.of(value.toByteArray());
            return raw.size() > 32 ? raw.slice(1, 33) : Bytes.concat(Bytes.of(new byte[32 - raw.size()]), raw);
        }
    }

    private final List<Key> keys = IntStream.range(1, 5)
            .mapToObj(i -> new Key(BigInteger.valueOf(1_000L + i)))
            .sorted(Comparator.comparing(Key::address))
            .toList();

    private QbftHeader sealed(long number, int seals) {
        var listed = new BftExtra(
                Bytes.of(new byte[32]), keys.stream().map(Key::address).toList(), null, 0, List.of());
        var base = SealedChain.of(4).header(number);
        var header = new QbftHeader(
                ClientKind.QBFT,
                base.parentHash(),
                keys.getFirst().address(),
                base.stateRoot(),
                base.transactionsRoot(),
                base.receiptsRoot(),
                base.bloom(),
                number,
                base.gasLimit(),
                base.gasUsed(),
                base.timestamp(),
                listed,
                base.forkFields());
        var made = new ArrayList<Bytes>();
        for (var key : keys.subList(0, seals)) made.add(key.sign(header.sealDigest()));
        return header.withSeals(made);
    }

    @Test
    void isTheOneThatIsConfigured() {
        var anchor = sealed(10, 3);
        var options = QbftOptions.DEFAULT.with(SealCurve.SECP256R1);
        var client = QbftClient.of(new ChainId("eip155:1337"), anchor, 1_000_000, 0, options);
        var state = QbftClient.anchor(anchor).orElseThrow();
        var header = sealed(11, 3);

        assertThat(client.update(state, QbftUpdate.between(anchor, header).encode(), ms(11)))
                .isEqualTo(accept(state.with(header.consensusState())));
    }

    @Test
    void isNeverDetected() {
        var anchor = sealed(10, 3);
        var client = QbftClient.of(new ChainId("eip155:1337"), anchor, 1_000_000, 0);
        var state = QbftClient.anchor(anchor).orElseThrow();
        var update = QbftUpdate.between(anchor, sealed(11, 3)).encode();
        assertThat(client.update(state, update, ms(11)).isAccepted()).isFalse();

        var usual = SealedChain.of(4);
        var other = QbftClient.of(
                new ChainId("eip155:1337"),
                usual.sealed(10),
                1_000_000,
                0,
                QbftOptions.DEFAULT.with(SealCurve.SECP256R1));
        var verdict = other.update(
                QbftClient.anchor(usual.sealed(10)).orElseThrow(),
                QbftUpdate.between(usual.sealed(10), usual.sealed(11)).encode(),
                ms(11));
        assertThat(verdict.isAccepted()).isFalse();
        if (verdict instanceof Verdict.Rejected<?>(SealByStranger(var stranger))) {
            assertThat(verdict).isEqualTo(reject(new SealByStranger(stranger)));
            assertThat(usual.validators()).doesNotContain(stranger);
        }
    }
}
