package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEvmHeader;
import io.waybill.core.client.qbft.BesuVectors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvmHeaderTest {
    /// The Prague header of a real block, 21 fields.
    private static EvmHeader prague() {
        var block = BesuVectors.read("/vectors/evm/anvil-block.json").get("block");
        return EvmHeader.decode(Rlp.list(BesuVectors.items(block)).encode()).orElseThrow();
    }

    private static EvmHeader with(int index, Bytes octets) {
        var fields = new ArrayList<>(prague().fields());
        fields.set(index, octets);
        return new EvmHeader(fields);
    }

    @Nested
    class Hash {
        @Test
        void isTheOneTheNodeGave() {
            var block = BesuVectors.read("/vectors/evm/anvil-block.json").get("block");
            var header = prague();

            assertThat(header.hash()).isEqualTo(Bytes32.hex(BesuVectors.text(block, "hash")));
            assertThat(header.parentHash()).isEqualTo(Bytes32.hex(BesuVectors.text(block, "parentHash")));
            assertThat(header.stateRoot()).isEqualTo(Bytes32.hex(BesuVectors.text(block, "stateRoot")));
            assertThat(header.receiptsRoot()).isEqualTo(Bytes32.hex(BesuVectors.text(block, "receiptsRoot")));
            assertThat(header.number()).isEqualTo(BesuVectors.quantity(block, "number"));
            assertThat(header.timestamp()).isEqualTo(BesuVectors.quantity(block, "timestamp"));
        }

        /// A genesis block of a BFT chain is hashed as an execution layer hashes all of its blocks.
        @ParameterizedTest
        @CsvSource({
            "qbft-berlin, 15",
            "ibft2-london-votes-rounds, 16",
            "qbft-shanghai, 17",
            "qbft-cancun, 20",
            "qbft-prague-votes-rounds, 21"
        })
        void isTheOneTheNodeGaveInEveryFork(String network, int fields) {
            var genesis = BesuVectors.headers(network).getFirst();
            var header = EvmHeader.decode(genesis.header().encode()).orElseThrow();

            assertThat(header.fields()).hasSize(fields);
            assertThat(header.hash()).isEqualTo(genesis.hash());
        }
    }

    @Nested
    class Decode {
        @Test
        void readsWhatItWrote() {
            assertThat(EvmHeader.decode(prague().encode())).isEqualTo(accept(prague()));
        }

        @Test
        void knowsTheNumbersOfFieldsOfEveryForkAndNoOther() {
            var fields = prague().fields();
            for (int count = 0; count <= 22; count++) {
                var some = new ArrayList<>(fields.subList(0, Math.min(count, 21)));
                if (count == 22) some.add(fields.getLast());
                var verdict = EvmHeader.decode(Rlp.list(some, Rlp::of).encode());
                assertThat(verdict)
                        .as("%d fields", count)
                        .isEqualTo(
                                List.of(15, 16, 17, 20, 21).contains(count)
                                        ? accept(new EvmHeader(some))
                                        : reject(new MalformedEvmHeader("fields")));
            }
        }

        @ParameterizedTest
        @CsvSource({
            "0, parentHash",
            "1, ommersHash",
            "2, coinbase",
            "3, stateRoot",
            "4, transactionsRoot",
            "5, receiptsRoot",
            "6, logsBloom",
            "13, mixHash",
            "14, nonce",
            "16, withdrawalsRoot",
            "19, parentBeaconBlockRoot",
            "20, requestsHash"
        })
        void refusesAFieldOneOctetTooShortOrTooLong(int index, String title) {
            var octets = prague().fields().get(index);
            refuses(index, octets.slice(1, octets.size()), title);
            refuses(index, Bytes.concat(octets, Bytes.of(7)), title);
        }

        @ParameterizedTest
        @CsvSource({
            "7, difficulty, 32",
            "8, number, 6",
            "9, gasLimit, 8",
            "10, gasUsed, 8",
            "11, timestamp, 6",
            "15, baseFeePerGas, 32",
            "17, blobGasUsed, 8",
            "18, excessBlobGas, 8"
        })
        void takesANumberUpToItsWidthInItsOneForm(int index, String title, int width) {
            var largest = "ff".repeat(width);
            accepts(index, Bytes.EMPTY);
            accepts(index, Bytes.of(1));
            accepts(index, Bytes.hex(largest));
            refuses(index, Bytes.of(0), title);
            refuses(index, Bytes.hex("0001"), title);
            refuses(index, Bytes.hex(largest + "ff"), title);
        }

        @Test
        void refusesAListInPlaceOfAField() {
            var items = new ArrayList<Rlp>(
                    prague().fields().stream().<Rlp>map(Rlp::of).toList());
            items.set(12, Rlp.list());

            assertThat(EvmHeader.decode(Rlp.list(items).encode()))
                    .isEqualTo(reject(new MalformedEvmHeader("a list in place of octets")));
            assertThat(EvmHeader.decode(Bytes.of(0x80)))
                    .isEqualTo(reject(new MalformedEvmHeader("octets in place of a list")));
        }

        private void accepts(int index, Bytes octets) {
            assertThat(EvmHeader.decode(encoded(index, octets))).isEqualTo(accept(with(index, octets)));
        }

        private void refuses(int index, Bytes octets, String title) {
            assertThat(EvmHeader.decode(encoded(index, octets))).isEqualTo(reject(new MalformedEvmHeader(title)));
            assertThatThrownBy(() -> with(index, octets)).hasMessage("header: malformed " + title);
        }

        private Bytes encoded(int index, Bytes octets) {
            var fields = new ArrayList<>(prague().fields());
            fields.set(index, octets);
            return Rlp.list(fields, Rlp::of).encode();
        }
    }
}
