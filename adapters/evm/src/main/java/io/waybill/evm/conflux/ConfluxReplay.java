package io.waybill.evm.conflux;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Bytes32;
import io.waybill.core.ClientRejection.ClientNotActive;
import io.waybill.core.ClientRejection.TimeBeforeTrusted;
import io.waybill.core.ClientRejection.TrustedSetMismatch;
import io.waybill.core.ConfluxRejection.CommitteeNotVouchedFor;
import io.waybill.core.ConfluxRejection.MalformedLedgerInfo;
import io.waybill.core.ConfluxRejection.NoNextCommittee;
import io.waybill.core.ConfluxRejection.PivotBelowTrusted;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.conflux.EpochState;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.client.conflux.LedgerInfoRules;
import io.waybill.core.client.conflux.Pivot;
import io.waybill.core.client.conflux.SignedLedgerInfo;
import io.waybill.rpc.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A recorded PoS chain judged ledger info by ledger info, each by the committee that the one before named. Each is
/// judged as at its own time: a recording cannot be too old.
///
/// The height of a line is the PoS epoch, for two epochs may end on one pivot; the hash is the ledger info's, or of
/// the committee where that is the anchor.
public final class ConfluxReplay {
    private final List<ReplayLine> lines = new ArrayList<>();
    private final Map<Long, Bytes32> blocks = new HashMap<>();
    private final Set<Bytes32> accepted = new HashSet<>();
    private final Map<Long, EpochState> committees = new HashMap<>();
    private final List<EpochState> told = new ArrayList<>();
    private @Nullable EpochState committee;
    private @Nullable LedgerInfo last;
    private boolean frozen;

    private ConfluxReplay() {}

    /// Judges a recorded chain in the order it is recorded. The first committee is the anchor, accepted as given;
    /// so is the first ledger info, if none comes before it, for the committee it names.
    ///
    /// @param recorded ledger infos and committees, as [ConfluxRecording] finds them
    public static List<ReplayLine> of(Json recorded) {
        var run = new ConfluxReplay();
        for (var item : ConfluxRecording.items(recorded)) run.judge(item);
        run.told.forEach(run::compare);
        return List.copyOf(run.lines);
    }

    private void judge(ConfluxRecording.Item item) {
        switch (item) {
            case ConfluxRecording.Committee(var json) -> {
                switch (LedgerInfoJson.committee(json)) {
                    case Verdict.Rejected<EpochState>(var reason) -> refuse(-1, null, reason);
                    case Verdict.Accepted<EpochState>(var state) -> trust(state);
                }
            }
            case ConfluxRecording.Signed(var json) -> {
                switch (LedgerInfoJson.signed(json)) {
                    case Verdict.Rejected<SignedLedgerInfo>(var reason) -> refuse(-1, null, reason);
                    case Verdict.Accepted<SignedLedgerInfo>(var signed) -> follow(signed);
                }
            }
            case ConfluxRecording.Unknown(var json) -> refuse(-1, null, new MalformedLedgerInfo(json.path()));
        }
    }

    /// A committee after the first is trusted for nothing; in the end it must be the one that was vouched for.
    private void trust(EpochState state) {
        if (committee != null) {
            told.add(state);
            return;
        }
        enter(state);
        lines.add(ReplayLine.anchor(state.epoch(), state.setHash()));
    }

    private void enter(EpochState state) {
        committee = state;
        committees.put(state.epoch(), state);
    }

    private void compare(EpochState state) {
        var vouched = committees.get(state.epoch());
        if (vouched == null) {
            refuse(state.epoch(), state.setHash(), new CommitteeNotVouchedFor(state.epoch()));
        } else if (!vouched.equals(state)) {
            refuse(state.epoch(), state.setHash(), new TrustedSetMismatch(vouched.setHash(), state.setHash()));
        }
    }

    private void follow(SignedLedgerInfo signed) {
        var info = signed.info();
        var hash = info.hash();
        if (accepted.contains(hash)) {
            lines.add(ReplayLine.accepted(info.epoch(), hash));
            return;
        }
        var trusted = committee;
        var verdict = trusted == null ? anchored(info) : judged(trusted, signed);
        switch (verdict) {
            case Verdict.Rejected<LedgerInfo>(var reason) -> refuse(info.epoch(), hash, reason);
            case Verdict.Accepted<LedgerInfo> _ -> {
                believe(info, hash);
                lines.add(
                        trusted == null
                                ? ReplayLine.anchor(info.epoch(), hash)
                                : ReplayLine.accepted(info.epoch(), hash));
            }
        }
    }

    private static Verdict<LedgerInfo> anchored(LedgerInfo info) {
        return info.commitInfo().nextEpochState() == null ? reject(new NoNextCommittee(info.epoch())) : accept(info);
    }

    private Verdict<LedgerInfo> judged(EpochState trusted, SignedLedgerInfo signed) {
        if (frozen) return reject(new ClientNotActive(ClientStatus.FROZEN));
        return follows(signed.info())
                .then(_ -> LedgerInfoRules.judge(trusted, signed))
                .then(this::undisputed);
    }

    private Verdict<LedgerInfo> follows(LedgerInfo info) {
        var before = last;
        if (before == null) return accept(info);
        var pivot = info.commitInfo().pivot();
        var lowest = before.commitInfo().pivot();
        if (pivot != null && lowest != null && pivot.height() < lowest.height())
            return reject(new PivotBelowTrusted(lowest.height(), pivot.height()));
        return info.timeMs() < before.timeMs()
                ? reject(new TimeBeforeTrusted(before.timeMs(), info.timeMs()))
                : accept(info);
    }

    /// Another block at the height of a pivot that is believed: both are final, so neither is.
    private Verdict<LedgerInfo> undisputed(LedgerInfo info) {
        var pivot = info.commitInfo().pivot();
        if (pivot == null || pivot.blockHash().equals(blocks.getOrDefault(pivot.height(), pivot.blockHash())))
            return accept(info);
        frozen = true;
        return reject(new ClientNotActive(ClientStatus.FROZEN));
    }

    private void believe(LedgerInfo info, Bytes32 hash) {
        accepted.add(hash);
        if (info.commitInfo().pivot() instanceof Pivot(var height, var block)) blocks.put(height, block);
        var next = info.commitInfo().nextEpochState();
        if (next != null) enter(next);
        last = info;
    }

    private void refuse(long epoch, @Nullable Bytes32 hash, Rejection reason) {
        lines.add(ReplayLine.refused(epoch, hash, reason));
    }
}
