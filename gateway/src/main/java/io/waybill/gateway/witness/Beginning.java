package io.waybill.gateway.witness;

import io.waybill.core.client.conflux.ConfluxParams;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.gateway.bundle.Anchor;
import io.waybill.gateway.bundle.AnchorJson;
import io.waybill.gateway.config.AnchorFiles;
import io.waybill.gateway.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Where the light client of a verifier begins: the anchor that an operator pinned, or, after a restart, the last
/// end of a PoS epoch that it judged since. Committees grow too old to be believed in days; what was judged is
/// kept, so that a verifier that ran comes back without an operator.
final class Beginning {
    private final Path state;
    private final Anchor.Conflux pinned;
    private final Anchor.Conflux newest;

    private Beginning(Path state, Anchor.Conflux pinned, Anchor.Conflux newest) {
        this.state = state;
        this.pinned = pinned;
        this.newest = newest;
    }

    /// Reads both files; the state need not exist.
    ///
    /// @throws ConfigException if one is no anchor of a Conflux chain, or they are of two chains or made otherwise
    static Beginning of(Path anchor, Path state) {
        var pinned = read(anchor);
        if (!Files.exists(state)) return new Beginning(state, pinned, pinned);
        var kept = read(state);
        var expected = since(pinned.params(), kept.ledgerInfo());
        if (!kept.params().equals(expected)) {
            throw new ConfigException(
                    "%s: expected what was kept for the anchor %s, found %s; if the anchor is new, remove the state"
                            .formatted(state, expected, kept.params()));
        }
        boolean later = kept.params().anchorHeight() >= pinned.params().anchorHeight();
        return new Beginning(state, pinned, later ? kept : pinned);
    }

    Anchor.Conflux newest() {
        return newest;
    }

    /// Keeps a later beginning: the file is replaced as a whole or not at all.
    void keep(LedgerInfo info) {
        var later = new Anchor.Conflux(since(pinned.params(), info), info);
        try {
            var folder = state.toAbsolutePath().normalize().resolveSibling("");
            Files.createDirectories(folder);
            var draft = Files.createTempFile(folder, "state", ".json");
            Files.writeString(draft, AnchorJson.write(later));
            Files.move(draft, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("verifier state %s: %s".formatted(state, e.getMessage()), e);
        }
    }

    private static ConfluxParams since(ConfluxParams made, LedgerInfo info) {
        return ConfluxParams.of(made.chain(), info, made.trustingPeriodMs(), made.maxClockDriftMs())
                .in(made.space())
                .withMinVotes(made.minVotes())
                .notCrossing(made.uncrossable());
    }

    private static Anchor.Conflux read(Path file) {
        var anchor = AnchorFiles.read(file);
        if (anchor instanceof Anchor.Conflux conflux) return conflux;
        throw new ConfigException("%s: expected an anchor of kind conflux, found %s; ./waybill client anchor makes one"
                .formatted(file, anchor.kind()));
    }
}
