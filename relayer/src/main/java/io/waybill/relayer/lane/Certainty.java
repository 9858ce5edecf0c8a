package io.waybill.relayer.lane;

import io.waybill.core.port.ChainException;

/// Tells a lying node from a broken chain where no proof can: a contract's state is read from a node, so a grave
/// finding there is believed only when it is made several times in a row.
final class Certainty {
    private static final int NEEDED = 3;

    private int findings;

    /// What to throw for a grave finding: distrust of the node at first, a halt when it stays.
    RuntimeException grave(String finding) {
        findings++;
        return findings < NEEDED ? new ChainException.Dishonest(finding) : new Halt(finding);
    }

    /// It was looked at again and all was well.
    void fine() {
        findings = 0;
    }
}
