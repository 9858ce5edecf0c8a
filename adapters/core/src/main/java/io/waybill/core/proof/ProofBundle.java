package io.waybill.core.proof;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.ClientKind;
import io.waybill.core.lane.Checkpoint;
import io.waybill.core.lane.LaneTerms;
import java.util.List;

/// All that a sceptic needs, beside an anchor of his own, to see that a source chain made one packet final: no
/// network, no node, no gateway.
///
/// @param algorithms what hashes and signatures it rests on
/// @param terms      the two ends of the lane and what it is; their hash is the lane's id
/// @param packet     packet octets, leaf `index` of the lane's log
/// @param anchor     the trusted header the updates start from; compared with the sceptic's own, never believed
/// @param updates    header updates in the client's wire form, in order, possibly none
/// @param height     block of the source chain that holds the checkpoint event
/// @param eventProof the event's proof in the client's wire form
/// @param checkpoint what the event says
/// @param index      position of the packet in the log
/// @param path       RFC 9162 inclusion path of the packet in the checkpoint's tree
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3">RFC 9162, 2.1.3: inclusion proofs</a>
public record ProofBundle(
        Algorithms algorithms,
        LaneTerms terms,
        Bytes packet,
        Anchor anchor,
        List<Bytes> updates,
        long height,
        Bytes eventProof,
        Checkpoint checkpoint,
        long index,
        List<Bytes32> path) {
    public ProofBundle {
        updates = List.copyOf(updates);
        path = List.copyOf(path);
    }

    /// Which header is trusted to begin with.
    public record Anchor(ClientKind kind, long height, Bytes32 hash) {}

    /// The names of the algorithms, so that a bundle can be read when newer ones are in use.
    ///
    /// @param logHash     of the lane log, as RFC 9162 uses it: `sha-256`
    /// @param headerHash  of the source chain's headers: `keccak-256`, `sm3`, or `sha-256` over SSZ
    /// @param receiptHash of the tree that the event proof climbs: `keccak-256` or `sm3`
    /// @param signature   of the source chain's consensus: `secp256k1`, `sm2`, or the BLS ciphersuite's own name
    /// @see <a href="https://datatracker.ietf.org/doc/draft-irtf-cfrg-bls-signature/">BLS ciphersuites</a>
    public record Algorithms(String logHash, String headerHash, String receiptHash, String signature) {
        private static final String SHA256 = "sha-256";
        private static final String KECCAK256 = "keccak-256";
        private static final String BLS_PROVEN = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_";
        private static final String BLS_BASIC = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";

        /// The algorithms of chains of a kind.
        public static Algorithms of(ClientKind kind) {
            return switch (kind) {
                case QBFT, IBFT2, QBFT_CONTRACT, FISCO, FISCO2 ->
                    new Algorithms(SHA256, KECCAK256, KECCAK256, "secp256k1");
                case COMMITTEE -> new Algorithms(SHA256, SHA256, SHA256, "secp256k1");
                case FISCO_SM, FISCO2_SM -> new Algorithms(SHA256, "sm3", "sm3", "sm2");
                case CONFLUX -> new Algorithms(SHA256, KECCAK256, KECCAK256, BLS_BASIC);
                case BEACON -> new Algorithms(SHA256, SHA256, KECCAK256, BLS_PROVEN);
            };
        }
    }
}
