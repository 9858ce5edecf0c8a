// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Up to 255 addresses in storage, each at a fixed place
/// @notice A dynamic array lies at a hash that the compiler computes itself, and there is a host whose hash is another.
library AddressList {
    struct List {
        uint256 count;
        address[255] items;
    }

    /// @notice Puts other addresses in the place of those that were there.
    /// @param items 255 at most; the caller has checked it
    function set(List storage list, address[] memory items) internal {
        for (uint256 i = 0; i < items.length; ++i) {
            list.items[i] = items[i];
        }
        for (uint256 i = items.length; i < list.count; ++i) {
            list.items[i] = address(0);
        }
        list.count = items.length;
    }

    /// @notice All of them.
    function all(List storage list) internal view returns (address[] memory items) {
        items = new address[](list.count);
        for (uint256 i = 0; i < items.length; ++i) {
            items[i] = list.items[i];
        }
    }

    /// @notice Where an address is, or the number of addresses if it is not among them.
    function indexOf(List storage list, address item) internal view returns (uint256 index) {
        uint256 count = list.count;
        while (index < count && list.items[index] != item) ++index;
    }
}
