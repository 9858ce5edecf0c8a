package io.waybill.evm.beacon;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes32;
import io.waybill.core.ChainId;
import io.waybill.core.ClientRejection;
import io.waybill.core.Rejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.ClientStatus;
import io.waybill.core.client.ReplayLine;
import io.waybill.core.client.beacon.BeaconChain;
import io.waybill.core.client.beacon.BeaconClient;
import io.waybill.core.client.beacon.BeaconUpdate;
import io.waybill.core.client.beacon.LightClientUpdate;
import io.waybill.core.client.beacon.SyncStore;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import io.waybill.evm.beacon.RecordedAnswers.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One walk along recorded answers, under the rules of one chain. Each update is judged by the client that a
/// gateway runs, in its wire form and at its own time: a recording cannot be too old.
final class BeaconWalk {
    private static final ChainId RECORDED = new ChainId("eip155:0");
    private static final long FOREVER = Duration.ofDays(36_500_000).toMillis();

    private final BeaconChain chain;
    private final List<ReplayLine> lines = new ArrayList<>();
    private final List<LightClientHeader> later = new ArrayList<>();
    private final Map<Bytes32, SyncCommittee> committees = new HashMap<>();
    private final Map<Long, Bytes32> finalised = new HashMap<>();
    private @Nullable Followed followed;

    /// A client, what it believes, and what is known of committees at its latest header.
    private record Followed(BeaconClient client, ClientState state, SyncStore store) {}

    BeaconWalk(BeaconChain chain) {
        this.chain = chain;
    }

    List<ReplayLine> judge(List<Recorded> answers) {
        var rest = new ArrayList<>(answers);
        for (var answer : answers) {
            if (followed != null) break;
            if (answer instanceof Recorded.Bootstrap bootstrap) {
                rest.remove(bootstrap);
                begin(bootstrap);
            }
        }
        for (var answer : rest) {
            switch (answer) {
                case Recorded.Unreadable(var _, var reason) -> lines.add(ReplayLine.refused(-1, null, reason));
                case Recorded.Bootstrap bootstrap -> later(bootstrap);
                case Recorded.Update(var _, var update) -> update(update);
            }
        }
        later.forEach(this::settle);
        return List.copyOf(lines);
    }

    private void begin(Recorded.Bootstrap recorded) {
        var bootstrap = recorded.bootstrap();
        var header = bootstrap.header();
        var root = header.beacon().root();
        var verdict = checked(recorded).then(store -> {
            var client = new BeaconClient(new BeaconClient.Params(RECORDED, chain, FOREVER, 0, header.slot(), root));
            return client.anchor(bootstrap).map(state -> new Followed(client, state, store));
        });
        switch (verdict) {
            case Verdict.Rejected<Followed>(var reason) -> refuse(header, reason);
            case Verdict.Accepted<Followed>(var anchored) -> {
                followed = anchored;
                remember(bootstrap.current().value());
                finalised.put(header.slot(), root);
                lines.add(ReplayLine.anchor(header.slot(), root));
            }
        }
    }

    /// A bootstrap by itself: its header has the root that was asked for, if the recorder wrote that down, and
    /// its state names the committee.
    private Verdict<SyncStore> checked(Recorded.Bootstrap recorded) {
        var asked = recorded.asked();
        var root = recorded.bootstrap().header().beacon().root();
        return asked == null || asked.equals(root)
                ? recorded.bootstrap().check(chain)
                : Verdict.reject(new BeaconRejection.AnchorRootMismatch(asked, root));
    }

    private void later(Recorded.Bootstrap recorded) {
        var header = recorded.bootstrap().header();
        switch (checked(recorded)) {
            case Verdict.Rejected<SyncStore>(var reason) -> refuse(header, reason);
            case Verdict.Accepted<SyncStore>(var store) when followed != null -> compare(followed, recorded, store);
            case Verdict.Accepted<SyncStore> _ -> begin(recorded);
        }
    }

    private void compare(Followed now, Recorded.Bootstrap recorded, SyncStore stated) {
        var header = recorded.bootstrap().header();
        if (now.state().frozen()) {
            refuse(header, new ClientRejection.ClientNotActive(ClientStatus.FROZEN));
            return;
        }
        switch (now.store().signers(chain, header.slot())) {
            case Verdict.Accepted<Bytes32>(var known) when known.equals(stated.current()) -> later.add(header);
            case Verdict.Accepted<Bytes32>(var known) ->
                refuse(header, new ClientRejection.TrustedSetMismatch(known, stated.current()));
            case Verdict.Rejected<Bytes32>(BeaconRejection.PeriodOutOfReach _) -> begin(recorded);
            case Verdict.Rejected<Bytes32> _ -> later.add(header);
        }
    }

    private void settle(LightClientHeader header) {
        var root = header.beacon().root();
        var known = finalised.get(header.slot());
        if (known == null) {
            lines.add(ReplayLine.anchor(header.slot(), root));
        } else if (known.equals(root)) {
            lines.add(ReplayLine.accepted(header.slot(), root));
        } else {
            refuse(header, new BeaconRejection.AnchorRootMismatch(known, root));
        }
    }

    private void update(LightClientUpdate update) {
        var header = update.finalised().value();
        var now = followed;
        if (now == null) {
            refuse(header, new ClientRejection.UnknownTrustedHeight(header.slot()));
            return;
        }
        var verdict = now.store().signers(chain, update.signatureSlot()).then(signers -> judge(now, signers, update));
        switch (verdict) {
            case Verdict.Rejected<ClientState>(var reason) -> refuse(header, reason);
            case Verdict.Accepted<ClientState>(var state)
            when state.frozen() -> {
                followed = new Followed(now.client(), state, now.store());
                refuse(header, new ClientRejection.ClientNotActive(ClientStatus.FROZEN));
            }
            case Verdict.Accepted<ClientState>(var state) -> follow(now, state, update);
        }
    }

    private Verdict<ClientState> judge(Followed now, Bytes32 signers, LightClientUpdate update) {
        var committee = committees.get(signers);
        if (committee == null)
            return Verdict.reject(
                    new ClientRejection.UnknownTrustedHeight(now.store().slot()));
        var wire = new BeaconUpdate(now.store(), committee, update).encode();
        return now.client().update(now.state(), wire, chain.timeMs(update.signatureSlot()));
    }

    private void follow(Followed now, ClientState state, LightClientUpdate update) {
        var header = update.finalised().value();
        followed = new Followed(now.client(), state, now.store().after(chain, update));
        var next = update.next();
        if (next != null) remember(next.value());
        finalised.put(header.slot(), header.beacon().root());
        lines.add(ReplayLine.accepted(header.slot(), header.beacon().root()));
    }

    private void remember(SyncCommittee committee) {
        committees.put(committee.root(), committee);
    }

    private void refuse(LightClientHeader header, Rejection reason) {
        lines.add(ReplayLine.refused(header.slot(), header.beacon().root(), reason));
    }
}
