package io.waybill.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Bytes32;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenPolicyTest {
    /// As chains and their explorers list them.
    private static final List<String> TOPICS = List.of(
            "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
            "8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925",
            "17307eab39ab6107e8899845ad3d59bd9653f200f220920489ca2b5937696c31",
            "c3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62",
            "4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb",
            "06b541ddaa720db2b10a4d0cdac39b8d360425fc073085fac19bc82614677987",
            "2fe5be0146f74c5bce36c0b80911af6c7d86ff27e89d5cfa61fc681327954e5d",
            "a78a9be3a7b862d26933ad85fb11d80ef66b8f972d7cbba06621d583943a4098",
            "e1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c",
            "7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65",
            "31328e08abcc622b23d8be96d45b371b10e42989dafc8ac56c85b33bb3584b92",
            "124d1efd3ac32fa6aadb7a06e066c113471e0411fb56a5079cedbc3cdf7796e4",
            "d4f6dc315981682d51417b7092f1a151bfc6ebc3f637532f97ac479b86c4076d");

    @Test
    void forbidsTheKnownEventsAndNoOthers() {
        assertThat(TokenPolicy.forbidden().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        TOPICS.stream().map(Bytes32::hex).toList());
        assertThat(TokenPolicy.forbids(Bytes32.ZERO)).isFalse();
    }
}
