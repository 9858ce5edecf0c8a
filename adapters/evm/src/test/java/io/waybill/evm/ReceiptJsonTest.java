package io.waybill.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.port.ChainException;
import io.waybill.core.proof.MerklePatriciaTrie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class ReceiptJsonTest {
    @ParameterizedTest
    @ValueSource(longs = {206, 207, 208, 209, 211, 212, 354})
    void rebuildsTheReceiptsRootOfRealBlocks(long height) {
        var receipts = Vectors.block(height, "eth_getBlockReceipts").list(ReceiptJson::read);

        var trie = MerklePatriciaTrie.of(
                receipts.stream().map(receipt -> receipt.receipt().encode()).toList());

        assertThat(trie.root())
                .isEqualTo(Vectors.block(height, "eth_getBlockByNumber")
                        .at("receiptsRoot")
                        .bytes32());
    }

    @Test
    void readsTheContractThatWasCreated() {
        var deployment = ReceiptJson.read(
                Vectors.block(206, "eth_getBlockReceipts").list().getFirst());

        assertThat(String.valueOf(deployment.created())).isEqualTo("0x42699a7612a82f1d9c36148af9c77354759b210b");
        assertThat(deployment.height()).isEqualTo(206);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "logsBloom", "cumulativeGasUsed", "logs", "transactionHash", "blockNumber"})
    void takesAReceiptWithoutOneOfItsFieldsForUnreadable(String field) {
        var json = Vectors.block(207, "eth_getBlockReceipts").list().getFirst();
        ((ObjectNode) json.node()).remove(field);

        assertThatThrownBy(() -> ReceiptJson.read(json))
                .isInstanceOf(ChainException.Unavailable.class)
                .hasMessageContaining(field);
    }
}
