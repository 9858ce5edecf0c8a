package io.waybill.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.waybill.gateway.attest.AttestationService;
import io.waybill.gateway.attest.Worker;
import io.waybill.gateway.store.Change;
import io.waybill.gateway.store.StoredAttestation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Server-sent events: every change of an attestation, in the order of changes. A reader that comes back with
/// `Last-Event-ID` goes on where it left; a slow one gets its events when it has room for them. Readers that are
/// equally far share one query.
final class EventStream implements AutoCloseable {
    private static final int READERS = 256;
    private static final int PAGE = 200;
    private static final Duration REST = Duration.ofMillis(250);
    private static final int BEAT = 60;

    private final AttestationService service;
    private final Queue<Reader> readers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Worker worker;
    private int turn;

    EventStream(AttestationService service) {
        this.service = service;
        this.worker = Worker.start("events", this::turn, REST);
    }

    private static final class Reader {
        private final Context context;
        private final HttpServerResponse response;
        private volatile Change after;

        Reader(Context context, HttpServerResponse response, Change after) {
            this.context = context;
            this.response = response;
            this.after = after;
        }

        void write(String text) {
            context.runOnContext(_ -> {
                if (!response.ended() && !response.closed()) response.write(text);
            });
        }
    }

    /// Opens a stream; called on the event loop.
    void open(RoutingContext context) {
        if (count.incrementAndGet() > READERS) {
            count.decrementAndGet();
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "at most %d readers of events".formatted(READERS),
                            "as many already",
                            "Close streams you no longer read, or try again later.")
                    .thrown();
        }
        var last = context.request().getHeader("Last-Event-ID");
        var after = last == null ? null : Change.parse(last);
        var loop = Objects.requireNonNull(Vertx.currentContext());
        // The place to go on from is fixed before the head is sent: whoever has the head misses nothing.
        Thread.ofVirtual().name("events-open").start(() -> {
            var from = after == null ? newest() : after;
            loop.runOnContext(_ -> begin(new Reader(loop, context.response(), from)));
        });
    }

    private void begin(Reader reader) {
        var response = reader.response;
        if (response.closed()) {
            count.decrementAndGet();
            return;
        }
        response.closeHandler(_ -> leave(reader));
        response.putHeader("Content-Type", "text/event-stream; charset=utf-8").setChunked(true);
        response.write("retry: 2000\n: changes of attestations\n\n");
        readers.add(reader);
        worker.wake();
    }

    private Change newest() {
        try {
            return service.store().newestChange();
        } catch (io.waybill.gateway.store.StoreException e) {
            return Change.NONE;
        }
    }

    private void leave(Reader reader) {
        if (readers.remove(reader)) count.decrementAndGet();
    }

    private boolean turn() {
        if (++turn % BEAT == 0) readers.forEach(reader -> reader.write(": here\n\n"));
        var byPlace = readers.stream()
                .filter(reader -> !reader.response.closed() && !reader.response.writeQueueFull())
                .collect(Collectors.groupingBy(reader -> reader.after));
        boolean more = false;
        for (var group : byPlace.entrySet()) {
            var changes = service.store().changes(group.getKey(), PAGE);
            if (changes.isEmpty()) continue;
            tell(group.getValue(), changes);
            more |= changes.size() == PAGE;
        }
        return more;
    }

    private void tell(List<Reader> group, List<StoredAttestation> changes) {
        var text = new StringBuilder();
        for (var row : changes) {
            text.append("id: ").append(row.change()).append("\nevent: attestation\ndata: ");
            text.append(Json.write(Views.AttestationView.of(row, service.lanes())))
                    .append("\n\n");
        }
        for (var reader : group) {
            reader.after = changes.getLast().change();
            reader.write(text.toString());
        }
    }

    @Override
    public void close() {
        worker.close();
        for (var reader : readers) {
            reader.context.runOnContext(_ -> {
                if (!reader.response.ended() && !reader.response.closed()) reader.response.end();
            });
        }
    }
}
