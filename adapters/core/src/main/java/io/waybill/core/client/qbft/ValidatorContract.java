package io.waybill.core.client.qbft;

import io.waybill.core.Address;
import io.waybill.core.Bytes32;
import io.waybill.core.proof.StorageProof;

/// The contract that names the validators of a chain in contract mode: an array of addresses in its storage, its
/// length in one slot and its elements from `keccak256(slot)` on. Other layouts are not supported.
///
/// @param address of the contract, as the chain's configuration names it
/// @param slot    the slot that holds the array's length
public record ValidatorContract(Address address, Bytes32 slot) {
    /// The slot that holds a validator.
    ///
    /// @param index ≥ 0
    Bytes32 element(int index) {
        return StorageProof.element(slot, index);
    }
}
