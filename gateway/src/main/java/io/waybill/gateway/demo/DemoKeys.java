package io.waybill.gateway.demo;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;

/// The keys of the demo, which anyone can derive from their names: they guard nothing.
enum DemoKeys {
    EVM_ACCOUNT("demo-evm-account"),
    LEDGER_ACCOUNT("demo-ledger-account");

    private final String name;

    DemoKeys(String name) {
        this.name = name;
    }

    Bytes32 secret() {
        return Digests.sha256(Bytes.utf8("waybill/devnet-key/" + name));
    }

    KeyPair pair() {
        return KeyPair.named(name);
    }
}
