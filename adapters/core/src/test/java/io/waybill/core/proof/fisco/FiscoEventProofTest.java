package io.waybill.core.proof.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.proof.fisco.Carriers.CHECKPOINT;
import static io.waybill.core.proof.fisco.Carriers.HEIGHT;
import static io.waybill.core.proof.fisco.Carriers.LANE;
import static io.waybill.core.proof.fisco.Carriers.OUTBOX;
import static io.waybill.core.proof.fisco.Carriers.ROLE;
import static io.waybill.core.proof.fisco.Carriers.SUITE;
import static io.waybill.core.proof.fisco.Carriers.carrier;
import static io.waybill.core.proof.fisco.Carriers.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.EventRejection.MalformedGroup;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.EventRejection.TooManyGroups;
import io.waybill.core.Verdict;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.proof.Rlp;
import io.waybill.core.proof.fisco.ReceiptTree.Group;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiscoEventProofTest {
    private final List<Bytes32> receipts =
            List.of(word("a"), word("b"), carrier().hash(SUITE), word("d"), word("e"));
    private final Bytes32 root = ReceiptTree.root(SUITE, receipts);
    private final FiscoEventProof proof = FiscoEventProof.of(SUITE, carrier(), receipts, 2);

    private Verdict<Checkpoint> verify(Bytes octets) {
        return FiscoEventProof.decode(octets).then(decoded -> decoded.verify(SUITE, OUTBOX, ROLE, LANE, HEIGHT, root));
    }

    @Test
    void isReadBackAndAccepted() {
        assertThat(FiscoEventProof.decode(proof.encode())).isEqualTo(accept(proof));
        assertThat(verify(proof.encode())).isEqualTo(accept(CHECKPOINT));
    }

    @Test
    void carriesLoneNodesAsEmptySiblings() {
        var last = FiscoEventProof.of(SUITE, carrier(), receipts, 4);
        assertThat(last.groups().subList(0, 2)).containsOnly(new Group(0, null));
        assertThat(FiscoEventProof.decode(last.encode())).isEqualTo(accept(last));
    }

    @Test
    void isRefusedWhicheverOctetOfItChanges() {
        var octets = proof.encode();
        for (int at = 0; at < octets.size(); at++) {
            for (int bit = 0; bit < 8; bit++) {
                assertThat(verify(octets.with(at, octets.at(at) ^ 1 << bit)))
                        .as("octet %d bit %d", at, bit)
                        .isInstanceOf(Verdict.Rejected.class);
            }
        }
    }

    @Test
    void isRefusedWhereverItIsCutAndWhateverFollows() {
        var octets = proof.encode();
        for (int at = 0; at < octets.size(); at++) {
            assertThat(verify(octets.slice(0, at))).isInstanceOf(Verdict.Rejected.class);
        }
        assertThat(verify(Bytes.concat(octets, Bytes.of(0)))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void namesWhatIsMalformed() {
        var preimage = Rlp.of(proof.preimage());
        assertThat(verify(Rlp.list(preimage).encode())).isEqualTo(reject(new MalformedEventProof("list of 1")));
        var short31 = Rlp.list(Rlp.of(0), Rlp.of(word("s").value().slice(0, 31)));
        assertThat(verify(Rlp.list(preimage, Rlp.list(short31)).encode())).isEqualTo(reject(new MalformedGroup(0)));
        var lone = Rlp.list(Rlp.of(0));
        assertThat(verify(Rlp.list(preimage, Rlp.list(lone)).encode())).isEqualTo(reject(new MalformedGroup(0)));
        var group = Rlp.list(Rlp.of(0), Rlp.of(word("s").value()));
        assertThat(verify(Rlp.list(preimage, Rlp.list(Collections.nCopies(17, group)))
                        .encode()))
                .isEqualTo(reject(new TooManyGroups(17)));
    }

    @Test
    void isRefusedUnderAnotherRoot() {
        var verdict = proof.verify(SUITE, OUTBOX, ROLE, LANE, HEIGHT, word("other"));
        assertThat(verdict).isEqualTo(reject(new ReceiptsRootMismatch(word("other"), root)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isJudgedWithoutFailingWhateverItHolds(long seed) {
        var random = new java.util.Random(seed);
        for (int round = 0; round < 500; round++) {
            var octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            assertThat(verify(Bytes.of(octets))).isInstanceOf(Verdict.Rejected.class);
        }
    }
}
