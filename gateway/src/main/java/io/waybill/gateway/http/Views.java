package io.waybill.gateway.http;

import io.waybill.core.attestation.Attestation;
import io.waybill.core.port.LogView;
import io.waybill.gateway.attest.AttestationService;
import io.waybill.gateway.attest.ClientSnapshot;
import io.waybill.gateway.attest.KnownClient;
import io.waybill.gateway.attest.Lane;
import io.waybill.gateway.attest.Lanes;
import io.waybill.gateway.attest.Statement;
import io.waybill.gateway.attest.TrustMode;
import io.waybill.gateway.store.Stage;
import io.waybill.gateway.store.StoredAttestation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The resources of the API as the OpenAPI document describes them; an absent part is left out.
final class Views {
    private Views() {}

    record LaneName(
            String id,
            @Nullable String name,
            @Nullable String source,
            @Nullable String destination) {
        static LaneName of(StoredAttestation row, Lanes lanes) {
            return lanes.find(row.lane())
                    .map(lane -> new LaneName(
                            lane.id().toString(),
                            lane.name(),
                            lane.source().id().name(),
                            lane.destination().id().name()))
                    .orElseGet(() -> new LaneName(row.lane().toString(), null, null, null));
        }
    }

    record StageView(
            String stage,
            String at,
            @Nullable String chain,
            @Nullable Long height,
            @Nullable String tx,
            @Nullable String time) {
        static StageView of(Stage stage) {
            var word = stage.state().word();
            var at = Json.time(stage.at());
            var where = stage.where();
            if (where == null) return new StageView(word, at, null, null, null, null);
            var tx = where.tx();
            return new StageView(
                    word,
                    at,
                    where.chain().name(),
                    where.height(),
                    tx == null ? null : tx.toHex(),
                    where.timeMs() == 0 ? null : Json.time(where.timeMs()));
        }
    }

    record Links(String self, @Nullable String proof) {}

    record AttestationView(
            String id,
            String state,
            @Nullable String outcome,
            @Nullable String reason,
            LaneName lane,
            @Nullable Long index,
            @Nullable String uid,
            @Nullable String kind,
            @Nullable String reference,
            @Nullable String schema,
            @Nullable String issuer,
            @Nullable String subject,
            @Nullable String subjectCommitment,
            @Nullable JsonNode claims,
            @Nullable String claimsHash,
            @Nullable String validFrom,
            @Nullable String validUntil,
            String timeout,
            String origin,
            String acceptedAt,
            List<StageView> stages,
            Links links) {
        static AttestationView of(StoredAttestation row, Lanes lanes) {
            var source =
                    lanes.find(row.lane()).map(lane -> lane.terms().source()).orElse(null);
            var said = Statement.read(row.octets(), source);
            var octets = said.attestation();
            var self = "/v1/attestations/" + row.id();
            var outcome = row.outcome();
            return new AttestationView(
                    row.id().toString(),
                    row.state().word(),
                    outcome == null ? null : outcome.word(),
                    row.reason(),
                    LaneName.of(row, lanes),
                    row.index(),
                    octets == null ? null : octets.uid().toHex(),
                    octets == null ? null : octets.kind().name().toLowerCase(Locale.ROOT),
                    octets == null || octets.reference().isZero()
                            ? null
                            : octets.reference().toHex(),
                    said.schema(),
                    said.issuer(),
                    said.subject(),
                    octets == null ? null : octets.subject().toHex(),
                    said.claims(),
                    octets == null ? null : octets.claimsHash().toHex(),
                    octets == null ? null : seconds(octets, octets.validFrom()),
                    octets == null ? null : seconds(octets, octets.validUntil()),
                    Json.time(row.timeoutMs()),
                    row.origin().name().toLowerCase(Locale.ROOT),
                    Json.time(row.acceptedAt()),
                    row.stages().stream().map(StageView::of).toList(),
                    new Links(self, row.index() == null ? null : self + "/proof"));
        }

        /// Seconds as RFC 3339; none for 0, and none for a number that no calendar reaches.
        private static @Nullable String seconds(Attestation attestation, long value) {
            boolean writable = value > 0 && value < 253_402_300_800L;
            return attestation.kind() == Attestation.Kind.ATTEST && writable ? Json.time(value * 1000) : null;
        }
    }

