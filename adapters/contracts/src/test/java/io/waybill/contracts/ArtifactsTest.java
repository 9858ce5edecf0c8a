package io.waybill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.ConfluxRejection;
import io.waybill.core.EncodingRejection;
import io.waybill.core.Fisco2Rejection;
import io.waybill.core.LaneRejection;
import io.waybill.core.PolicyRejection;
import io.waybill.core.Rejection;
import io.waybill.core.digest.Digests;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What the interfaces of the contracts must and must not have.
class ArtifactsTest {
    /// Refusals that no contract gives: of octets that contracts answer with a status, of lanes that only readers
    /// see, and of blocks and bundles read off chain.
    private static final Set<String> OFF_CHAIN = Set.of(
            EncodingRejection.MalformedPacket.class.getSimpleName(),
            EncodingRejection.MalformedAttestation.class.getSimpleName(),
            EncodingRejection.MalformedTransaction.class.getSimpleName(),
            LaneRejection.InconsistentLog.class.getSimpleName(),
            LaneRejection.LogForked.class.getSimpleName(),
            "ParentMismatch",
            "NumberNotNext",
            "MalformedBlock",
            "HeaderHashMismatch",
            "HashMismatch",
            "MalformedEasClaims",
            "EasFieldMismatch");

    /// Refusals of rules that no contract has yet: of validators that a contract names, of older blocks and pairs
    /// of headers shown as misbehaviour (rules R6.5, R6.6), of account proofs and of a ledger's genesis.
    private static final Set<String> NOT_IN_CONTRACTS = Set.of(
            "HeaderNamesValidators",
            "ParentHashMismatch",
            "SlotNotValidator",
            "HeaderNotLinked",
            "CopyOfAnotherHeader",
            "CopyOfAnotherRound",
            "MalformedEvmHeader",
            "MalformedAccount",
            "AccountAbsent",
            "MalformedSlot",
            "MalformedGenesis",
            "WasmChain",
            "WrongCryptoSuite");

    /// Refusals of chains that no contract follows, whose light clients exist in Java only, and of what is signed.
    private static final List<Class<?>> FOLLOWED_OFF_CHAIN =
            List.of(ConfluxRejection.class, BeaconRejection.class, Fisco2Rejection.class, PolicyRejection.class);

    /// What stands beside something that lives on an EVM alone.
    private static final Set<Artifact> ON_EVM_ALONE = Set.of(Artifacts.EAS_SOURCE);

    @Nested
    class TokenFree {
        @Test
        void noFunctionIsPayableAndNothingTakesWhatIsNotAskedFor() {
            assertThat(entries()).noneMatch(entry -> entry.mutability().equals("payable"));
            assertThat(entries())
                    .noneMatch(entry -> Set.of("fallback", "receive").contains(entry.type()));
        }

        @Test
        void noTokenInterfaceIsThere() {
            var tokens = List.of(
                    "transfer(address,uint256)",
                    "transferFrom(address,address,uint256)",
                    "approve(address,uint256)",
                    "balanceOf(address)",
                    "safeTransferFrom(address,address,uint256,uint256,bytes)");
            assertThat(entries().map(Artifact.AbiEntry::signature)).doesNotContainAnyElementsOf(tokens);
        }

        @Test
        void noCodeDelegatesCreatesOrDestroys() {
            for (var artifact : Artifacts.all()) {
                assertThat(opcodes(artifact.runtimeCode()))
                        .as(artifact.name())
                        .doesNotContain(0xf0, 0xf2, 0xf4, 0xf5, 0xff);
            }
        }
    }

    /// On a host of another hash a mapping lies where the opcode says; a place that the compiler computed itself
    /// would be another, rule of hosts/sm.
    @Nested
    class NationalCrypto {
        @Test
        void noPlaceInStorageWasHashedByTheCompiler() {
            var places = new HashSet<Bytes>();
            for (int slot = 0; slot < 512; slot++) places.add(hashed(slot));
            for (int key = 0; key < 32; key++) {
                for (int slot = 0; slot < 512; slot++) places.add(hashed(key, slot));
            }
            for (var artifact : Artifacts.all()) {
                if (ON_EVM_ALONE.contains(artifact)) continue;
                var own = artifact.on(Host.FISCO_SM);
                assertThat(own.runtimeCode()).as(own.name()).isNotEqualTo(artifact.runtimeCode());
                assertThat(pushed(own.runtimeCode())).as(own.name()).doesNotContainAnyElementsOf(places);
                assertThat(pushed(own.creationCode())).as(own.name()).doesNotContainAnyElementsOf(places);
            }
        }

        @Test
        void interfacesAreThoseOfTheOtherHosts() {
            for (var artifact : Artifacts.all()) {
                for (var host : Host.values()) {
                    assertThat(functions(artifact.on(host))).as(artifact.name()).isEqualTo(functions(artifact));
                }
            }
        }

        private static List<Artifact.AbiEntry> functions(Artifact artifact) {
            return artifact.abi().stream()
                    .filter(entry -> !entry.type().equals("error"))
                    .toList();
        }

