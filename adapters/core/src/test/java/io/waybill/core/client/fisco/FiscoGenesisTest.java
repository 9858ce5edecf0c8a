package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes;
import io.waybill.core.FiscoRejection.MalformedGenesis;
import io.waybill.core.FiscoRejection.WasmChain;
import io.waybill.core.FiscoRejection.WrongCryptoSuite;
import io.waybill.core.proof.fisco.FiscoSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiscoGenesisTest {
    private final FiscoGenesis real = genesis("std");

    private static FiscoGenesis genesis(String network) {
        var block = FiscoVectors.read(network + "/chain.json.gz")
                .get("chain")
                .get(0)
                .get("block");
        return new FiscoGenesis(block.get("version").asInt(), FiscoVectors.bytes(block.get("extraData")));
    }

    private FiscoGenesis with(String what, String instead) {
        var text = real.text().toUtf8();
        assertThat(text).contains(what);
        return new FiscoGenesis(real.version(), Bytes.utf8(text.replace(what, instead)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"std", "sm"})
    void hashesAsTheNodesDidAndNamesTheFirstSealers(String network) {
        var suite = FiscoVectors.suite(network);
        var genesis = genesis(network);
        var stated = FiscoVectors.read(network + "/chain.json.gz")
                .get("chain")
                .get(0)
                .get("block")
                .get("hash");
        assertThat(genesis.hash(suite)).isEqualTo(FiscoVectors.word(stated));
        assertThat(genesis.check(suite)).isEqualTo(accept(genesis));
        assertThat(genesis.sealers())
                .isEqualTo(
                        accept(FiscoVectors.chain(network).getFirst().header().sealers()));
    }

    @Test
    void isOfAnEvmChain() {
        for (var other : new String[] {"iswasm: 1", "iswasm: true", "iswasm:"}) {
            var wasm = with("iswasm: 0", other);
            assertThat(wasm.check(FiscoSuite.STANDARD)).isEqualTo(reject(new WasmChain()));
        }
        assertThat(with("iswasm: 0\n", "").check(FiscoSuite.STANDARD))
                .isEqualTo(reject(new MalformedGenesis("iswasm")));
    }

    @Test
    void saysEachThingOnce() {
        assertThat(with("iswasm: 0", "iswasm: 0\niswasm: 0").check(FiscoSuite.STANDARD))
                .isEqualTo(reject(new MalformedGenesis("iswasm")));
        assertThat(with("chainID: chain0", "chainID: chain0\nsm_crypto:1").check(FiscoSuite.STANDARD))
                .isEqualTo(reject(new MalformedGenesis("sm_crypto")));
        var line = real.text()
                .toUtf8()
                .lines()
                .filter(each -> each.startsWith("node.0:"))
                .findFirst();
        assertThat(with(line.orElseThrow(), line.get() + "\n" + line.get()).sealers())
                .isEqualTo(reject(new MalformedGenesis("node")));
    }

    @Test
    void isOfTheCryptographyThatIsConfigured() {
        assertThat(real.check(FiscoSuite.SM)).isEqualTo(reject(new WrongCryptoSuite(true)));
        assertThat(genesis("sm").check(FiscoSuite.STANDARD)).isEqualTo(reject(new WrongCryptoSuite(false)));
        assertThat(with("sm_crypto:0", "sm_crypto:2").check(FiscoSuite.STANDARD))
                .isEqualTo(reject(new WrongCryptoSuite(false)));
    }
}