    record Page(
            List<AttestationView> attestations, @Nullable String next) {}

    record LogNumbers(long size, long acknowledged, long lastChanged) {
        static @Nullable LogNumbers of(@Nullable LogView log) {
            return log == null ? null : new LogNumbers(log.size(), log.acknowledged(), log.lastChanged());
        }
    }

    record Trust(
            String mode,
            @Nullable Integer needed,
            @Nullable Integer watchers,
            @Nullable Integer verifiers) {
        static Trust of(TrustMode mode) {
            return switch (mode) {
                case TrustMode.HeaderProof() -> new Trust(mode.word(), null, null, null);
                case TrustMode.Corroborated(int needed, int watchers) -> new Trust(mode.word(), needed, watchers, null);
                case TrustMode.MinerVotes(int needed) -> new Trust(mode.word(), needed, null, null);
                case TrustMode.Committee(int needed, int verifiers) -> new Trust(mode.word(), needed, null, verifiers);
            };
        }
    }

    record LaneView(
            String id,
            String name,
            String source,
            String destination,
            String outbox,
            String inbox,
            String sourceClient,
            String destinationClient,
            @Nullable Trust trust,
            @Nullable Trust trustBack,
            long maxPacket,
            long window,
            String maxTimeout,
            @Nullable LogNumbers packets,
            @Nullable LogNumbers statuses,
            long sourceHead,
            long destinationHead,
            @Nullable String seenAt,
            @Nullable String trouble) {
        static LaneView of(Lane lane, AttestationService service) {
            var terms = lane.terms();
            var seen = service.snapshot(lane);
            return new LaneView(
                    lane.id().toString(),
                    lane.name(),
                    terms.source().name(),
                    terms.destination().name(),
                    terms.outbox().toHex(),
                    terms.inbox().toHex(),
                    terms.sourceClient().toString(),
                    terms.destinationClient().toString(),
                    trust(service, terms.sourceClient()),
                    trust(service, terms.destinationClient()),
                    terms.terms().maxPacket(),
                    terms.terms().window(),
                    java.time.Duration.ofMillis(terms.terms().maxTimeoutMs()).toString(),
                    LogNumbers.of(seen.packets()),
                    LogNumbers.of(seen.statuses()),
                    seen.sourceHead(),
                    seen.destinationHead(),
                    seen.seenAt() == null ? null : Json.time(seen.seenAt()),
                    seen.trouble());
        }

        private static @Nullable Trust trust(AttestationService service, io.waybill.core.ClientId id) {
            return service.clients().stream()
                    .filter(client -> client.ref().id().equals(id))
                    .findFirst()
                    .map(client -> Trust.of(client.trust()))
                    .orElse(null);
        }
    }

    record ClientViewJson(
            String id,
            String chain,
            String contract,
            String follows,
            String kind,
            Trust trust,
            String trustingPeriod,
            @Nullable String status,
            @Nullable Long height,
            @Nullable String hash,
            @Nullable Integer headers,
            long followedHead,
            @Nullable String seenAt,
            @Nullable String trouble) {
        static ClientViewJson of(KnownClient client, ClientSnapshot seen) {
            var view = seen.view();
            var latest = view == null ? null : view.accepted().lastEntry();
            return new ClientViewJson(
                    client.ref().id().toString(),
                    client.ref().chain().name(),
                    client.ref().contract().toHex(),
                    client.followed().id().name(),
                    client.kind().name().toLowerCase(Locale.ROOT),
                    Trust.of(client.trust()),
                    java.time.Duration.ofMillis(client.trustingPeriodMs()).toString(),
                    view == null ? null : view.status().name().toLowerCase(Locale.ROOT),
                    latest == null ? null : latest.getKey(),
                    latest == null ? null : latest.getValue().toHex(),
                    view == null ? null : view.accepted().size(),
                    seen.followedHead(),
                    seen.seenAt() == null ? null : Json.time(seen.seenAt()),
                    seen.trouble());
        }
    }

    record Status(String version, String now, List<RelayView.Member> members, List<RelayView.Lease> leases) {}
}
