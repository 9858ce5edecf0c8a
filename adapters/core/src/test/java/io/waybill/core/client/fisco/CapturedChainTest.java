package io.waybill.core.client.fisco;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;
import static io.waybill.core.client.fisco.Trust.LEDGER;
import static io.waybill.core.client.fisco.Trust.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.FiscoRejection.TooFewWatchers;
import io.waybill.core.Verdict;
import io.waybill.core.client.ClientState;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The real captured chain, corroborated by watchers of ours.
class CapturedChainTest {
    private final List<FiscoVectors.Block> blocks = FiscoVectors.chain("std");
    private final FiscoClient real = LEDGER.client(blocks.getFirst().header());
    private final long now = blocks.getLast().header().timeMs() + 1;

    private Verdict<ClientState> carry(ClientState state, int from, int to) {
        var tip = blocks.get(to - 1);
        var headers = blocks.subList(from, to).stream()
                .map(FiscoVectors.Block::header)
                .toList();
        var trusted = blocks.get(from - 1).header().sealers();
        var update = FiscoUpdate.of(trusted, headers, tip.seals(), LEDGER.corroborate(real, tip.header(), 0, 1, 2));
        return real.update(state, update.encode(), now);
    }

    @Test
    void isBelievedToItsEndOneHeaderAtATime() {
        var state = real.anchored();
        for (int height = 2; height <= 26; height++) {
            state = carry(state, height - 1, height).orElseThrow();
            assertThat(state.latest().hash()).isEqualTo(blocks.get(height - 1).hash());
        }
    }

    @Test
    void isBelievedInSpansWithOneChangeEach() {
        var state = real.anchored();
        for (var span : List.of(List.of(1, 16), List.of(16, 17), List.of(17, 19), List.of(19, 26))) {
            state = carry(state, span.get(0), span.get(1)).orElseThrow();
        }
        assertThat(state.history()).hasSize(26);
    }

    @Test
    void isNotForgedByALyingLeaderWithoutWatchers() {
        var state = real.anchored();
        for (int height = 2; height <= 23; height++)
            state = carry(state, height - 1, height).orElseThrow();
        var forged =
                FiscoVectors.read("std/byzantine_leader_forged_header.json").get("forged_header");
        var header = FiscoVectors.header(forged);
        var update = FiscoUpdate.of(
                blocks.get(22).header().sealers(), List.of(header), FiscoVectors.seals(forged), List.of());
        assertThat(real.update(state, update.encode(), now)).isEqualTo(reject(new TooFewWatchers(0, 3)));
        var watched = new FiscoUpdate(
                23,
                blocks.get(22).header().sealers(),
                null,
                update.headers(),
                update.seals(),
                LEDGER.corroborate(real, header, 0, 1, 2));
        var believed = carry(state, 23, 24).orElseThrow();
        assertThat(real.update(believed, watched.encode(), now)).isEqualTo(accept(believed.freeze()));
    }
}
