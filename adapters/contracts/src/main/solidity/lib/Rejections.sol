// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

// Why a proof is refused. Each error has the name and the numbers of the verifier's own refusal off chain, so that one
// vector file judges both.

// Octets that are not the one canonical encoding of what they should be.
error MalformedRlp(string what);
error MalformedUpdate(string what);
error MalformedEventProof(string what);
error MalformedStatus(string part);

// Light clients of every kind.
error ClientNotActive(uint8 status);
error UnknownTrustedHeight(uint64 height);
error TrustingPeriodExpired(uint256 trustedMs, uint256 nowMs);
error HeaderFromTheFuture(uint256 offeredMs, uint256 latestMs);
error TimeBeforeTrusted(uint256 trustedMs, uint256 offeredMs);
error HeightNotNewer(uint64 trusted, uint64 offered);
error HeightBelowHistory(uint64 height, uint64 lowest);
error TrustedSetMismatch(bytes32 expected, bytes32 computed);
error UnknownHeight(uint64 height);

// QBFT and IBFT 2.0, rule R6.
error MalformedHeader(string field);
error NoValidators();
error ValidatorsNotAscending(uint256 index);
error ProposerNotValidator(address proposer);
error SealInvalid(uint256 index);
error SealByStranger(address signer);
error SealRepeated(address signer);
error TooFewSeals(uint256 counted, uint256 needed);
error TooFewTrustedSeals(uint256 counted, uint256 needed);
error NotMisbehaviour(uint64 height, uint64 other);

// FISCO BCOS 3.x headers, rule R4.
error NoHeaders();
error TooManyHeaders(uint256 count, uint256 limit);
error VersionBelowFloor(uint256 found, uint256 floor);
error VersionBelowParent(uint256 found, uint256 parent);
error ZeroRoot(string field);
error MalformedGasUsed();
error TimeOutOfRange(uint256 ms);
error SealerOutOfRange(uint256 sealer, uint256 count);
error SetSizeOutOfRange(uint256 count);
error WeightOutOfRange(uint256 index);
error SealersNotAscending(uint256 index);
error SetChangedTwice();
error NewSetUnused();
error SealIndexOutOfRange(uint256 index);
error SealsNotAscending(uint256 index);
error SealerSignatureInvalid(uint256 index);
error TooLittleWeight(uint256 counted, uint256 needed);
error TooLittleTrustedWeight(uint256 counted, uint256 needed);
error WatcherSignatureInvalid(uint256 index);
error WatchersNotAscending(uint256 index);
error WatcherUnknown(address signer);
error TooFewWatchers(uint256 counted, uint256 needed);
error NoDestinationWatcher();
error NoConflict(uint64 height);

// FISCO BCOS 3.x in mode CHALLENGED, rule R4.7.
error OperatorSignatureInvalid(uint256 index);
error OperatorsNotAscending(uint256 index);
error OperatorUnknown(address signer);
error TooFewOperators(uint256 counted, uint256 needed);
error TooManyPending(uint256 count, uint256 limit);
error NotPending(uint64 height);
error PendingHeld();
error PendingNotHeld();
error ChallengePeriodOpen(uint256 endsMs, uint256 nowMs);

// A committee of verifiers.
error NothingAttested(string field);
error VerifierSignatureInvalid(uint256 index);
error VerifiersNotAscending(uint256 index);
error VerifierUnknown(address signer);
error TooFewVerifiers(uint256 counted, uint256 needed);

// Event proofs: receipts tries and receipts.
error NodeHashMismatch(uint256 depth);
error MalformedNode(uint256 depth);
error ProofEndsEarly(uint256 depth);
error ProofNotConsumed(uint256 left);
error KeyNotFound(uint256 depth);
error ReceiptTypeUnknown(uint256 kind);
error MalformedReceipt(string part);
error TransactionFailed();
error TokenEvent(bytes32 topic);
error LogIndexOutOfRange(uint256 index, uint256 count);
error WrongEmitter();
error WrongTopic();
error WrongLane(bytes32 lane);
error CheckpointSizeOutOfRange();
error CheckpointRootZero();

// FISCO BCOS 3.x receipts and their tree, rule R5.
error ReceiptLength(uint256 length);
error ReceiptVersion();
error ReceiptGasUsed();
error ReceiptContract();
error ReceiptStatus();
error ReceiptBlock(uint256 expected, uint256 found);
error TooManyGroups(uint256 count);
error MalformedGroup(uint256 index);
error GroupPosition(uint256 index);
error GroupPrefix(uint256 index);
error ReceiptsRootMismatch(bytes32 expected, bytes32 computed);

// Lane logs, deliveries and acknowledgements, rules R2 and R3.
error EmptyRange();
error RangeOutOfBounds(uint256 first, uint256 end, uint256 size);
error RangeProofLength(uint256 given, uint256 needed);
error RangeRootMismatch(bytes32 expected, bytes32 computed);
error GapInLog(uint256 expected, uint256 first);
error StatusMisplaced(uint256 index);
