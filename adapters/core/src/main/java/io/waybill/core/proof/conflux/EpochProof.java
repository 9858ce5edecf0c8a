package io.waybill.core.proof.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedEventProof;
import io.waybill.core.EventRejection.ReceiptsRootMismatch;
import io.waybill.core.Verdict;
import io.waybill.core.proof.EvmLog;
import java.util.ArrayList;
import java.util.List;

/// The proof of everything that an epoch emitted, for whoever speaks for all of it: the same rules as of one
/// event, with the receipts whole, so that nothing is left out.
///
/// @param headers  from the signed pivot down to the epoch's own
/// @param roots    which root of which header above is the epoch's: its offset counts from the header that commits
///     to it
/// @param receipts of the epoch, all of them
public record EpochProof(List<Bytes> headers, DeferredRoots roots, EpochReceipts receipts) {
    public EpochProof {
        headers = List.copyOf(headers);
    }

    /// What an epoch is and emitted.
    ///
    /// @param height of its pivot, which is its number
    /// @param hash   of its pivot
    /// @param timeMs of its pivot, milliseconds since 1970
    /// @param logs   of one space, of transactions that succeeded and moved no token, in their order
    public record Epoch(long height, Bytes32 hash, long timeMs, List<EvmLog> logs) {
        public Epoch {
            logs = List.copyOf(logs);
        }
    }

    /// Judges the headers, their votes and the receipts.
    ///
    /// @param height   of the pivot that a committee signed
    /// @param hash     of that pivot
    /// @param minVotes headers that must vouch for the root
    public Verdict<Epoch> verify(long height, Bytes32 hash, int minVotes, LogSpace space) {
        int witness = headers.size() - 1 - DeferredRoots.DEFERRED - roots.offset();
        if (witness < 0) return reject(new MalformedEventProof("headers"));
        return PivotHeaders.from(height, hash, headers)
                .then(chain -> new PivotHeaders(chain.headers().subList(0, witness + 1))
                        .vouched(minVotes)
                        .then(roots::under)
                        .then(this::whole)
                        .then(_ -> logs(space))
                        .map(logs -> epoch(chain.headers().getLast(), logs)));
    }

    private Verdict<Bytes32> whole(Bytes32 root) {
        var computed = receipts.root();
        return computed.equals(root) ? accept(root) : reject(new ReceiptsRootMismatch(root, computed));
    }

    private static Epoch epoch(PowHeader header, List<EvmLog> logs) {
        return new Epoch(header.height(), header.hash(), header.timestamp() * 1000, logs);
    }

    private Verdict<List<EvmLog>> logs(LogSpace space) {
        var logs = new ArrayList<EvmLog>();
        for (var octets : receipts.blocks().stream().flatMap(List::stream).toList()) {
            switch (ConfluxReceipt.decode(octets)) {
                case Verdict.Rejected<ConfluxReceipt>(var reason) -> {
                    return reject(reason);
                }
                case Verdict.Accepted<ConfluxReceipt>(var receipt) -> logs.addAll(receipt.believed(space));
            }
        }
        return accept(logs);
    }
}
