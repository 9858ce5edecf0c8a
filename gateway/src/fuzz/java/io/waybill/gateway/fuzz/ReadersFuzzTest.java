package io.waybill.gateway.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Every [Target] under the fuzzer, one at a time (profile `fuzz`); what it finds lies in the corpus afterwards.
class ReadersFuzzTest {
    private static final String LONGEST = "2m";

    @FuzzTest(maxDuration = LONGEST)
    void bundle(byte[] octets) {
        Target.BUNDLE.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void anchor(byte[] octets) {
        Target.ANCHOR.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void strictJson(byte[] octets) {
        Target.STRICT_JSON.fuzz(octets);
    }

    @FuzzTest(maxDuration = LONGEST)
    void blockJson(byte[] octets) {
        Target.BLOCK_JSON.fuzz(octets);
    }
}
