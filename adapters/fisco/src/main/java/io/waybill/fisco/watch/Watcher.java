package io.waybill.fisco.watch;

import io.waybill.core.Address;
import io.waybill.core.Verdict;
import io.waybill.core.client.fisco.FiscoHeader;
import io.waybill.core.client.fisco.WatcherDigest;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.Signer;
import io.waybill.core.proof.fisco.FiscoSuite;
import org.jspecify.annotations.Nullable;

/// Signs the hash of a header that its own node executed and committed, rule R4.6. A quorum of seals proves too
/// little on FISCO BCOS 3.x, since a leader may have any hash sealed; the watcher's node has executed the block.
///
/// A hash is signed when its header keeps the grammar of rule R4.2, its parent hash is that of the header the node
/// shows before it, both agree with what was signed before, and the journal holds it. One height, one hash, for
/// ever.
public final class Watcher {
    private final FiscoSuite suite;
    private final CommittedHeaders node;
    private final Signer signer;
    private final Journal journal;

    public Watcher(FiscoSuite suite, CommittedHeaders node, Signer signer, Journal journal) {
        this.suite = suite;
        this.node = node;
        this.signer = signer;
        this.journal = journal;
    }

    public Address address() {
        return signer.address();
    }

    /// Signs the header of a height for one client.
    ///
    /// @param height   ≥ 1
    /// @param verifier the client the signature is bound to
    /// @throws io.waybill.core.port.ChainException.Unavailable if the node gave no readable answer
    public Answer sign(long height, ClientRef verifier) {
        var shown = node.at(height).orElse(null);
        if (shown == null) return new Answer.NotYet(height);
        return switch (shown.then(FiscoHeader::check)) {
            case Verdict.Rejected<FiscoHeader>(var reason) -> new Answer.Declined(height, reason.explain());
            case Verdict.Accepted<FiscoHeader>(var header) -> judge(height, header, verifier);
        };
    }

    private Answer judge(long height, FiscoHeader header, ClientRef verifier) {
        if (header.number() != height) {
            return new Answer.Declined(height, "node: asked for height %d, got %d".formatted(height, header.number()));
        }
        var broken = brokenLink(header);
        if (broken != null) return new Answer.Declined(height, broken);
        var hash = header.hash(suite);
        var standing = journal.promise(height, hash);
        if (standing == null) return new Answer.Declined(height, "journal: too old, remembers only later heights");
        if (!standing.equals(hash)) {
            return new Answer.Declined(height, "journal: signed %s before, node shows %s".formatted(standing, hash));
        }
        var signature = signer.sign(WatcherDigest.of(verifier, height, hash));
        return new Answer.Signed(height, hash, signature, signer.address());
    }

    /// Block 1 is not linked to block 0: some executors store another hash for it than its header has.
    private @Nullable String brokenLink(FiscoHeader header) {
        long before = header.number() - 1;
        if (before < 1) return null;
        var shown = node.at(before).orElse(null);
        if (shown == null) return "node: no header of height " + before;
        return switch (shown) {
            case Verdict.Rejected<FiscoHeader>(var reason) -> "height %d: %s".formatted(before, reason.explain());
            case Verdict.Accepted<FiscoHeader>(var parent) -> brokenLink(header, parent);
        };
    }

    private @Nullable String brokenLink(FiscoHeader header, FiscoHeader parent) {
        var hash = parent.hash(suite);
        if (!header.parentHash().equals(hash)) return "node: parent hash is not the hash of the header before";
        var signed = journal.at(parent.number());
        if (signed != null && !signed.equals(hash)) {
            return "journal: signed %s at height %d before, node shows %s".formatted(signed, parent.number(), hash);
        }
        return null;
    }
}
