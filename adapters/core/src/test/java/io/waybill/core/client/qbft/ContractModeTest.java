package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.qbft.ContractChain.CONTRACT;
import static io.waybill.core.client.qbft.SealedChain.ms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.EncodingRejection.MalformedUpdate;
import io.waybill.core.EventRejection.AccountAbsent;
import io.waybill.core.EventRejection.NodeHashMismatch;
import io.waybill.core.EventRejection.ProofEndsEarly;
import io.waybill.core.EventRejection.ProofNotConsumed;
import io.waybill.core.QbftRejection.HeaderNamesValidators;
import io.waybill.core.QbftRejection.MalformedHeader;
import io.waybill.core.QbftRejection.NoValidators;
import io.waybill.core.QbftRejection.ParentHashMismatch;
import io.waybill.core.QbftRejection.ProposerNotValidator;
import io.waybill.core.QbftRejection.SlotNotValidator;
import io.waybill.core.QbftRejection.TooFewSeals;
import io.waybill.core.QbftRejection.TooFewTrustedSeals;
import io.waybill.core.QbftRejection.ValidatorsNotAscending;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ConsensusState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ContractModeTest {
    private static final ChainId CHAIN = new ChainId("eip155:1337");
    private static final long PERIOD_MS = 7 * 86_400_000L;

    private static QbftClient client(QbftHeader anchor, ValidatorContract contract) {
        return QbftClient.of(CHAIN, anchor, PERIOD_MS, 10_000, QbftOptions.of(contract));
    }

    @Nested
    class RealNetwork {
        private final JsonNode recorded = BesuVectors.read("/vectors/besu/qbft-shanghai-contract-mode/chain.json");
        private final ValidatorContract contract = new ValidatorContract(
                Address.hex(BesuVectors.text(recorded, "validatorContract")),
                Bytes32.hex(recorded.get("slots").get(0).asString()));

        private QbftHeader header(int number) {
            var block = recorded.get("blocks").get(number).get("block");
            return BesuVectors.captured(ClientKind.QBFT, block).header();
        }

        private List<Address> named(int number) {
            return recorded.get("blocks")
                    .get(number)
                    .get("validators")
                    .valueStream()
                    .map(BesuVectors::address)
                    .sorted()
                    .toList();
        }

        /// The proof of who seals the block after this one.
        private ContractProof proof(int parent) {
            var proof = recorded.get("blocks").get(parent).get("validatorProof");
            int validators = named(parent).size();
            var slots = new ArrayList<List<Bytes>>();
            for (var slot : proof.get("storageProof")) {
                if (slots.size() <= validators) slots.add(nodes(slot.get("proof")));
            }
            return new ContractProof(header(parent), nodes(proof.get("accountProof")), slots);
        }

        private List<Bytes> nodes(JsonNode proof) {
            return proof.valueStream().map(node -> Bytes.hex(node.asString())).toList();
        }

        @Test
        void everyBlockWithAProofIsSealedByTheSetThatItsParentsStateNames() {
            var sizes = new ArrayList<Integer>();
            for (int number = 4; number < 24; number++) {
                var set = proof(number - 1).validators(contract, header(number));
                assertThat(set).isEqualTo(accept(named(number - 1)));
                var candidate = new SealedHeader(header(number), set.orElseThrow());
                assertThat(candidate.wellFormed()).isEqualTo(accept(candidate));
                assertThat(QbftSeals.signers(candidate, SealCurve.SECP256K1).isAccepted())
                        .isTrue();
                sizes.add(set.orElseThrow().size());
            }
            assertThat(sizes).hasSize(20).startsWith(4, 4, 4, 5).endsWith(5, 4, 4, 4, 4, 4, 4, 4, 4);
        }

        @Test
        void everyBlockFollowsFromTheOneBefore() {
            var anchor = header(4);
            var client = client(anchor, contract);
            var state = QbftClient.anchor(anchor, contract, proof(3)).orElseThrow();
            for (int number = 5; number < 24; number++) {
                var before = named(number - 2);
                boolean same = before.equals(named(number - 1));
                var update = new QbftUpdate(number - 1L, same ? List.of() : before, header(number), proof(number - 1));
                var verdict =
                        client.update(state, update.encode(), header(number).timeMs());
                assertThat(verdict)
                        .as("block " + number)
                        .isEqualTo(accept(
                                state.with(new SealedHeader(header(number), named(number - 1)).consensusState())));
                state = verdict.orElseThrow();
            }
        }

        @Test
        void theBlockThatTheChangeIsMinedInIsSealedByTheOldSet() {
            assertThat(proof(5).validators(contract, header(6)).orElseThrow()).hasSize(4);
            assertThat(proof(6).validators(contract, header(7)).orElseThrow()).hasSize(5);
            assertThat(proof(14).validators(contract, header(15)).orElseThrow()).hasSize(5);
            assertThat(proof(15).validators(contract, header(16)).orElseThrow()).hasSize(4);
        }

        @Test
        void theStateOfAnyOtherBlockIsRefused() {
            for (int parent = 3; parent < 23; parent++) {
                if (parent == 9) continue;
                assertThat(proof(parent).validators(contract, header(10)))
                        .isEqualTo(reject(new ParentHashMismatch(
                                header(9).hash(), header(parent).hash())));
            }
        }
    }

    @Nested
    class Proof {
        private final SealedChain set = SealedChain.of(4);
        private final ContractChain chain = ContractChain.of(set);
        private final QbftHeader header = chain.sealed(20, set.keys());
        private final ContractProof proof = chain.proof(20);

        private Verdict<List<Address>> judge(ContractProof shown) {
            return shown.validators(CONTRACT, header);
        }

        /// What is proven of a state that holds other words.
        private Verdict<List<Address>> judge(ContractChain other, long elements) {
            return other.proof(20, elements).validators(CONTRACT, other.sealed(20, set.keys()));
        }

        private ContractChain with(Bytes32 slot, Bytes32 word) {
            var other = ContractChain.of(set);
            other.storage().put(slot, word);
            return other;
        }

        @Test
        void answersTheSetAscendingWhateverItsOrderInTheArray() {
            assertThat(judge(proof)).isEqualTo(accept(set.validators()));
            assertThat(ContractChain.naming(set.validators())
                            .proof(20)
                            .validators(
                                    CONTRACT,
                                    ContractChain.naming(set.validators()).sealed(20, set.keys())))
                    .isEqualTo(accept(set.validators()));
        }

        @Test
        void readsWhatItWrote() {
            assertThat(ContractProof.decode(proof.encode())).isEqualTo(accept(proof));
            assertThat(ContractProof.decode(Bytes.of(0xc0))).isEqualTo(reject(new MalformedUpdate("contractProof")));
        }

        @Test
        void refusesAHeaderThatNamesValidatorsOrVotes() {
            var extra = header.extra();
            var listing = header.withExtra(new BftExtra(extra.vanity(), set.validators(), null, 0, extra.seals()));
            var voting = header.withExtra(
                    new BftExtra(extra.vanity(), List.of(), new BftExtra.Vote(Address.ZERO, true), 0, extra.seals()));
            assertThat(proof.validators(CONTRACT, listing)).isEqualTo(reject(new HeaderNamesValidators()));
            assertThat(proof.validators(CONTRACT, voting)).isEqualTo(reject(new HeaderNamesValidators()));
        }

        @Test
        void refusesAnotherContractOrSlot() {
            var other = new ValidatorContract(Address.ZERO, CONTRACT.slot());
            assertThat(proof.validators(other, header)).isInstanceOf(Verdict.Rejected.class);
            var absent =
                    new ContractProof(proof.parent(), List.of(proof.account().getFirst()), proof.slots());
            assertThat(judge(absent)).isEqualTo(reject(new ProofEndsEarly(1)));
            var elsewhere = new ValidatorContract(CONTRACT.address(), ContractChain.word(6));
            assertThat(proof.validators(elsewhere, header)).isInstanceOf(Verdict.Rejected.class);
        }

        @Test
        void refusesAContractThatIsProvenAbsent() {
            var other = new ValidatorContract(Address.ZERO, CONTRACT.slot());
            var absent = new ContractProof(proof.parent(), chain.account(Address.ZERO), proof.slots());
            assertThat(absent.validators(other, header)).isEqualTo(reject(new AccountAbsent(Address.ZERO)));
        }

        @Test
        void refusesSlotsTooFewTooManyOrInAnotherOrder() {
            assertThat(judge(chain, 3)).isEqualTo(reject(new MalformedUpdate("slots")));
            assertThat(judge(chain, 5)).isEqualTo(reject(new MalformedUpdate("slots")));
            assertThat(judge(new ContractProof(proof.parent(), proof.account(), List.of())))
                    .isEqualTo(reject(new MalformedUpdate("slots")));
            var swapped = new ArrayList<>(proof.slots());
            swapped.set(1, proof.slots().get(2));
            assertThat(judge(new ContractProof(proof.parent(), proof.account(), swapped)))
                    .isInstanceOf(Verdict.Rejected.class);
        }

        @Test
        void refusesNodesCutOffOrTooManyOrOfAnotherTrie() {
            var slots = new ArrayList<>(proof.slots());
            slots.set(4, slots.get(4).subList(0, slots.get(4).size() - 1));
            assertThat(judge(new ContractProof(proof.parent(), proof.account(), slots)))
                    .isEqualTo(reject(new ProofEndsEarly(slots.get(4).size())));
            slots.set(4, new ArrayList<>(proof.slots().get(4)));
            slots.get(4).add(Bytes.of(0x80));
            assertThat(judge(new ContractProof(proof.parent(), proof.account(), slots)))
                    .isEqualTo(reject(new ProofNotConsumed(1)));
            assertThat(judge(new ContractProof(proof.parent(), proof.slots().getFirst(), proof.slots())))
                    .isEqualTo(reject(new NodeHashMismatch(0)));
        }

        @Test
        void refusesAnEmptyArray() {
            assertThat(judge(with(CONTRACT.slot(), Bytes32.ZERO), 0)).isEqualTo(reject(new NoValidators()));
        }

        @Test
        void takesTwoHundredAndFiftySixValidatorsAndNotOneMore() {
            var largest = new SealedChain(ClientKind.QBFT, SealedChain.named(0, 256)).validators();
            var state = ContractChain.naming(largest);
            assertThat(judge(state, 256)).isEqualTo(accept(largest));
            assertThat(judge(with(CONTRACT.slot(), ContractChain.word(257)), 4))
                    .isEqualTo(reject(new MalformedHeader("validators")));
            var huge = new Bytes32(ContractChain.word(4).value().with(0, 1));
            assertThat(judge(with(CONTRACT.slot(), huge), 4)).isEqualTo(reject(new MalformedHeader("validators")));
        }

        @Test
        void refusesWordsThatAreNoAddresses() {
            var wide = new Bytes32(ContractChain.word(7).value().with(11, 1));
            assertThat(judge(with(CONTRACT.element(2), wide), 4)).isEqualTo(reject(new SlotNotValidator(2, wide)));
            assertThat(judge(with(CONTRACT.element(3), Bytes32.ZERO), 4))
                    .isEqualTo(reject(new SlotNotValidator(3, Bytes32.ZERO)));
        }

        @Test
        void refusesAParentOfAnotherHeight() {
            var far = ContractChain.of(set).parent(25);
            var linked = new QbftHeader(
                    ClientKind.QBFT,
                    far.hash(),
                    header.proposer(),
                    header.stateRoot(),
                    header.transactionsRoot(),
                    header.receiptsRoot(),
                    header.bloom(),
                    20,
                    header.gasLimit(),
                    header.gasUsed(),
                    header.timestamp(),
                    header.extra(),
                    header.forkFields());
            assertThat(chain.proof(25).validators(CONTRACT, linked)).isEqualTo(reject(new MalformedHeader("number")));
        }
    }

    @Nested
    class Update {
        private final SealedChain four = SealedChain.of(4);
        private final SealedChain five = SealedChain.of(5);
        private final ContractChain before = ContractChain.of(four);
        private final ContractChain after = ContractChain.of(five);
        private final QbftHeader anchor = before.sealed(10, four.keys());
        private final QbftClient client = client(anchor, CONTRACT);
        private final ClientState state =
                QbftClient.anchor(anchor, CONTRACT, before.proof(10)).orElseThrow();

        private Verdict<ClientState> update(QbftUpdate update) {
            return client.update(state, update.encode(), ms(30));
        }

        private ConsensusState kept(QbftHeader header, SealedChain set) {
            return new SealedHeader(header, set.validators()).consensusState();
        }

        @Test
        void isOfItsOwnKind() {
            assertThat(client.kind()).isEqualTo(ClientKind.QBFT_CONTRACT);
            assertThatThrownBy(() -> QbftClient.of(
                            CHAIN,
                            SealedChain.of(1).as(ClientKind.IBFT2).sealed(3),
                            PERIOD_MS,
                            0,
                            QbftOptions.DEFAULT.with(CONTRACT)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("contract: expected headers of QBFT, got IBFT2");
        }

        @Test
        void needsAQuorumOfTheSameSet() {
            var header = before.sealed(20, four.keys().subList(0, 3));
            assertThat(update(new QbftUpdate(10, List.of(), header, before.proof(20))))
                    .isEqualTo(accept(state.with(kept(header, four))));
            var fewer = before.sealed(20, four.keys().subList(0, 2));
            assertThat(update(new QbftUpdate(10, List.of(), fewer, before.proof(20))))
                    .isEqualTo(reject(new TooFewSeals(2, 3)));
        }

        @Test
        void needsTheTrustedSetToVouchForAnother() {
            var newcomer = five.keys().stream()
                    .filter(key -> !four.validators().contains(key.address()))
                    .toList();
            var two = new ArrayList<>(four.keys().subList(0, 2));
            two.addAll(newcomer);
            two.add(four.keys().get(2));
            var header = after.sealed(20, two);
            assertThat(update(new QbftUpdate(10, four.validators(), header, after.proof(20))))
                    .isEqualTo(accept(state.with(kept(header, five))));

            var strangers = ContractChain.of(new SealedChain(ClientKind.QBFT, SealedChain.named(3, 8)));
            var keys = new SealedChain(ClientKind.QBFT, SealedChain.named(3, 8)).keys();
            assertThat(update(new QbftUpdate(10, four.validators(), strangers.sealed(20, keys), strangers.proof(20))))
                    .isEqualTo(reject(new TooFewTrustedSeals(1, 3)));
        }

        @Test
        void refusesAProposerThatTheContractDoesNotName() {
            var stranger = SealedChain.named(50, 51);
            assertThat(update(new QbftUpdate(10, List.of(), before.sealed(20, stranger), before.proof(20))))
                    .isEqualTo(
                            reject(new ProposerNotValidator(stranger.getFirst().address())));
        }

        @Test
        void refusesAContractThatNamesOneTwice() {
            var twice = ContractChain.naming(List.of(
                    four.validators().get(0),
                    four.validators().get(1),
                    four.validators().get(0)));
            assertThat(update(new QbftUpdate(10, List.of(), twice.sealed(20, four.keys()), twice.proof(20))))
                    .isEqualTo(reject(new ValidatorsNotAscending(1)));
        }

        @Test
        void isReadByNoClientOfTheOtherMode() {
            var header = before.sealed(20, four.keys());
            var proven = new QbftUpdate(10, List.of(), header, before.proof(20));
            assertThat(QbftUpdate.decode(ClientKind.QBFT_CONTRACT, proven.encode()))
                    .isEqualTo(accept(proven));
            assertThat(QbftUpdate.decode(ClientKind.QBFT, proven.encode()))
                    .isEqualTo(reject(new MalformedUpdate("items")));
            var listed = new QbftUpdate(10, List.of(), four.sealed(20));
            assertThat(update(listed)).isEqualTo(reject(new MalformedUpdate("items")));
            assertThat(update(new QbftUpdate(10, List.of(), four.sealed(20), before.proof(20))))
                    .isEqualTo(reject(new HeaderNamesValidators()));
        }

        @Test
        void freezesOnTwoHeadersOfOneHeight() {
            var one = before.sealed(20, four.keys().subList(0, 3));
            var other = before.sealed(20, four.keys().subList(1, 4));
            var once =
                    update(new QbftUpdate(10, List.of(), one, before.proof(20))).orElseThrow();
            assertThat(one.hash()).isNotEqualTo(other.hash());
            assertThat(client.update(once, new QbftUpdate(10, List.of(), other, before.proof(20)).encode(), ms(30)))
                    .isEqualTo(accept(once.freeze()));
        }

        @Test
        void refusesEveryChangedOctet() {
            var header = after.sealed(11, five.keys());
            var octets = new QbftUpdate(10, four.validators(), header, after.proof(11)).encode();
            assertThat(client.update(state, octets, ms(30)).isAccepted()).isTrue();
            for (int i = 0; i < octets.size(); i++) {
                assertThat(client.update(state, octets.with(i, octets.at(i) ^ 1 << i % 8), ms(30))
                                .isAccepted())
                        .as("octet " + i)
                        .isFalse();
            }
        }
    }
}
