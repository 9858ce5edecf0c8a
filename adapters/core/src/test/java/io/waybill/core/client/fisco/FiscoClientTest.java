package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco.Ledger.DRIFT_MS;
import static io.waybill.core.client.fisco.Ledger.FLOOR;
import static io.waybill.core.client.fisco.Ledger.PERIOD_MS;
import static io.waybill.core.client.fisco.Ledger.START_MS;
import static io.waybill.core.client.fisco.Ledger.SUITE;
import static io.waybill.core.client.fisco.Ledger.VERSION;
import static io.waybill.core.client.fisco.Trust.ANCHOR;
import static io.waybill.core.client.fisco.Trust.ANCHORED;
import static io.waybill.core.client.fisco.Trust.CLIENT;
import static io.waybill.core.client.fisco.Trust.FOUR;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static io.waybill.core.client.fisco.Trust.NOW;
import static io.waybill.core.client.fisco.Trust.believing;
import static io.waybill.core.client.fisco.Trust.changed;
import static io.waybill.core.client.fisco.Trust.judge;
import static io.waybill.core.client.fisco.Trust.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.HeaderFromTheFuture;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ClientRejection.UnknownHeight;
import io.waybill.core.ClientRejection.UnknownTrustedHeight;
import io.waybill.core.FiscoRejection.MalformedGasUsed;
import io.waybill.core.FiscoRejection.NoHeaders;
import io.waybill.core.FiscoRejection.SealerOutOfRange;
import io.waybill.core.FiscoRejection.SealerSignatureInvalid;
import io.waybill.core.FiscoRejection.TimeOutOfRange;
import io.waybill.core.FiscoRejection.TooManyHeaders;
import io.waybill.core.FiscoRejection.VersionBelowFloor;
import io.waybill.core.FiscoRejection.VersionBelowParent;
import io.waybill.core.FiscoRejection.ZeroRoot;
import io.waybill.core.LaneId;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.digest.Digests;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LogRole;
import io.waybill.core.proof.fisco.FiscoEventProof;
import io.waybill.core.proof.fisco.FiscoReceipt;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FiscoClientTest {
    @Nested
    class Update {
        @Test
        void believesEachHeaderOfAChainThatAQuorumSealedAndWatchersCorroborate() {
            var headers = Ledger.chain(ANCHOR, 5);
            assertThat(judge(headers, 0, 1, 2)).isEqualTo(accept(believing(ANCHORED, headers)));
        }

        @Test
        void changesNothingWhenAllIsKnown() {
            var headers = Ledger.chain(ANCHOR, 5);
            var known = believing(ANCHORED, headers);
            assertThat(CLIENT.update(known, update(headers, 0, 1, 2).encode(), NOW))
                    .isEqualTo(accept(known));
        }

        @Test
        void goesOnFromAnyHeaderItHolds() {
            var headers = Ledger.chain(ANCHOR, 5);
            var known = believing(ANCHORED, headers.subList(0, 3));
            var update = update(headers.subList(1, 5), 1, 2, 3);
            assertThat(CLIENT.update(known, update.encode(), NOW)).isEqualTo(accept(believing(ANCHORED, headers)));
        }

        @Test
        void carriesOneTo64Headers() {
            var most = Ledger.chain(ANCHOR, 64);
            assertThat(judge(most, 0, 1, 2)).isEqualTo(accept(believing(ANCHORED, most)));
            assertThat(judge(Ledger.chain(ANCHOR, 65), 0, 1, 2)).isEqualTo(reject(new TooManyHeaders(65, 64)));
            var none = new FiscoUpdate(10, FOUR, null, List.of(), List.of(), List.of());
            assertThat(judge(none)).isEqualTo(reject(new NoHeaders()));
        }

        @Test
        void startsAtAHeightThatTheClientHolds() {
            var unknown = Ledger.chain(ANCHOR, 2).subList(1, 2);
            assertThat(judge(unknown, 0, 1, 2)).isEqualTo(reject(new UnknownTrustedHeight(11)));
        }

        @Test
        void startsFromTheTrustedList() {
            var other = LEDGER.set(1L, 1L, 1L, 2L);
            var header = Ledger.next(ANCHOR, other);
            var update = FiscoUpdate.of(
                    other,
                    List.of(header),
                    LEDGER.seals(header, 0, 1, 2, 3),
                    LEDGER.corroborate(CLIENT, header, 0, 1, 2));
            assertThat(judge(update)).isEqualTo(reject(new TrustedSetMismatch(FOUR.setHash(), other.setHash())));
        }

        @Test
        void isRefusedByAClientThatIsNotActive() {
            var update = update(Ledger.chain(ANCHOR, 1), 0, 1, 2).encode();
            assertThat(CLIENT.update(ANCHORED, update, START_MS + PERIOD_MS - 1).isAccepted())
                    .isTrue();
            assertThat(CLIENT.update(ANCHORED, update, START_MS + PERIOD_MS))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.EXPIRED)));
            assertThat(CLIENT.update(ANCHORED.freeze(), update, NOW))
                    .isEqualTo(reject(new ClientNotActive(ClientStatus.FROZEN)));
        }

        @Test
        void isBoundToTheParentOfItsFirstHeader() {
            var other = Ledger.header(11, Digests.sha256(Bytes.utf8("another parent")), FOUR, START_MS + 1000);
            assertThat(judge(List.of(other), 0, 1, 2)).isEqualTo(reject(new SealerSignatureInvalid(0)));
        }
    }

    @Nested
    class OfHeaders {
        @Test
        void haveAVersionFromTheFloorOn() {
            var low = Ledger.anchor(FOUR);
            var other = LEDGER.client(Headers.version(low, FLOOR));
            var state = other.anchored();
            var next = Headers.version(Ledger.next(Headers.version(low, FLOOR), FOUR), FLOOR);
            assertThat(other.update(state, update(other, next).encode(), NOW).isAccepted())
                    .isTrue();
            var below = Headers.version(next, FLOOR - 1);
            assertThat(other.update(state, update(other, below).encode(), NOW))
                    .isEqualTo(reject(new VersionBelowFloor(FLOOR - 1, FLOOR)));
        }

        private FiscoUpdate update(FiscoClient other, FiscoHeader tip) {
            return FiscoUpdate.of(
                    FOUR, List.of(tip), LEDGER.seals(tip, 0, 1, 2), LEDGER.corroborate(other, tip, 0, 1, 2));
        }

        @Test
        void haveAVersionNotBelowTheirParents() {
            assertThat(changed(header -> Headers.version(header, VERSION + 1)).isAccepted())
                    .isTrue();
            assertThat(changed(header -> Headers.version(header, VERSION - 1)))
                    .isEqualTo(reject(new VersionBelowParent(VERSION - 1, VERSION)));
        }

        @Test
        void areNotOlderThanTheirParents() {
            assertThat(changed(header -> Headers.time(header, START_MS)).isAccepted())
                    .isTrue();
            assertThat(changed(header -> Headers.time(header, START_MS - 1)))
                    .isEqualTo(reject(new TimeBeforeTrusted(START_MS, START_MS - 1)));
        }

        @Test
        void areNotFromBeyondTheDrift() {
            assertThat(changed(header -> Headers.time(header, NOW + DRIFT_MS)).isAccepted())
                    .isTrue();
            assertThat(changed(header -> Headers.time(header, NOW + DRIFT_MS + 1)))
                    .isEqualTo(reject(new HeaderFromTheFuture(NOW + DRIFT_MS + 1, NOW + DRIFT_MS)));
        }

        @Test
        void keepTheGrammar() {
            var none = Bytes32.ZERO;
            assertThat(changed(h -> Headers.roots(h, none, h.receiptsRoot(), h.stateRoot())))
                    .isEqualTo(reject(new ZeroRoot("txsRoot")));
            assertThat(changed(h -> Headers.roots(h, h.txsRoot(), none, h.stateRoot())))
                    .isEqualTo(reject(new ZeroRoot("receiptsRoot")));
            assertThat(changed(h -> Headers.roots(h, h.txsRoot(), h.receiptsRoot(), none))
                            .isAccepted())
                    .isTrue();
            assertThat(changed(h -> Headers.gas(h, "021000"))).isEqualTo(reject(new MalformedGasUsed()));
            assertThat(changed(h -> Headers.time(h, 1L << 48))).isEqualTo(reject(new TimeOutOfRange(1L << 48)));
            assertThat(changed(h -> Headers.sealer(h, 3)).isAccepted()).isTrue();
            assertThat(changed(h -> Headers.sealer(h, 4))).isEqualTo(reject(new SealerOutOfRange(4, 4)));
        }
    }

    @Nested
    class VerifyCheckpoint {
        private final Address outbox = Address.hex("6849f21d1e455e9f0712b1e99fa4fcd23758e8f1");
        private final LaneId lane = new LaneId(Digests.sha256(Bytes.utf8("lane")));
        private final Bytes32 root = Digests.sha256(Bytes.utf8("root"));
        private final FiscoReceipt receipt = FiscoReceipt.plain(
                "31234",
                "e16469be7721563d4d6a703932058d12ca2ca94c",
                0,
                Bytes.EMPTY,
                List.of(new FiscoReceipt.Log(
                        outbox.toHex().substring(2),
                        List.of(LogRole.PACKETS.topic(), lane.value()),
                        Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(3), root.value()))),
                11);
        private final Bytes proof = FiscoEventProof.of(SUITE, receipt, List.of(receipt.hash(SUITE)), 0)
                .encode();

        private ClientState state() {
            var plain = Ledger.next(ANCHOR, FOUR);
            var header = Headers.roots(plain, plain.txsRoot(), receipt.hash(SUITE), plain.stateRoot());
            return judge(List.of(header), 0, 1, 2).orElseThrow();
        }

        @Test
        void findsTheCheckpointInABelievedBlock() {
            assertThat(CLIENT.verifyCheckpoint(state(), outbox, LogRole.PACKETS, lane, 11, proof))
                    .isEqualTo(accept(new Checkpoint(lane, 3, root)));
        }

        @Test
        void refusesAHeightThatTheClientDoesNotHold() {
            assertThat(CLIENT.verifyCheckpoint(state(), outbox, LogRole.PACKETS, lane, 12, proof))
                    .isEqualTo(reject(new UnknownHeight(12)));
        }
    }
}
