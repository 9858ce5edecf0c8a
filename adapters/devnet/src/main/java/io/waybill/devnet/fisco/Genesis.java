package io.waybill.devnet.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.proof.fisco.FiscoSuite;
import java.util.ArrayList;

/// Block 0: no roots, no gas, only the text that names the chain, its cryptography and its first sealers.
///
/// @param suite   the chain's hash
/// @param version compatibility version of the chain
record Genesis(FiscoSuite suite, int version, Bytes text) {
    static Genesis of(LedgerDevnet.Options options, Sealers sealers, int version) {
        var lines = new ArrayList<String>();
        lines.add("[chain]\nsm_crypto:%d\nchainID: %s\ngrouID: %s"
                .formatted(options.suite() == FiscoSuite.SM ? 1 : 0, options.chain(), options.group()));
        lines.add("[consensys]\nconsensus_type: pbft\nblock_tx_count_limit:1000\nleader_period:1");
        lines.add("[version]\ncompatibility_version:3.16.4\n[tx]\ngaslimit:3000000000");
        lines.add("[executor]\niswasm: 0\nisAuthCheck:0\nisSerialExecute:1\nepochSealerNum:4\nepochBlockNum:1000");
        for (int i = 0; i < sealers.list().size(); i++) {
            var sealer = sealers.list().get(i);
            lines.add(
                    "node.%d:%s,%d".formatted(i, LedgerJson.nodeId(sealer.key().publicKey()), sealer.weight()));
        }
        return new Genesis(options.suite(), version, Bytes.utf8(String.join("\n", lines) + "\n"));
    }

    Bytes32 hash() {
        return suite.hash(Bytes.concat(Bytes.u32(version), Bytes.u64(0), Bytes.u64(0), Bytes.u64(0), text));
    }
}
