package io.waybill.gateway.http;

import io.waybill.relayer.RelayerStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who relays, as this member sees it.
public record RelayView(List<Member> members, List<Lease> leases) {
    public static final RelayView NONE = new RelayView(List.of(), List.of());

    public RelayView {
        members = List.copyOf(members);
        leases = List.copyOf(leases);
    }

    /// What a relayer of this process says of itself and its cluster.
    public static RelayView of(RelayerStatus status) {
        var members = status.present().stream()
                .map(name -> new Member(name, name.equals(status.member())))
                .toList();
        return new RelayView(
                members, status.lanes().stream().map(RelayView::lease).toList());
    }

    private static Lease lease(RelayerStatus.LaneStatus lane) {
        boolean held = !lane.holder().isEmpty();
        return new Lease(
                lane.name(),
                held ? lane.holder() : null,
                lane.epoch(),
                held && lane.untilMs() > 0 ? Json.time(lane.untilMs()) : null);
    }

    /// A member of the cluster.
    ///
    /// @param self whether it is the one that answers
    public record Member(String name, boolean self) {}

    /// Who carries a lane.
    ///
    /// @param lane   the lane's name
    /// @param holder absent when nobody holds it
    /// @param epoch  count of holders, ours included
    /// @param until  when it ends unless renewed, RFC 3339; absent when nobody holds it
    public record Lease(
            String lane,
            @Nullable String holder,
            long epoch,
            @Nullable String until) {}
}
