package io.waybill.core.client.conflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.proof.conflux.PowHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import supranational.blst.P1_Affine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What real committees signed.
final class CapturedConfluxTest {
    private static List<SignedLedgerInfo> epochs() {
        var infos = new ArrayList<SignedLedgerInfo>();
        for (var json : ConfluxVectors.read("pos-epoch-chain.json").get("ledgerInfos")) {
            infos.add(ConfluxVectors.signed(json));
        }
        return infos;
    }

    @Nested
    class Devnet {
        @Test
        void vouchesFromCommitteeToCommitteeForNineteenEpochs() {
            var committee = ConfluxVectors.state(
                    ConfluxVectors.read("pos-epoch-chain.json").get("epochState1"));
            for (var signed : epochs()) {
                assertThat(LedgerInfoRules.judge(committee, signed)).isEqualTo(Verdict.accept(signed.info()));
                committee = next(signed.info());
            }
            assertThat(committee.epoch()).isEqualTo(20);
        }

        @Test
        void isFollowedByAClientFromItsThirdEpochOn() {
            var epochs = epochs();
            var anchor = epochs.get(2).info();
            var params = ConfluxParams.of(
                    new ChainId("conflux:1234"), anchor, Duration.ofDays(10).toMillis(), 0);
            var client = new ConfluxClient(params);
            var state = ConfluxClient.anchor(anchor).orElseThrow();
            for (var signed : epochs.subList(3, epochs.size())) {
                var trusted = epochs.get((int) signed.info().epoch() - 2).info();
                var update = new ConfluxUpdate(state.latest().height(), next(trusted), signed);
                state = client.update(state, update.encode(), signed.info().timeMs())
                        .orElseThrow();
            }
            assertThat(state.latest().version()).isEqualTo(20);
            assertThat(state.history()).hasSize(17);
        }

        @ParameterizedTest
        @ValueSource(strings = {"eas-4validators.json", "eas-single.json", "forged-receipts-root.json"})
        void madeThePivotsOfItsEventsFinal(String file) {
            var capture = ConfluxVectors.read(file);
            var signed = ConfluxVectors.signed(capture.get("ledgerInfo"));

            assertThat(LedgerInfoRules.judge(ConfluxVectors.state(capture.get("epochState")), signed))
                    .isEqualTo(Verdict.accept(signed.info()));
        }
    }

    /// Captures of mainnet by others, where they are at hand.
    @Nested
    class Mainnet {
        @Test
        void passedFromOneCommitteeToTheNextInEpoch10000() {
            var signed = ConfluxVectors.signed(json("gosdk/ledger-info-epoch-0x2710.json"));
            var committee = ConfluxVectors.state(shortKeys(json("gosdk/epoch-state-0x2710.json")));

            assertThat(LedgerInfoRules.judge(committee, signed)).isEqualTo(Verdict.accept(signed.info()));
        }

        /// Nodes of that time answered uncompressed keys; what is signed holds compressed ones.
        private static JsonNode shortKeys(JsonNode state) {
            var validators = state.get("verifier").get("addressToValidatorInfo");
            for (var entry : validators.properties()) {
                var key = Bytes.hex(entry.getValue().get("publicKey").stringValue());
                var compressed = Bytes.of(new P1_Affine(key.toArray()).compress());
                ((ObjectNode) entry.getValue()).put("publicKey", compressed.toHex());
            }
            return state;
        }

        @Test
        void signedEpoch46113And46114() {
            var decoded = json("mainnet-2026/decoded.json");
            var transition = info("mainnet-2026/transition-ledgerinfo-epoch46113.bcs.hex");
            var bundle = info("mainnet-2026/bundle-ledgerinfo-epoch46114-round79.bcs.hex");
            var absent = ConfluxVectors.hash(decoded.get("absentFromEpoch46113Committee"));
            var signed = new SignedLedgerInfo(
                    transition,
                    next(transition).validators().stream()
                            .map(Validator::account)
                            .filter(account -> !account.equals(absent))
                            .toList(),
                    Bytes.hex(decoded.get("sig192_transition").stringValue()));

            assertThat(LedgerInfoRules.judge(committee46113(transition), signed))
                    .isEqualTo(Verdict.accept(transition));
            var byAll = new SignedLedgerInfo(
                    bundle,
                    next(transition).validators().stream()
                            .map(Validator::account)
                            .toList(),
                    Bytes.hex(decoded.get("sig192_bundle").stringValue()));
            assertThat(LedgerInfoRules.judge(next(transition), byAll)).isEqualTo(Verdict.accept(bundle));
        }

