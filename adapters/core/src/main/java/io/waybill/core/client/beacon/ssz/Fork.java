package io.waybill.core.client.beacon.ssz;

/// The forks of the beacon chain whose light-client rules are known, in their order. Bellatrix and Fulu changed
/// none: they have the rules of the fork before.
public enum Fork {
    ALTAIR(1, 105, 54, 55),
    BELLATRIX(2, 105, 54, 55),
    /// Headers name their execution payload from here on.
    CAPELLA(3, 105, 54, 55),
    /// Execution headers have two fields more, of blob gas.
    DENEB(4, 105, 54, 55),
    /// The state has more than 32 fields, and everything in it lies one level deeper.
    ELECTRA(5, 169, 86, 87),
    FULU(6, 169, 86, 87);

    /// Generalized index of the execution payload in a block's body, Capella to Fulu.
    static final int EXECUTION_PAYLOAD = 25;

    private final int version;
    private final int finalizedRoot;
    private final int currentCommittee;
    private final int nextCommittee;

    Fork(int version, int finalizedRoot, int currentCommittee, int nextCommittee) {
        this.version = version;
        this.finalizedRoot = finalizedRoot;
        this.currentCommittee = currentCommittee;
        this.nextCommittee = nextCommittee;
    }

    /// Generalized index of `finalized_checkpoint.root` in the state.
    public int finalizedRoot() {
        return finalizedRoot;
    }

    /// Generalized index of `current_sync_committee` in the state.
    public int currentCommittee() {
        return currentCommittee;
    }

    /// Generalized index of `next_sync_committee` in the state.
    public int nextCommittee() {
        return nextCommittee;
    }

    /// What a client keeps as a header's format version: 1 for Altair, 6 for Fulu.
    public int version() {
        return version;
    }

    public boolean before(Fork other) {
        return compareTo(other) < 0;
    }
}
