package io.waybill.core.client.beacon;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.BeaconRejection;
import io.waybill.core.Bytes;
import io.waybill.core.Verdict;
import io.waybill.core.client.beacon.ssz.Fork;
import java.util.List;

/// When each fork of a chain began, or will. Pinned when a client is created: a fork that is not in it stops
/// the client, nothing about it is guessed.
///
/// @param activations     in the order of the forks, epochs not descending; Altair first, none left out
/// @param firstUnknown the epoch of the first fork without rules here, or `Long.MAX_VALUE` while none is
///     announced
public record ForkSchedule(List<Activation> activations, long firstUnknown) {
    /// One fork.
    ///
    /// @param epoch   its first, ≥ 0; of several forks at one epoch the last holds
    /// @param version 4 octets, as the signing domain has them
    public record Activation(Fork fork, long epoch, Bytes version) {
        public Activation {
            if (epoch < 0) throw new IllegalArgumentException("fork epoch: expected ≥ 0, got " + epoch);
            if (version.size() != 4) {
                throw new IllegalArgumentException("fork version: expected 4 octets, got " + version.size());
            }
        }
    }

    public ForkSchedule {
        activations = List.copyOf(activations);
        if (activations.isEmpty()) throw new IllegalArgumentException("forks: expected ≥ 1, got none");
        long epoch = 0;
        for (int i = 0; i < activations.size(); i++) {
            var activation = activations.get(i);
            if (activation.fork().version() != i + 1 || activation.epoch() < epoch) {
                throw new IllegalArgumentException("forks: expected in their order from Altair, got " + activation);
            }
            epoch = activation.epoch();
        }
        if (firstUnknown < epoch) {
            throw new IllegalArgumentException(
                    "first unknown fork: expected ≥ %d, got %d".formatted(epoch, firstUnknown));
        }
    }

    /// The fork of an epoch; refused before Altair and from the first unknown fork on.
    public Verdict<Activation> at(long epoch) {
        if (epoch >= firstUnknown) return reject(new BeaconRejection.UnknownFork(epoch));
        for (var activation : activations.reversed()) {
            if (activation.epoch() <= epoch) return accept(activation);
        }
        return reject(new BeaconRejection.UnknownFork(epoch));
    }
}
