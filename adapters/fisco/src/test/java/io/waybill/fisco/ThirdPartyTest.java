package io.waybill.fisco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.FiscoRejection.HashMismatch;
import io.waybill.core.FiscoRejection.VersionBelowFloor;
import io.waybill.core.Verdict;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.fisco.HeaderRules;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.core.proof.fisco.FiscoTransaction;
import io.waybill.core.proof.fisco.ReceiptTree;
import io.waybill.core.proof.fisco.ReceiptTree.Group;
import io.waybill.core.proof.fisco.SignedFiscoTransaction;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What others published of their FISCO BCOS 3.x chains: hashes, seals, roots and proofs are reproduced, and the
/// client refuses the headers, for they are all below the version floor.
///
/// The files stay outside of the project; `-Dwaybill.vectors=FOLDER` names where they are.
final class ThirdPartyTest {
    private static final FiscoSuite STANDARD = FiscoSuite.STANDARD;

    @BeforeAll
    static void needsTheFiles() {
        assumeTrue(System.getProperty("waybill.vectors") != null, "waybill.vectors names no folder");
    }

    private static Json read(String name) {
        var path = Path.of(System.getProperty("waybill.vectors"), "third-party", "fisco", name + ".json");
        try {
            return FiscoAnswers.bare(Json.parse(name, Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3x_wecross_block60_header, STANDARD, 4, 0x03020000",
        "3x_wecross_block72_header, STANDARD, 3, 0x03020000",
        "3x_wecross_block9_full, STANDARD, 2, 0x03000001",
        "3x_wecross_block9_header_alt, STANDARD, 2, 0x03000001",
        "3x_docs_api_L304, SM, 3, 0x03030000",
        "3x_docs_rpcapi_L307, SM, 3, 0x03030000"
    })
    void headersHashAsTheirNodesDidAndHaveTheirQuorumAndAreBelowTheFloor(
            String name, FiscoSuite suite, int seals, String version) {
        var block = FiscoBlockJson.read(suite, read(name)).orElseThrow();
        var sealed = SealedHeader.of(suite, block);
        var own = block.header().sealers();
        assertThat(sealed.seals()).hasSize(seals).hasSameSizeAs(block.seals());
        assertThat(seals).isGreaterThanOrEqualTo((int) own.quorum());
        var reason = new VersionBelowFloor(Integer.decode(version), HeaderRules.LOWEST_FLOOR);
        assertThat(new HeaderRules(suite, HeaderRules.LOWEST_FLOOR).alone(block.header()))
                .isEqualTo(Verdict.reject(reason));
        var recorded =
                new Json(name, Json.MAPPER.createArrayNode().add(read(name).node()));
        assertThat(FiscoReplay.of(suite, recorded, null))
                .containsExactly(ReplayLine.refused(block.header().number(), sealed.hash(), reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3x_docs_api_L241", "3x_docs_rpcapi_L259"})
    void theGenesisBlockHashesWithoutRootsAndNamesTheSealersOfTheNextBlocks(String name) {
        var genesis = FiscoBlockJson.genesis(FiscoSuite.SM, read(name)).orElseThrow();
        var block = FiscoBlockJson.read(FiscoSuite.SM, read("3x_docs_api_L304")).orElseThrow();
        assertThat(genesis.sealers()).isEqualTo(Verdict.accept(block.header().sealers()));
    }

    @ParameterizedTest
    @CsvSource({
        "3x_wecross_block60_receipt, STANDARD",
        "3x_wecross_block72_receipt, STANDARD",
        "3x_wecross_block9_receipt, STANDARD",
        "3x_docs_api_L461, SM",
        "3x_docs_rpcapi_L456, STANDARD",
        "3x_javasdk_receipt_727, STANDARD",
        "3x_jni_receipt, STANDARD"
    })
    void receiptsHashAsTheirNodesDid(String name, FiscoSuite suite) {
        var json = read(name);
        var stated = json.at("hash").bytes32();
        assertThat(FiscoReceiptJson.read(json).hash(suite)).isEqualTo(stated);
        var list = new Json(name, Json.MAPPER.createArrayNode().add(json.node()));
        assertThat(FiscoReceipts.root(suite, list)).isEqualTo(Verdict.accept(stated));
    }

    @ParameterizedTest
    @CsvSource({
        "3x_wecross_block72_header, 3x_wecross_block72_receipt, STANDARD",
        "3x_docs_api_L304, 3x_docs_api_L461, SM"
    })
    void aLoneReceiptIsItsBlocksRoot(String header, String receipt, FiscoSuite suite) {
        var block = read(header);
        var receipts = new Json(
                receipt, Json.MAPPER.createArrayNode().add(read(receipt).node()));
        assertThat(FiscoReceipts.verify(suite, block, receipts))
                .isEqualTo(Verdict.accept(block.at("receiptsRoot").bytes32()));
        assertThat(block.at("txsRoot").bytes32())
                .isEqualTo(read(receipt).at("transactionHash").bytes32());
    }

    @Test
    void oneReceiptOfManyIsNotItsBlocksRoot() {
        var block = read("3x_wecross_block60_header");
        var json = read("3x_wecross_block60_receipt");
        var one = new Json("one", Json.MAPPER.createArrayNode().add(json.node()));
        assertThat(FiscoReceipts.verify(STANDARD, block, one))
                .isEqualTo(Verdict.reject(new ReceiptsRootMismatch(
                        block.at("receiptsRoot").bytes32(), json.at("hash").bytes32())));
    }

    @Test
    void proofsOfTenLevelsLeadToTheirRoots() {
        var block = read("3x_wecross_block60_header");
        var json = read("3x_wecross_block60_receipt");
        var tx = json.at("transactionHash").bytes32();
        var receipt = json.at("hash").bytes32();
        // 1110110101 from the bottom up; the receipts of this block are all alike, so that theirs goes by the left.
        assertThat(verify(tx, json.at("txProof"), block.at("txsRoot"))).isEqualTo(Verdict.accept(0b1010110111L));
        assertThat(verify(receipt, json.at("txReceiptProof"), block.at("receiptsRoot")))
                .isEqualTo(Verdict.accept(0L));
    }

    private static Verdict<Long> verify(Bytes32 leaf, Json proof, Json root) {
        var nodes = proof.list(FiscoHex::word);
        var groups = new ArrayList<Group>();
        var node = leaf;
        for (int at = 0; at < nodes.size(); ) {
            int count = (int) nodes.get(at).value().number(0, 4);
            assertThat(nodes.get(at).value().slice(4, 32).isZero()).isTrue();
            var pair = nodes.subList(at + 1, at + 1 + count);
            int place = pair.indexOf(node);
            groups.add(new Group(place, count == 1 ? null : pair.get(1 - place)));
            node = STANDARD.hash(Bytes.concat(pair.stream().map(Bytes32::value).toList()));
            at += 1 + count;
        }
        return ReceiptTree.verify(STANDARD, leaf, groups, root.bytes32());
    }

    @Test
    void transactionsFormABinaryTree() {
        var block =
                FiscoBlockJson.read(STANDARD, read("3x_wecross_block9_full")).orElseThrow();
        assertThat(block.transactions()).hasSize(51);
        assertThat(ReceiptTree.root(STANDARD, block.transactions()))
                .isEqualTo(block.header().txsRoot());
    }

    /// Since 3.3 nodes print the nonce as the hexadecimal of its octets, before as it is.
    @Test
    void transactionsHashAsTheirNodesDidAndNameTheirSenders() {
        assertTransaction(
                "3x_wecross_block9_tx",
                Bytes.utf8(read("3x_wecross_block9_tx").at("nonce").text()));
        assertTransaction(
                "3x_docs_rpcapi_L405",
                FiscoHex.octets(read("3x_docs_rpcapi_L405").at("nonce")));
    }

    private static void assertTransaction(String name, Bytes nonce) {
        var json = read(name);
        var transaction = new FiscoTransaction(
                json.at("chainID").text(),
                json.at("groupID").text(),
                json.at("blockLimit").integer(),
                nonce,
                json.at("to").text(),
                json.at("input").bytes(),
                json.at("abi").text());
        var signed =
                new SignedFiscoTransaction(transaction, json.at("signature").bytes());
        assertThat(signed.hash(STANDARD)).isEqualTo(json.at("hash").bytes32());
        assertThat(signed.sender(STANDARD)).contains(Address.hex(json.at("from").text()));
    }

    /// Release candidates hashed otherwise: their seals are over what they state, and that is not believed.
    @ParameterizedTest
    @ValueSource(strings = {"3x_javasdk_block_62", "3x_javasdk_block_206"})
    void headersOfReleaseCandidatesAreRefusedThoughTheirSealsAreRealOverTheStatedHash(String name) {
        var json = read(name);
        var stated = json.at("hash").bytes32();
        for (var seal : json.at("signatureList").list()) {
            int index = (int) seal.at("sealerIndex").integer();
            var id = json.at("sealerList").list().get(index).bytes();
            assertThat(STANDARD.signed(id, stated, seal.at("signature").bytes()))
                    .isTrue();
        }
        assertThat(FiscoBlockJson.read(STANDARD, json))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isInstanceOf(HashMismatch.class));
    }
}
