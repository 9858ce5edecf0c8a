// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title What is asked of the Ethereum Attestation Service, of its releases 1.x
interface IEAS {
    /// @param time seconds since 1970, and so are the next two
    /// @param expirationTime zero for never
    /// @param revocationTime zero while it stands
    /// @param refUID another attestation, or zero
    struct Attestation {
        bytes32 uid;
        bytes32 schema;
        uint64 time;
        uint64 expirationTime;
        uint64 revocationTime;
        bytes32 refUID;
        address recipient;
        address attester;
        bool revocable;
        bytes data;
    }

    /// @notice The attestation of a uid; one whose uid is zero where there is none.
    function getAttestation(bytes32 uid) external view returns (Attestation memory);

    /// @notice Where its schemas are.
    function getSchemaRegistry() external view returns (ISchemaRegistry);
}

/// @title What is asked of the registry of its schemas
interface ISchemaRegistry {
    /// @param resolver what EAS asks at each attestation, and hands value to; zero for nothing
    struct SchemaRecord {
        bytes32 uid;
        address resolver;
        bool revocable;
        string schema;
    }

    /// @notice The schema of a uid; one whose uid is zero where there is none.
    function getSchema(bytes32 uid) external view returns (SchemaRecord memory);
}
