package io.waybill.core.proof;

import static io.waybill.core.Verdict.accept;
import static io.waybill.core.Verdict.reject;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EventRejection.AccountAbsent;
import io.waybill.core.Verdict;
import io.waybill.core.digest.Digests;
import java.util.List;
import java.util.Optional;

/// What an account was in a state, or that there was none: the `accountProof` of `eth_getProof`. What a node says
/// beside its nodes, such as the storage hash, is not read.
///
/// @param nodes the state trie's nodes, root first
/// @see <a href="https://eips.ethereum.org/EIPS/eip-1186">EIP-1186: eth_getProof</a>
public record AccountProof(Address address, List<Bytes> nodes) {
    public AccountProof {
        nodes = List.copyOf(nodes);
    }

    /// Judges the proof and answers the account, or none where the proof shows that there is none.
    public Verdict<Optional<EvmAccount>> verify(Bytes32 stateRoot) {
        var key = Digests.keccak256(address.value()).value();
        return MerklePatriciaProof.lookUp(stateRoot, key, nodes).then(shown -> switch (shown) {
            case Membership.Present(var value) -> EvmAccount.decode(value).map(Optional::of);
            case Membership.Absent _ -> accept(Optional.empty());
        });
    }

    /// Judges the proof of an account that must exist.
    public Verdict<EvmAccount> existing(Bytes32 stateRoot) {
        return verify(stateRoot)
                .then(found -> found.<Verdict<EvmAccount>>map(Verdict::accept)
                        .orElseGet(() -> reject(new AccountAbsent(address))));
    }
}
