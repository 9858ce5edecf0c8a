package io.waybill.core.client.conflux;

import io.waybill.core.client.ClientState;
import io.waybill.core.client.ConsensusState;

/// When a ledger info that a trusted committee made final contradicts what the client believes: then more than a
/// third of some committee signed two histories, and neither may be followed.
final class Equivocation {
    private Equivocation() {}

    /// The three contradictions: another block at one pivot height; another committee for one epoch; or an epoch
    /// that reaches beyond the pivot at which it ended.
    ///
    /// @param signing epoch of the committee that made the offered state final
    /// @param offered its `version` the epoch of the committee that signs next
    static boolean shown(ClientState state, long signing, ConsensusState offered) {
        var known = state.at(offered.height());
        if (known != null && !known.hash().equals(offered.hash())) return true;
        for (var held : state.history().values()) {
            boolean otherCommittee =
                    held.version() == offered.version() && !held.setHash().equals(offered.setHash());
            boolean beyondItsEnd = held.height() < offered.height() && held.version() > signing;
            boolean endedTooEarly = held.height() > offered.height() && held.version() < offered.version();
            if (otherCommittee || beyondItsEnd || endedTooEarly) return true;
        }
        return false;
    }
}
