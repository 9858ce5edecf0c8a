package io.waybill.core.client.qbft;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.QbftRejection;
import io.waybill.core.Verdict;
import io.waybill.core.client.ConsensusState;
import java.util.List;

/// A header with the set that seals it, `V_h`: the one it lists, or the one that a contract names.
///
/// @param validators ascending, once [#wellFormed()] holds
record SealedHeader(QbftHeader header, List<Address> validators) {
    SealedHeader {
        validators = List.copyOf(validators);
    }

    static SealedHeader listing(QbftHeader header) {
        return new SealedHeader(header, header.validators());
    }

    /// Rule R6.1: the set is not empty and strictly ascending, and the proposer is in it.
    Verdict<SealedHeader> wellFormed() {
        if (validators.isEmpty()) return reject(new QbftRejection.NoValidators());
        for (int i = 1; i < validators.size(); i++) {
            if (validators.get(i - 1).compareTo(validators.get(i)) >= 0) {
                return reject(new QbftRejection.ValidatorsNotAscending(i));
            }
        }
        return validators.contains(header.proposer())
                ? accept(this)
                : reject(new QbftRejection.ProposerNotValidator(header.proposer()));
    }

    Bytes32 setHash() {
        return QbftHeader.setHash(validators);
    }

    /// What a client keeps of this header.
    ConsensusState consensusState() {
        return new ConsensusState(header.number(), header.hash(), header.receiptsRoot(), header.timeMs(), setHash(), 0);
    }
}
