// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AddressList} from "../lib/AddressList.sol";
import {Clock} from "../lib/Clock.sol";
import {
    ChallengePeriodOpen,
    MalformedUpdate,
    NewSetUnused,
    NoConflict,
    NotPending,
    OperatorSignatureInvalid,
    OperatorUnknown,
    OperatorsNotAscending,
    PendingHeld,
    PendingNotHeld,
    TooFewOperators,
    TooManyPending,
    TrustedSetMismatch,
    UnknownHeight
} from "../lib/Rejections.sol";
import {Rlp} from "../lib/Rlp.sol";
import {Secp256k1} from "../lib/Secp256k1.sol";
import {ILightClient} from "./ILightClient.sol";
import {Watched} from "./Watched.sol";

/// @title Mode CHALLENGED: headers of a FISCO BCOS 3.x chain wait, and are believed when nobody contradicted them
/// @notice Rule R4.7. While one honest watcher sees the client and reaches it before the period ends, a header that was made
/// up freezes the client, for the real one of its height has a quorum too. A watcher that lies can delay and not forge.
abstract contract Challenged is Watched {
    using AddressList for AddressList.List;
    using Rlp for Rlp.Reader;

    error OperatorsMalformed(uint256 index);
    error OperatorsOutOfRange(uint256 count);
    error ChallengePeriodOutOfRange(uint256 periodMs, uint256 shortestMs, uint256 limitMs);

    /// @notice A header waits to be believed, until `untilMs` at least.
    event HeaderWaits(uint64 indexed height, bytes32 hash, uint256 untilMs);
    /// @notice A watcher holds everything that waits.
    event Held(address indexed watcher, uint64 height, uint64 round);
    /// @notice Operators released what was held; its time begins anew.
    event Released(uint64 height, uint64 round);

    /// @dev 30 minutes.
    uint64 private constant SHORTEST_MS = 30 * 60_000;
    uint256 private constant MOST_PENDING = 1024;
    uint256 private constant OPERATORS_NEEDED = 2;

    struct Waiting {
        bytes32 hash;
        bytes32 receiptsRoot;
        bytes32 setHash;
        uint64 timeMs;
        uint64 sinceMs;
        uint32 version;
    }

    /// @notice How long a header can be challenged before it is believed, milliseconds.
    uint64 public immutable challengePeriodMs;

    AddressList.List private _operators;
    mapping(uint64 height => Waiting) private _waiting;
    /// @dev What waits are the heights from one above the latest believed up to this one.
    uint64 private _last;
    uint64 private _round;
    /// @dev When operators released last: no time to be challenged began before.
    uint64 private _releasedMs;
    bool private _held;

    /// @param watchers_ each may hold what waits; three or more, strictly ascending
    /// @param operators_ two of them release and agree to new lists; 2 to 255, strictly ascending
    /// @param challengePeriodMs_ 30 minutes or more, and shorter than the trusting period
    constructor(address[] memory watchers_, address[] memory operators_, uint64 challengePeriodMs_)
        Watched(watchers_)
    {
        if (operators_.length < OPERATORS_NEEDED || operators_.length > 255) {
            revert OperatorsOutOfRange(operators_.length);
        }
        for (uint256 i = 0; i < operators_.length; ++i) {
            if (i == 0 ? operators_[i] == address(0) : operators_[i] <= operators_[i - 1]) revert OperatorsMalformed(i);
        }
        if (challengePeriodMs_ < SHORTEST_MS || challengePeriodMs_ >= trustingPeriodMs) {
            revert ChallengePeriodOutOfRange(challengePeriodMs_, SHORTEST_MS, trustingPeriodMs);
        }
        _operators.set(operators_);
        challengePeriodMs = challengePeriodMs_;
    }

    /// @notice The operators, ascending.
    function operators() external view returns (address[] memory) {
        return _operators.all();
    }

    /// @notice What waits.
    /// @return height the highest that waits, 0 if nothing does
    /// @return held whether a watcher holds it
    /// @return round how often operators released it
    function pending() external view returns (uint64 height, bool held, uint64 round) {
        return (_last > latestHeight ? _last : 0, _held, _round);
    }

    /// @notice The header that waits at a height; all zero where none does.
    /// @return hash of the header
    /// @return untilMs when it can be believed, if nobody holds it
    function waiting(uint64 height) external view returns (bytes32 hash, uint256 untilMs) {
        if (!_waits(height)) return (0, 0);
        return (_waiting[height].hash, _endsMs(height));
    }

    /// @notice Judges one action: `[1, update]` proposes, `[2, number, parentHash, trustedSet, newSet, header, seals]` shows
    /// a conflict, `[3, height, hash, signature]` holds, `[4, height, hash, signatures]` releases, `[5, height]` confirms.
    function update(bytes calldata action) external returns (uint64 height) {
        _requireActive();
        return _act(action);
    }

    /// @notice Judges two actions one after the other, which must freeze the client.
    function misbehaviour(bytes calldata one, bytes calldata other) external {
        _requireActive();
        _act(one);
        if (status() == FROZEN) return;
        uint64 height = _act(other);
        if (status() != FROZEN) revert NoConflict(height);
    }

    function _act(bytes calldata action) private returns (uint64 height) {
        Rlp.Reader memory reader = Rlp.open(action, Rlp.Subject.Update);
        uint64 number = reader.u64("action");
        if (number == 1) return _propose(reader);
        height = reader.u64("height");
        if (number == 2) _conflict(reader, height);
        else if (number == 3) _hold(reader, height);
        else if (number == 4) _release(reader, height);
        else if (number == 5) _confirm(reader, height);
        else revert MalformedUpdate("action");
    }

    function _propose(Rlp.Reader memory reader) private returns (uint64) {
        Rlp.Reader memory proposal = reader.list("update");
        reader.finish("list");
        Header[] memory headers = _judgeHeaders(proposal);
        Rlp.Reader memory signatures = proposal.list("operatorSignatures");
        proposal.finish("list");
        _requireAgreed(headers, signatures);
        for (uint256 i = 0; i < headers.length; ++i) {
            if (!_await(headers[i])) break;
        }
        if (_last > latestHeight && _last - latestHeight > MOST_PENDING) {
            revert TooManyPending(_last - latestHeight, MOST_PENDING);
        }
        return headers[headers.length - 1].height;
    }

    /// @dev A change of the list needs operators in every case; what needs none carries no signature of theirs.
    function _requireAgreed(Header[] memory headers, Rlp.Reader memory signatures) private view {
        bytes32 newSet = headers[headers.length - 1].setHash;
        uint256 first = 0;
        while (headers[first].setHash != newSet) ++first;
        if (first == 0 && _start(headers[0].height - 1).setHash == newSet) {
            signatures.finish("signatures");
            return;
        }
        _requireOperators(
            signatures,
            _digest("waybill/sealers/1", headers[first].height, headers[first].hash, abi.encodePacked(newSet))
        );
    }

    /// @return false if the client froze
    function _await(Header memory header) private returns (bool) {
        bytes32 known = _knownHash(header.height);
        if (known == header.hash) return true;
        if (known != 0) {
            _freeze(header.height, known, header.hash);
            return false;
        }
        uint64 nowMs = uint64(Clock.nowMs());
        _waiting[header.height] = Waiting(
            header.hash, header.receiptsRoot, header.setHash, header.timeMs, nowMs, header.version
        );
        _last = header.height;
        emit HeaderWaits(header.height, header.hash, uint256(nowMs) + challengePeriodMs);
        return true;
    }

    /// @dev One header that a quorum sealed and that is not the one known of its height. It need not be linked to anything,
    /// and its time is not held against the clock: evidence neither ages nor ripens.
    function _conflict(Rlp.Reader memory reader, uint64 number) private {
        bytes32 parentHash = reader.word("parentHash");
        Update memory read;
        _readLists(read, reader);
        Rlp.Reader memory fields = reader.list("header");
        Rlp.Reader memory seals = reader.list("seals");
        reader.finish("list");
        read.changed = _which(fields);
        if (read.changed && !read.hasNewSet) revert MalformedUpdate("which");
        if (!read.changed && read.hasNewSet) revert NewSetUnused();
        bytes32 known = _knownHash(number);
        if (known == 0) revert UnknownHeight(number);
        bytes32 expected = _start(number).setHash;
        if (read.trustedSet.hash != expected) {
            bool below = _knownHash(number - 1) != 0 && _start(number - 1).setHash == read.trustedSet.hash;
            if (!below) revert TrustedSetMismatch(expected, read.trustedSet.hash);
        }
        Header memory shown =
            _read(fields, number, parentHash, 0, versionFloor, read.changed ? read.newSet : read.trustedSet);
        if (shown.hash == known) revert NoConflict(number);
        _requireSealed(read, seals, shown.hash);
        _freeze(number, known, shown.hash);
    }

    function _hold(Rlp.Reader memory reader, uint64 height) private {
        bytes32 hash = reader.word("hash");
        Rlp.Octets memory signature = reader.octets("signature");
        reader.finish("list");
        _requirePending(height, hash);
        (address watcher,) =
            _watcher(_digest("waybill/hold/1", height, hash, abi.encodePacked(_round)), signature, 0, address(0));
        _held = true;
        emit Held(watcher, height, _round);
    }

    function _release(Rlp.Reader memory reader, uint64 height) private {
        bytes32 hash = reader.word("hash");
        Rlp.Reader memory signatures = reader.list("operatorSignatures");
        reader.finish("list");
        _requirePending(height, hash);
        if (!_held) revert PendingNotHeld();
        _requireOperators(signatures, _digest("waybill/release/1", height, hash, abi.encodePacked(_round)));
        _held = false;
        _releasedMs = uint64(Clock.nowMs());
        emit Released(height, _round);
        ++_round;
    }

    /// @dev Every header up to a height has waited long enough.
    function _confirm(Rlp.Reader memory reader, uint64 height) private {
        reader.finish("list");
        if (_hashAt(height) != 0) return;
        if (!_waits(height)) revert NotPending(height);
        if (_held) revert PendingHeld();
        for (uint64 next = latestHeight + 1; next <= height; ++next) {
            uint256 endsMs = _endsMs(next);
            if (Clock.nowMs() < endsMs) revert ChallengePeriodOpen(endsMs, Clock.nowMs());
            Waiting storage header = _waiting[next];
            _accept(
                Header(next, header.hash, header.receiptsRoot, header.timeMs, header.setHash, header.version)
            );
            delete _waiting[next];
        }
        if (height == _last) _round = 0;
    }

    /// @dev What waits.
    function _forget() internal override {
        _last = 0;
        _round = 0;
        _held = false;
    }

    /// @dev A header that is believed or waits.
    function _start(uint64 height) internal view override returns (Header memory) {
        if (!_waits(height)) return _trusted(height);
        Waiting storage header = _waiting[height];
        return Header(height, header.hash, 0, header.timeMs, header.setHash, header.version);
    }

    function _waits(uint64 height) private view returns (bool) {
        return height > latestHeight && height <= _last;
    }

    /// @dev The hash of the header that is believed or waits at a height, or zero.
    function _knownHash(uint64 height) private view returns (bytes32) {
        return _waits(height) ? _waiting[height].hash : _hashAt(height);
    }

    function _endsMs(uint64 height) private view returns (uint256) {
        uint64 sinceMs = _waiting[height].sinceMs;
        return uint256(sinceMs < _releasedMs ? _releasedMs : sinceMs) + challengePeriodMs;
    }

    function _requirePending(uint64 height, bytes32 hash) private view {
        if (!_waits(height) || _waiting[height].hash != hash) revert NotPending(height);
    }

    /// @dev Rule R1.6.
    function _digest(string memory purpose, uint64 height, bytes32 hash, bytes memory more)
        private
        view
        returns (bytes32)
    {
        return sha256(
            abi.encodePacked(
                abi.encodePacked(purpose, verifyingChainId, address(this), clientId), height, hash, more
            )
        );
    }

    function _requireOperators(Rlp.Reader memory signatures, bytes32 digest) private view {
        address last = address(0);
        uint256 counted = 0;
        for (; !signatures.done(); ++counted) {
            address signer = Secp256k1.lowSigner(digest, signatures.octets("operatorSignatures"));
            if (signer == address(0)) revert OperatorSignatureInvalid(counted);
            if (signer <= last) revert OperatorsNotAscending(counted);
            if (_operators.indexOf(signer) == _operators.count) revert OperatorUnknown(signer);
            last = signer;
        }
        if (counted < OPERATORS_NEEDED) revert TooFewOperators(counted, OPERATORS_NEEDED);
    }
}
