// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Host} from "host/Host.sol";
import {AddressList} from "../lib/AddressList.sol";
import {Clock} from "../lib/Clock.sol";

/// @title Several hands and a delay before anything about trust changes
/// @notice Owns what may re-anchor clients, open lanes and lift pauses. A call that it makes was approved by m of its n
/// members, m at least 2, and waited for the delay from the last approval needed, seen by everyone. It governs itself the
/// same way. It takes no value and no tokens, unlike the time locks that libraries offer, and holds nothing.
contract Council {
    using AddressList for AddressList.List;

    error NotMember(address caller);
    error NotItself(address caller);
    error MembersOutOfRange(uint256 count);
    error MembersNotAscending(uint256 index);
    error ApprovalsOutOfRange(uint256 approvals, uint256 members);
    error DelayOutOfRange(uint64 delayMs);
    error NoCodeAt(address target);
    error AlreadyApproved(bytes32 id);
    error NotApproved(bytes32 id);
    error AlreadyDone(bytes32 id);
    error TooFewApprovals(bytes32 id, uint256 approvals, uint256 needed);
    error TooEarly(bytes32 id, uint64 readyMs, uint256 nowMs);

    /// @notice A member approved a call; all of it is here, to be looked at while it waits.
    /// @param readyMs when it may be made, 0 while approvals are missing
    event Approved(
        bytes32 indexed id, address indexed member, address target, bytes call, bytes32 salt, uint256 approvals, uint64 readyMs
    );

    /// @notice A member took an approval back.
    event Withdrawn(bytes32 indexed id, address indexed member, uint256 approvals);

    /// @notice An approved call was made.
    event Executed(bytes32 indexed id, address target, bytes call);

    /// @notice Who sits on the council from now on. What was approved before is void.
    event MembersChanged(address[] members, uint256 approvalsNeeded);

    /// @notice How long an approved call waits from now on.
    event DelayChanged(uint64 delayMs);

    struct Call {
        uint64 readyMs;
        uint8 approvals;
        bool done;
    }

    uint256 private constant MOST = 32;
    /// @dev Thirty days: a longer delay could never be shortened in time.
    uint64 private constant LONGEST_MS = 30 days * 1000;

    /// @notice How many members must approve.
    uint256 public approvalsNeeded;
    /// @notice How long a call waits once it is approved, milliseconds.
    uint64 public delayMs;

    uint256 private _term;
    AddressList.List private _members;
    mapping(uint256 term => mapping(address => bool)) private _seated;
    mapping(bytes32 id => Call) private _calls;
    mapping(bytes32 id => mapping(address => bool)) private _approvals;

    /// @param members_ 2 to 32, strictly ascending
    /// @param approvalsNeeded_ 2 or more, and no more than there are members
    /// @param delayMs_ 1 ms to 30 days
    constructor(address[] memory members_, uint256 approvalsNeeded_, uint64 delayMs_) {
        Host.requireHere();
        _seat(members_, approvalsNeeded_);
        _wait(delayMs_);
    }

    modifier onlyMember() {
        if (!isMember(msg.sender)) revert NotMember(msg.sender);
        _;
    }

    modifier onlyItself() {
        if (msg.sender != address(this)) revert NotItself(msg.sender);
        _;
    }

    /// @notice Approves a call; the first approval proposes it.
    /// @param target a contract
    /// @param call what it is called with, with no value
    /// @param salt tells apart two calls that are otherwise the same
    /// @return id its name in this term
    function approve(address target, bytes calldata call, bytes32 salt) external onlyMember returns (bytes32 id) {
        if (target.code.length == 0) revert NoCodeAt(target);
        id = idOf(target, call, salt);
        Call storage state = _calls[id];
        if (state.done) revert AlreadyDone(id);
        if (_approvals[id][msg.sender]) revert AlreadyApproved(id);
        _approvals[id][msg.sender] = true;
        if (++state.approvals == approvalsNeeded) state.readyMs = uint64(Clock.nowMs()) + delayMs;
        emit Approved(id, msg.sender, target, call, salt, state.approvals, state.readyMs);
    }

    /// @notice Takes back one's approval; if too few are left, the delay begins anew with the next that suffices.
    function withdraw(bytes32 id) external onlyMember {
        Call storage state = _calls[id];
        if (state.done) revert AlreadyDone(id);
        if (!_approvals[id][msg.sender]) revert NotApproved(id);
        _approvals[id][msg.sender] = false;
        if (--state.approvals < approvalsNeeded) state.readyMs = 0;
        emit Withdrawn(id, msg.sender, state.approvals);
    }

    /// @notice Makes a call that was approved and has waited. If it fails, this fails with its reason, and it may be tried again.
    function execute(address target, bytes calldata call, bytes32 salt) external onlyMember {
        bytes32 id = idOf(target, call, salt);
        Call storage state = _calls[id];
        if (state.done) revert AlreadyDone(id);
        if (state.approvals < approvalsNeeded) revert TooFewApprovals(id, state.approvals, approvalsNeeded);
        uint256 nowMs = Clock.nowMs();
        if (nowMs < state.readyMs) revert TooEarly(id, state.readyMs, nowMs);
        state.done = true;
        emit Executed(id, target, call);
        (bool ok, bytes memory answer) = target.call(call);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }

    /// @notice Seats other members; only the council itself, by an approved call.
    function setMembers(address[] calldata members_, uint256 approvalsNeeded_) external onlyItself {
        _seat(members_, approvalsNeeded_);
    }

    /// @notice Changes the delay of calls approved from now on; only the council itself, by an approved call.
    function setDelay(uint64 delayMs_) external onlyItself {
        _wait(delayMs_);
    }

    /// @notice The members, ascending.
    function members() external view returns (address[] memory) {
        return _members.all();
    }

    /// @notice Whether an account sits on the council.
    function isMember(address account) public view returns (bool) {
        return _seated[_term][account];
    }

    /// @notice Where an approved call stands.
    /// @return approvals how many members approve it now
    /// @return readyMs when it may be made, 0 while approvals are missing
    /// @return done whether it was made
    function stateOf(bytes32 id) external view returns (uint8 approvals, uint64 readyMs, bool done) {
        Call storage state = _calls[id];
        return (state.approvals, state.readyMs, state.done);
    }

    /// @notice The name of a call in the present term: other members, another name.
    function idOf(address target, bytes calldata call, bytes32 salt) public view returns (bytes32) {
        return sha256(abi.encode("waybill/council/1", address(this), _term, target, call, salt));
    }

    function _seat(address[] memory members_, uint256 approvalsNeeded_) private {
        uint256 count = members_.length;
        if (count < 2 || count > MOST) revert MembersOutOfRange(count);
        if (approvalsNeeded_ < 2 || approvalsNeeded_ > count) revert ApprovalsOutOfRange(approvalsNeeded_, count);
        uint256 term = ++_term;
        for (uint256 i = 0; i < count; ++i) {
            if (i == 0 ? members_[i] == address(0) : members_[i] <= members_[i - 1]) revert MembersNotAscending(i);
            _seated[term][members_[i]] = true;
        }
        _members.set(members_);
        approvalsNeeded = approvalsNeeded_;
        emit MembersChanged(members_, approvalsNeeded_);
    }

    function _wait(uint64 delayMs_) private {
        if (delayMs_ == 0 || delayMs_ > LONGEST_MS) revert DelayOutOfRange(delayMs_);
        delayMs = delayMs_;
        emit DelayChanged(delayMs_);
    }
}