        /// The weights of that committee are told beside the capture.
        private static EpochState committee46113(LedgerInfo transition) {
            long[] weights = {7, 32, 13, 4, 1, 4, 15, 2, 32, 21, 5, 3, 17, 18, 1, 4, 14, 1, 5, 3, 41, 14, 6, 37};
            var absent = ConfluxVectors.hash(json("mainnet-2026/decoded.json").get("absentFromEpoch46113Committee"));
            var members = next(transition).validators().stream()
                    .filter(validator -> !validator.account().equals(absent))
                    .toList();
            var weighed = IntStream.range(0, weights.length)
                    .mapToObj(i -> new Validator(
                            members.get(i).account(),
                            members.get(i).publicKey(),
                            members.get(i).vrfKey(),
                            weights[i]))
                    .toList();
            return EpochState.of(46113, weighed, Bytes.EMPTY);
        }

        @Test
        void namesThePivotWhoseHeaderWasCaptured() {
            var bundle = info("mainnet-2026/bundle-ledgerinfo-epoch46114-round79.bcs.hex");
            var header = PowHeader.decode(Bytes.hex(text("mainnet-2026/header-158034960.hex")))
                    .orElseThrow();

            assertThat(bundle.commitInfo().pivot()).isEqualTo(new Pivot(header.height(), header.hash()));
            assertThat(header.deferredReceiptsRoot().toHex())
                    .isEqualTo("0x12af19d53c378426ebe08ad33e48caf3efdaaade0994770c161c0637e65a6566");
        }

        @Test
        void anchorsAClientThatFollows() {
            var transition = info("mainnet-2026/transition-ledgerinfo-epoch46113.bcs.hex");
            var bundle = info("mainnet-2026/bundle-ledgerinfo-epoch46114-round79.bcs.hex");
            var signed = new SignedLedgerInfo(
                    bundle,
                    next(transition).validators().stream()
                            .map(Validator::account)
                            .toList(),
                    Bytes.hex(json("mainnet-2026/decoded.json")
                            .get("sig192_bundle")
                            .stringValue()));
            var client = new ConfluxClient(ConfluxParams.of(
                    new ChainId("conflux:1029"), transition, Duration.ofDays(1).toMillis(), 0));
            ClientState anchored = ConfluxClient.anchor(transition).orElseThrow();
            var update = new ConfluxUpdate(158_032_800, next(transition), signed).encode();

            var state = client.update(anchored, update, bundle.timeMs()).orElseThrow();

            assertThat(state.latest().height()).isEqualTo(158_034_960);
        }

        private static LedgerInfo info(String file) {
            return LedgerInfo.decode(Bytes.hex(text(file))).orElseThrow();
        }

        private static JsonNode json(String file) {
            return JsonMapper.builder().build().readTree(text(file));
        }

        private static String text(String file) {
            var folder = System.getProperty("waybill.vectors", "");
            Assumptions.assumeFalse(folder.isEmpty(), "captures by others: -Dwaybill.vectors names no folder");
            try {
                return Files.readString(Path.of(folder, "third-party/conflux", file))
                        .strip();
            } catch (IOException e) {
                return Assumptions.abort("no " + file + ": " + e.getMessage());
            }
        }
    }

    private static EpochState next(LedgerInfo info) {
        var next = info.commitInfo().nextEpochState();
        if (next == null) throw new IllegalStateException("no next committee");
        return next;
    }
}
