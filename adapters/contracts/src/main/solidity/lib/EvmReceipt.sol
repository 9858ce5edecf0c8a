// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LaneLog} from "./LaneLog.sol";
import {
    CheckpointRootZero,
    CheckpointSizeOutOfRange,
    LogIndexOutOfRange,
    MalformedReceipt,
    ReceiptTypeUnknown,
    TokenEvent,
    TransactionFailed,
    WrongEmitter,
    WrongLane,
    WrongTopic
} from "./Rejections.sol";
import {Rlp} from "./Rlp.sol";

/// @title A receipt of an EVM chain, and the checkpoint that one of its logs is
/// @notice `RLP([status, cumulativeGasUsed, bloom, logs])`, with the type octet before it for typed transactions. The whole
/// receipt is refused if a token moved in the transaction.
library EvmReceipt {
    using Rlp for Rlp.Reader;

    uint256 private constant TYPES = 5;
    uint256 private constant MOST_TOPICS = 4;

    /// @dev One log: where its emitter begins, its topics, its data.
    struct Log {
        uint256 emitter;
        Rlp.Reader topics;
        Rlp.Octets data;
    }

    /// @notice Reads the checkpoint out of a receipt.
    function checkpoint(Rlp.Octets memory octets, uint256 logIndex, address emitter, bytes32 topic0, bytes32 lane)
        internal
        pure
        returns (uint256 size, bytes32 root)
    {
        Rlp.Reader memory fields = _open(octets);
        Rlp.Octets memory status = fields.octets("status");
        bool success = status.size == 1 && Rlp.octetAt(status.start) == 1;
        if (!success && status.size != 0) revert MalformedReceipt("status");
        fields.number(8, "cumulativeGasUsed");
        fields.fixed_(256, "bloom");
        Rlp.Reader memory logs = fields.list("logs");
        fields.finish("fields");
        Log memory log = _log(logs, logIndex, success);
        if (_address(log.emitter) != emitter) revert WrongEmitter();
        if (log.topics.count() != 2 || log.topics.word("topics") != topic0) revert WrongTopic();
        bytes32 found = log.topics.word("topics");
        if (found != lane) revert WrongLane(found);
        if (log.data.size != 64) revert MalformedReceipt("data");
        size = uint256(Rlp.wordAt(log.data.start));
        root = Rlp.wordAt(log.data.start + 32);
        if (size == 0 || size >= LaneLog.SIZE_LIMIT) revert CheckpointSizeOutOfRange();
        if (root == 0) revert CheckpointRootZero();
    }

    function _open(Rlp.Octets memory octets) private pure returns (Rlp.Reader memory) {
        if (octets.size == 0) revert MalformedReceipt("octets");
        uint256 first = Rlp.octetAt(octets.start);
        uint256 typed = first < 0xc0 ? 1 : 0;
        if (typed == 1 && (first == 0 || first >= TYPES)) revert ReceiptTypeUnknown(first);
        return Rlp.open(octets.start + typed, octets.size - typed, Rlp.Subject.Receipt);
    }

    /// @dev Reads every log, then judges the receipt as a whole, and answers the one asked for.
    function _log(Rlp.Reader memory logs, uint256 logIndex, bool success) private pure returns (Log memory wanted) {
        bytes32 token = 0;
        uint256 count = 0;
        for (; !logs.done(); ++count) {
            Rlp.Reader memory log = logs.list("log");
            uint256 emitter = log.fixed_(20, "log");
            Rlp.Reader memory topics = log.list("log");
            Rlp.Octets memory data = log.octets("log");
            log.finish("log");
            bytes32 first = _firstTopic(topics);
            if (token == 0 && isToken(first)) token = first;
            if (count == logIndex) wanted = Log(emitter, topics, data);
        }
        if (!success) revert TransactionFailed();
        if (token != 0) revert TokenEvent(token);
        if (logIndex >= count) revert LogIndexOutOfRange(logIndex, count);
    }

    /// @dev Checks that there are at most four topics of 32 octets, and answers the first, or zero.
    function _firstTopic(Rlp.Reader memory topics) private pure returns (bytes32 first) {
        Rlp.Reader memory ahead = Rlp.Reader(topics.start, topics.end, topics.subject);
        for (uint256 i = 0; !ahead.done(); ++i) {
            if (i == MOST_TOPICS) revert MalformedReceipt("topics");
            bytes32 topic = ahead.word("topics");
            if (i == 0) first = topic;
        }
    }

    function _address(uint256 start) private pure returns (address) {
        return address(uint160(uint256(Rlp.wordAt(start)) >> 96));
    }

    /// @notice Whether an event of this kind says that a token moved or may be moved: the same table as off chain.
    function isToken(bytes32 topic) internal pure returns (bool) {
        return topic == keccak256("Transfer(address,address,uint256)")
            || topic == keccak256("Approval(address,address,uint256)")
            || topic == keccak256("ApprovalForAll(address,address,bool)")
            || topic == keccak256("TransferSingle(address,address,address,uint256,uint256)")
            || topic == keccak256("TransferBatch(address,address,address,uint256[],uint256[])")
            || topic == keccak256("Sent(address,address,address,uint256,bytes,bytes)")
            || topic == keccak256("Minted(address,address,uint256,bytes,bytes)")
            || topic == keccak256("Burned(address,address,uint256,bytes,bytes)")
            || topic == keccak256("Deposit(address,uint256)")
            || topic == keccak256("Withdrawal(address,uint256)")
            || topic == keccak256("Withdraw(bytes20,address,uint256,uint256)")
            || topic == keccak256("Call(bytes20,bytes20,uint256,uint256,bytes)")
            || topic == keccak256("Create(bytes20,bytes20,uint256,uint256,bytes)");
    }
}
