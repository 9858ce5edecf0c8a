package io.waybill.core.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Every [Target] under the fuzzer, one at a time (profile `fuzz`); what it finds lies in the corpus afterwards.
class DecodersFuzzTest {
    private static final String LONGEST = "2m";

    @FuzzTest(maxDuration = LONGEST)
    void rlp(byte[] octets) {
        Target.RLP.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void qbftHeader(byte[] octets) {
        Target.QBFT_HEADER.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void ibft2Header(byte[] octets) {
        Target.IBFT2_HEADER.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void qbftUpdate(byte[] octets) {
        Target.QBFT_UPDATE.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void qbftEventProof(byte[] octets) {
        Target.QBFT_EVENT_PROOF.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void evmReceipt(byte[] octets) {
        Target.EVM_RECEIPT.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void trieProof(byte[] octets) {
        Target.TRIE_PROOF.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void evmHeader(byte[] octets) {
        Target.EVM_HEADER.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void evmAccount(byte[] octets) {
        Target.EVM_ACCOUNT.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void fiscoAnchor(byte[] octets) {
        Target.FISCO_ANCHOR.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void fiscoUpdate(byte[] octets) {
        Target.FISCO_UPDATE.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void fiscoEventProof(byte[] octets) {
        Target.FISCO_EVENT_PROOF.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void fiscoCarrier(byte[] octets) {
        Target.FISCO_CARRIER.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void fiscoTransaction(byte[] octets) {
        Target.FISCO_TRANSACTION.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void fisco2Anchor(byte[] octets) {
        Target.FISCO2_ANCHOR.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void fisco2Update(byte[] octets) {
        Target.FISCO2_UPDATE.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void fisco2EventProof(byte[] octets) {
        Target.FISCO2_EVENT_PROOF.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void confluxLedgerInfo(byte[] octets) {
        Target.CONFLUX_LEDGER_INFO.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void confluxEpochState(byte[] octets) {
        Target.CONFLUX_EPOCH_STATE.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void confluxUpdate(byte[] octets) {
        Target.CONFLUX_UPDATE.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void confluxHeader(byte[] octets) {
        Target.CONFLUX_HEADER.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void confluxReceipt(byte[] octets) {
        Target.CONFLUX_RECEIPT.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void confluxEventProof(byte[] octets) {
        Target.CONFLUX_EVENT_PROOF.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void beaconBootstrap(byte[] octets) {
        Target.BEACON_BOOTSTRAP.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void beaconUpdate(byte[] octets) {
        Target.BEACON_UPDATE.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void beaconEventProof(byte[] octets) {
        Target.BEACON_EVENT_PROOF.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void committeeAnchor(byte[] octets) {
        Target.COMMITTEE_ANCHOR.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void committeeUpdate(byte[] octets) {
        Target.COMMITTEE_UPDATE.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void committeeEventProof(byte[] octets) {
        Target.COMMITTEE_EVENT_PROOF.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void packet(byte[] octets) {
        Target.PACKET.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void packetStatus(byte[] octets) {
        Target.PACKET_STATUS.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void attestation(byte[] octets) {
        Target.ATTESTATION.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void verifiers(byte[] octets) {
        Target.VERIFIERS.fuzz(octets);
    }
}
