package io.waybill.core.attestation;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedAttestation;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What keeps value out of lanes: the events that no transaction which carries a checkpoint may emit, and the policy
/// `token-free/1` that decides whether a packet is Refused.
public final class TokenPolicy {
    /// What the terms of a lane under this policy say: `sha256("waybill/policy/token-free/1")`.
    public static final Bytes32 HASH = Digests.sha256(Bytes.utf8("waybill/policy/token-free/1"));

    /// Events by which tokens or rights to them move; topic 0 is Keccak-256 of the signature. The last three are
    /// those of the internal contract that moves value between the spaces of Conflux.
    private static final Set<String> EVENTS = Set.of(
            "Transfer(address,address,uint256)",
            "Approval(address,address,uint256)",
            "ApprovalForAll(address,address,bool)",
            "TransferSingle(address,address,address,uint256,uint256)",
            "TransferBatch(address,address,address,uint256[],uint256[])",
            "Sent(address,address,address,uint256,bytes,bytes)",
            "Minted(address,address,uint256,bytes,bytes)",
            "Burned(address,address,uint256,bytes,bytes)",
            "Deposit(address,uint256)",
            "Withdrawal(address,uint256)",
            "Withdraw(bytes20,address,uint256,uint256)",
            "Call(bytes20,bytes20,uint256,uint256,bytes)",
            "Create(bytes20,bytes20,uint256,uint256,bytes)");

    private static final Map<Bytes32, String> BY_TOPIC = byTopic();

    private TokenPolicy() {}

    /// The forbidden events by their topic 0.
    public static Map<Bytes32, String> forbidden() {
        return BY_TOPIC;
    }

    /// Whether a log with this topic 0 means that a token moved.
    public static boolean forbids(Bytes32 topic) {
        return BY_TOPIC.containsKey(topic);
    }

    /// Judges an attestation by `token-free/1`: it names a schema, an issuer, a subject and its claims; it refers to
    /// another exactly when it is not a new one; its claims, where given, are those it names; its term
    /// is not empty.
    public static Verdict<Attestation> judge(Attestation attestation) {
        if (attestation.schema().isZero()) return malformed("schema");
        if (attestation.issuer().isZero()) return malformed("issuer");
        if (attestation.subject().isZero()) return malformed("subject");
        if (attestation.claimsHash().isZero()) return malformed("claimsHash");
        boolean first = attestation.kind() == Attestation.Kind.ATTEST;
        if (attestation.reference().isZero() != first) return malformed("reference");
        var claims = attestation.claims();
        if (!claims.isEmpty() && !Digests.sha256(claims).equals(attestation.claimsHash())) return malformed("claims");
        long until = attestation.validUntil();
        boolean empty = until != 0 && Long.compareUnsigned(until, attestation.validFrom()) <= 0;
        return empty ? malformed("validUntil") : Verdict.accept(attestation);
    }

    private static Verdict<Attestation> malformed(String part) {
        return Verdict.reject(new MalformedAttestation(part));
    }

    private static Map<Bytes32, String> byTopic() {
        var topics = new TreeMap<Bytes32, String>();
        for (var event : EVENTS) topics.put(Digests.keccak256(Bytes.utf8(event)), event);
        return Map.copyOf(topics);
    }
}
