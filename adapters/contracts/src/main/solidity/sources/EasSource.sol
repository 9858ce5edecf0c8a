// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Host} from "host/Host.sol";
import {Outbox} from "../lane/Outbox.sol";
import {Clock} from "../lib/Clock.sol";
import {Hex} from "../lib/Hex.sol";
import {IEAS, ISchemaRegistry} from "./IEAS.sol";

/// @title Attestations of the Ethereum Attestation Service as a source of a lane
/// @notice Sends what EAS itself says of a uid, and no other octets: whoever calls chooses which attestation goes, never
/// what it says. The other chain knows that a packet comes from here by its sender, who is bound into the lane's id.
///
/// It sends attestations under the schemas and of the attesters it was made for. The schemas have no resolver, so EAS takes
/// no value for them. It has no owner, holds nothing and is never changed; it is bound to its lane once.
contract EasSource {
    error ZeroArgument(string name);
    error ChainNameMismatch(bytes32 expected, bytes32 computed);
    error NotAscending(string list, uint256 index);
    error UnknownSchema(bytes32 schema);
    error SchemaHasResolver(bytes32 schema, address resolver);
    error NotTheBinder(address account);
    error AlreadyBound(bytes32 lane);
    error NotASender(bytes32 lane);
    error NotBound();
    error NoSuchAttestation(bytes32 uid);
    error EasUidMismatch(bytes32 expected, bytes32 computed);
    error SchemaNotAllowed(bytes32 schema);
    error AttesterNotAllowed(address attester);
    error AttestationRevoked(bytes32 uid);
    error AttestationStands(bytes32 uid);
    error AttestationExpired(bytes32 uid, uint64 expirationTime);
    error AlreadySent(bytes32 uid);
    error NeverSent(bytes32 uid);

    /// @notice The lane is known from now on.
    event Bound(bytes32 indexed lane);

    /// @notice An attestation went onto the lane.
    /// @param uid at EAS
    /// @param attestation its uid on the lane: sha256 of the octets sent
    event Sent(bytes32 indexed uid, bytes32 attestation);

    /// @notice The revocation of one that was sent went after it.
    event RevocationSent(bytes32 indexed uid);

    /// @param outbox where packets leave
    /// @param eas whose attestations are sent
    /// @param chain CAIP-2 name of this chain
    /// @param termMs how long a packet may take, milliseconds
    /// @param binder who names the lane, once
    /// @param schemas whose attestations are sent, ascending
    /// @param attesters whose attestations are sent, ascending
    struct Terms {
        Outbox outbox;
        IEAS eas;
        string chain;
        uint64 termMs;
        address binder;
        bytes32[] schemas;
        address[] attesters;
    }

    uint8 private constant NONE = 0;
    uint8 private constant ATTESTED = 1;
    uint8 private constant REVOKED = 2;
    uint256 private constant ATTEST = 1;
    uint256 private constant REVOKE = 2;

    Outbox public immutable outbox;
    IEAS public immutable eas;
    uint64 public immutable termMs;
    address public immutable binder;

    /// @notice Where it sends; zero until it is bound.
    bytes32 public lane;

    string private _did;
    mapping(bytes32 schema => bytes32 name) private _schemas;
    mapping(address attester => bool) private _attesters;
    mapping(bytes32 uid => bytes32) private _sent;
    mapping(bytes32 uid => bool) private _revoked;

    constructor(Terms memory terms) {
        Host.requireHere();
        if (address(terms.outbox) == address(0)) revert ZeroArgument("outbox");
        if (address(terms.eas) == address(0)) revert ZeroArgument("eas");
        if (terms.termMs == 0) revert ZeroArgument("termMs");
        if (terms.binder == address(0)) revert ZeroArgument("binder");
        bytes32 computed = sha256(bytes(terms.chain));
        bytes32 expected = terms.outbox.chainId();
        if (computed != expected) revert ChainNameMismatch(expected, computed);
        outbox = terms.outbox;
        eas = terms.eas;
        termMs = terms.termMs;
        binder = terms.binder;
        _did = string.concat("did:pkh:", terms.chain, ":");
        _allowSchemas(terms.eas.getSchemaRegistry(), terms.schemas);
        _allowAttesters(terms.attesters);
    }

    /// @notice Names the lane, once and for ever. This contract must be one of its senders.
    function bind(bytes32 lane_) external {
        if (msg.sender != binder) revert NotTheBinder(msg.sender);
        if (lane != 0) revert AlreadyBound(lane);
        if (!outbox.maySend(lane_, address(this))) revert NotASender(lane_);
        lane = lane_;
        emit Bound(lane_);
    }

    /// @notice Sends an attestation that stands. Anyone may call it.
    /// @param bump what EAS counted up for the uid; 0 unless one attestation was made twice in a block
    function attest(bytes32 uid, uint32 bump) external {
        IEAS.Attestation memory made = _made(uid);
        bytes32 computed = _uid(made, bump);
        if (computed != uid) revert EasUidMismatch(uid, computed);
        if (_sent[uid] != 0) revert AlreadySent(uid);
        if (made.revocationTime != 0) revert AttestationRevoked(uid);
        if (made.expirationTime != 0 && made.expirationTime <= block.timestamp) {
            revert AttestationExpired(uid, made.expirationTime);
        }
        bytes memory claims = abi.encodePacked(
            "EAS1",
            abi.encode(
                address(eas),
                uid,
                made.schema,
                made.time,
                made.expirationTime,
                made.refUID,
                made.recipient,
                made.attester,
                made.revocable,
                bump,
                made.data
            )
        );
        bytes memory octets = _octets(ATTEST, made, 0, made.time, made.expirationTime, claims);
        bytes32 attestation = sha256(octets);
        _sent[uid] = attestation;
        emit Sent(uid, attestation);
        _send(octets);
    }

    /// @notice Sends the revocation of an attestation that was sent. Anyone may call it.
    function revoke(bytes32 uid) external {
        IEAS.Attestation memory made = _made(uid);
        bytes32 attestation = _sent[uid];
        if (attestation == 0) revert NeverSent(uid);
        if (made.revocationTime == 0) revert AttestationStands(uid);
        if (_revoked[uid]) revert AlreadySent(uid);
        _revoked[uid] = true;
        emit RevocationSent(uid);
        _send(_octets(REVOKE, made, attestation, made.revocationTime, 0, abi.encodePacked(uid)));
    }

    /// @notice How far an attestation has come here: 0 not sent, 1 sent, 2 its revocation too.
    function state(bytes32 uid) external view returns (uint8) {
        if (_revoked[uid]) return REVOKED;
        return _sent[uid] == 0 ? NONE : ATTESTED;
    }

    /// @notice The uid on the lane of an attestation that was sent, else zero.
    function sent(bytes32 uid) external view returns (bytes32) {
        return _sent[uid];
    }

    /// @notice Whether attestations under a schema are sent.
    function allowsSchema(bytes32 schema) external view returns (bool) {
        return _schemas[schema] != 0;
    }

    /// @notice Whether attestations of an attester are sent.
    function allowsAttester(address attester) external view returns (bool) {
        return _attesters[attester];
    }

    function _allowSchemas(ISchemaRegistry registry, bytes32[] memory schemas) private {
        if (schemas.length == 0) revert ZeroArgument("schemas");
        for (uint256 i = 0; i < schemas.length; ++i) {
            bytes32 schema = schemas[i];
            if (i == 0 ? schema == 0 : schema <= schemas[i - 1]) revert NotAscending("schemas", i);
            ISchemaRegistry.SchemaRecord memory known = registry.getSchema(schema);
            if (known.uid != schema) revert UnknownSchema(schema);
            if (known.resolver != address(0)) revert SchemaHasResolver(schema, known.resolver);
            _schemas[schema] = sha256(abi.encodePacked("eas/", Hex.text(schema)));
        }
    }

    function _allowAttesters(address[] memory attesters) private {
        if (attesters.length == 0) revert ZeroArgument("attesters");
        for (uint256 i = 0; i < attesters.length; ++i) {
            if (i == 0 ? attesters[i] == address(0) : attesters[i] <= attesters[i - 1]) revert NotAscending("attesters", i);
            _attesters[attesters[i]] = true;
        }
    }

    /// @dev What EAS says of a uid, if it is of those that are sent.
    function _made(bytes32 uid) private view returns (IEAS.Attestation memory made) {
        if (lane == 0) revert NotBound();
        made = eas.getAttestation(uid);
        if (uid == 0 || made.uid != uid) revert NoSuchAttestation(uid);
        if (_schemas[made.schema] == 0) revert SchemaNotAllowed(made.schema);
        if (!_attesters[made.attester]) revert AttesterNotAllowed(made.attester);
    }

    function _uid(IEAS.Attestation memory made, uint32 bump) private pure returns (bytes32) {
        return keccak256(
            abi.encodePacked(
                made.schema,
                made.recipient,
                made.attester,
                made.time,
                made.expirationTime,
                made.revocable,
                made.refUID,
                made.data,
                bump
            )
        );
    }

    /// @dev An attestation's octets: nine words, the length, the claims in whole words.
    function _octets(
        uint256 kind,
        IEAS.Attestation memory made,
        bytes32 ref,
        uint64 validFrom,
        uint64 validUntil,
        bytes memory claims
    ) private view returns (bytes memory) {
        return abi.encode(
            kind,
            _schemas[made.schema],
            _account(made.attester),
            made.recipient == address(0) ? made.uid : _account(made.recipient),
            ref,
            sha256(claims),
            validFrom,
            validUntil,
            claims
        );
    }

    function _account(address account) private view returns (bytes32) {
        return sha256(abi.encodePacked(_did, Hex.text(account)));
    }

    function _send(bytes memory octets) private {
        outbox.send(lane, octets, uint64(Clock.nowMs() + termMs));
    }
}
