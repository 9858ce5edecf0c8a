// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A receiver that behaves as badly as a test asks it to
contract Receiver {
    enum Manner {
        Accept,
        AnswerOtherwise,
        AnswerNothing,
        Refuse,
        RefuseAtLength,
        AnswerAtLength,
        BurnGas,
        CallBack
    }

    Manner public manner;
    address public target;
    bytes public call;

    uint256 public count;
    bytes32 public receiveId;
    bytes public sender;
    bytes public payload;
    /// @dev What came back from calling back.
    bytes public back;

    /// @notice What to do when told.
    /// @param call_ for CallBack: what to call `target_` with
    function behave(Manner manner_, address target_, bytes calldata call_) external {
        (manner, target, call) = (manner_, target_, call_);
    }

    /// @notice Calls another contract as this one.
    function act(address other, bytes calldata call_) external {
        (bool ok, bytes memory answer) = other.call(call_);
        if (!ok) {
            assembly {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    function receiveMessage(bytes32 id, bytes calldata sender_, bytes calldata payload_) external returns (bytes4) {
        if (manner == Manner.AnswerOtherwise) return 0x12345678;
        if (manner == Manner.Refuse) revert("no");
        if (manner == Manner.BurnGas) while (true) ++count;
        if (manner == Manner.RefuseAtLength) {
            assembly {
                revert(0, 0x100000)
            }
        }
        if (manner == Manner.AnswerNothing) {
            assembly {
                return(0, 0)
            }
        }
        if (manner == Manner.CallBack) (, back) = target.call(call);
        (count, receiveId, sender, payload) = (count + 1, id, sender_, payload_);
        if (manner == Manner.AnswerAtLength) {
            bytes4 answer = this.receiveMessage.selector;
            assembly {
                mstore(0, answer)
                return(0, 0x100000)
            }
        }
        return this.receiveMessage.selector;
    }
}