        private static Bytes hashed(long... words) {
            return Digests.keccak256(Bytes.concat(LongStream.of(words)
                            .mapToObj(word -> Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(word)))
                            .toList()))
                    .value();
        }
    }

    @Nested
    class Size {
        @Test
        void everyContractFitsTheLimitOfEip170() {
            assertThat(Artifacts.all().stream()
                            .flatMap(artifact -> Stream.of(Host.values()).map(artifact::on)))
                    .allSatisfy(artifact ->
                            assertThat(artifact.runtimeCode().size()).isLessThanOrEqualTo(24_576));
        }
    }

    @Nested
    class Names {
        @Test
        void everyRefusalHasACustomErrorOfTheSameName() {
            var errors = entries()
                    .filter(entry -> entry.type().equals("error"))
                    .map(Artifact.AbiEntry::name)
                    .collect(Collectors.toSet());
            var refusals = rejections(Rejection.class).collect(Collectors.toCollection(TreeSet::new));
            refusals.removeAll(OFF_CHAIN);
            refusals.removeAll(NOT_IN_CONTRACTS);
            FOLLOWED_OFF_CHAIN.forEach(family -> rejections(family).forEach(refusals::remove));
            refusals.removeAll(errors);
            assertThat(refusals).isEmpty();
        }

        @Test
        void everyCallWrittenInJavaIsAFunctionThere() {
            assertThat(signatures(Artifacts.OUTBOX, "function"))
                    .contains(
                            LaneCalls.OPEN_OUTBOX,
                            LaneCalls.SEND,
                            LaneCalls.SEND_BATCH,
                            LaneCalls.ACKNOWLEDGE,
                            LaneCalls.MAY_SEND);
            assertThat(signatures(Artifacts.INBOX, "function"))
                    .contains(
                            LaneCalls.OPEN_INBOX,
                            LaneCalls.DELIVER,
                            ReceiverCalls.REGISTER,
                            ReceiverCalls.UNREGISTER,
                            ReceiverCalls.RECEIVER_GAS,
                            ReceiverCalls.IS_DELIVERED,
                            ReceiverCalls.NOTIFY,
                            ReceiverCalls.NOTIFIED);
            for (var lanes : List.of(Artifacts.OUTBOX, Artifacts.INBOX)) {
                assertThat(signatures(lanes, "function"))
                        .contains(
                                LaneCalls.CHECKPOINT,
                                LaneCalls.LOG,
                                LaneCalls.ROOT,
                                LaneCalls.FROZEN,
                                LaneCalls.PAUSE,
                                LaneCalls.UNPAUSE,
                                LaneCalls.PAUSED,
                                LaneRoles.GRANT,
                                LaneRoles.REVOKE,
                                LaneRoles.RENOUNCE,
                                LaneRoles.HAS);
            }
            assertThat(signatures(Artifacts.COUNCIL, "function"))
                    .contains(
                            CouncilCalls.APPROVE,
                            CouncilCalls.WITHDRAW,
                            CouncilCalls.EXECUTE,
                            CouncilCalls.SET_MEMBERS,
                            CouncilCalls.SET_DELAY,
                            CouncilCalls.MEMBERS,
                            CouncilCalls.APPROVALS_NEEDED,
                            CouncilCalls.DELAY,
                            CouncilCalls.STATE_OF,
                            CouncilCalls.ID_OF);
            for (var client : List.of(Artifacts.QBFT_CLIENT, Artifacts.FISCO_CLIENT, Artifacts.FISCO_SM_CLIENT)) {
                assertThat(signatures(client, "function"))
                        .contains(
                                ClientCalls.UPDATE,
                                ClientCalls.VERIFY_CHECKPOINT,
                                ClientCalls.MISBEHAVIOUR,
                                ClientCalls.REANCHOR,
                                ClientCalls.COUNCIL,
                                ClientCalls.EVIDENCE,
                                ClientCalls.CLIENT_ID,
                                ClientCalls.STATUS,
                                ClientCalls.LATEST_HEIGHT,
                                ClientCalls.HISTORY,
                                ClientCalls.CONSENSUS_STATE);
            }
        }

        @Test
        void everyEventReadInJavaIsEmittedThere() {
            assertThat(signatures(Artifacts.OUTBOX, "event"))
                    .contains(LaneEvents.SENT, LaneEvents.ACKNOWLEDGED, "PacketCheckpoint(bytes32,uint256,bytes32)");
            assertThat(signatures(Artifacts.INBOX, "event"))
                    .contains(LaneEvents.ASSIGNED, "StatusCheckpoint(bytes32,uint256,bytes32)");
        }
    }

    private static Stream<Artifact.AbiEntry> entries() {
        return Artifacts.all().stream().flatMap(artifact -> artifact.abi().stream());
    }

    private static List<String> signatures(Artifact artifact, String type) {
        return artifact.abi().stream()
                .filter(entry -> entry.type().equals(type))
                .map(Artifact.AbiEntry::signature)
                .toList();
    }

    private static Stream<String> rejections(Class<?> type) {
        var permitted = type.getPermittedSubclasses();
        return permitted == null
                ? Stream.of(type.getSimpleName())
                : Stream.of(permitted).flatMap(ArtifactsTest::rejections);
    }

    /// The opcodes of code, without what PUSH pushes. Data after the code would be read as code too: there is none.
    private static Set<Integer> opcodes(Bytes code) {
        return read(code, (_, _) -> {});
    }

    /// The words that code pushes, as 32 octets.
    private static Set<Bytes> pushed(Bytes code) {
        var words = new HashSet<Bytes>();
        read(code, (at, size) -> {
            var end = Math.min(at + size, code.size());
            words.add(Bytes.concat(Bytes.of(new byte[32 - (end - at)]), code.slice(at, end)));
        });
        return words;
    }

    private interface Pushed {
        void octets(int at, int size);
    }

    private static Set<Integer> read(Bytes code, Pushed pushed) {
        var opcodes = new TreeSet<Integer>();
        for (int i = 0; i < code.size(); i++) {
            int opcode = code.at(i);
            opcodes.add(opcode);
            if (opcode >= 0x60 && opcode <= 0x7f) {
                pushed.octets(i + 1, opcode - 0x5f);
                i += opcode - 0x5f;
            }
        }
        return opcodes;
    }
}
