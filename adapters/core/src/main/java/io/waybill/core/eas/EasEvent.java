package io.waybill.core.eas;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EasRejection.EasFieldMismatch;
import io.waybill.core.EasRejection.EasUidMismatch;
import io.waybill.core.EventRejection.MalformedReceipt;
import io.waybill.core.EventRejection.WrongEmitter;
import io.waybill.core.EventRejection.WrongTopic;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import io.waybill.core.proof.EvmLog;

/// What EAS logs when an attestation is made or revoked: who, about whom, under which schema, and the uid. The
/// fields themselves are not in it; they are bound to it by the uid.
public record EasEvent(Kind kind, Address recipient, Address attester, Bytes32 uid, Bytes32 schema) {
    /// What happened; topic 0 is Keccak-256 of the signature.
    public enum Kind {
        ATTESTED("Attested(address,address,bytes32,bytes32)"),
        REVOKED("Revoked(address,address,bytes32,bytes32)");

        private final Bytes32 topic;

        Kind(String signature) {
            topic = Digests.keccak256(Bytes.utf8(signature));
        }

        public Bytes32 topic() {
            return topic;
        }
    }

    /// Reads a log that is proven already; total.
    ///
    /// @param eas the contract that must have emitted it
    public static Verdict<EasEvent> read(EvmLog log, Address eas) {
        if (!log.address().equals(eas)) return reject(new WrongEmitter());
        var topics = log.topics();
        if (topics.size() != 4) return reject(new WrongTopic());
        for (var kind : Kind.values()) {
            if (topics.getFirst().equals(kind.topic())) return read(kind, log);
        }
        return reject(new WrongTopic());
    }

    private static Verdict<EasEvent> read(Kind kind, EvmLog log) {
        var recipient = log.topics().get(1).value();
        var attester = log.topics().get(2).value();
        if (!recipient.slice(0, 12).isZero() || !attester.slice(0, 12).isZero()) return reject(new WrongTopic());
        if (log.data().size() != 32) return reject(new MalformedReceipt("data"));
        return accept(new EasEvent(
                kind,
                new Address(recipient.slice(12, 32)),
                new Address(attester.slice(12, 32)),
                new Bytes32(log.data()),
                log.topics().get(3)));
    }

    /// Judges fields that somebody ships for this event: their uid is its uid.
    public Verdict<EasAttestation> judge(EasAttestation shipped) {
        var computed = shipped.uid();
        if (!computed.equals(uid)) return reject(new EasUidMismatch(uid, computed));
        if (!shipped.schema().equals(schema)) return reject(new EasFieldMismatch("schema"));
        if (!shipped.attester().equals(attester)) return reject(new EasFieldMismatch("attester"));
        return shipped.recipient().equals(recipient) ? accept(shipped) : reject(new EasFieldMismatch("recipient"));
    }
}
