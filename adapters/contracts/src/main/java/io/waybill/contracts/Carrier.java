package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.LaneId;

/// The smallest contract whose creation publishes a checkpoint: the only transaction of FISCO BCOS 3.x whose receipt
/// can be read in one way, rule R5. Its constructor calls `checkpoint(lane)` once, emits nothing itself and leaves
/// one octet 00 as code.
///
/// ```
/// 63 <selector>  PUSH4    selector of checkpoint(bytes32)
/// 60 e0          PUSH1    224
/// 1b             SHL      the selector at the left end of a word
/// 60 00  52      MSTORE   memory[0..32)  = selector
/// 7f <lane>      PUSH32
/// 60 04  52      MSTORE   memory[4..36)  = lane
/// 60 00  80      PUSH1 0, DUP1          no output is kept (size, offset)
/// 60 24          PUSH1    36            octets of calldata
/// 82             DUP3     0             its offset
/// 82             DUP3     0             value
/// 73 <contract>  PUSH20
/// 5a             GAS
/// f1             CALL
/// 60 <end>       PUSH1    the JUMPDEST below
/// 57             JUMPI    when the call succeeded
/// 60 00  80  fd  REVERT   otherwise
/// 5b             JUMPDEST
/// 60 00  60 00   PUSH1 0, PUSH1 0
/// 53             MSTORE8  memory[0] = 00
/// 60 01  60 00   PUSH1 1, PUSH1 0
/// f3             RETURN   one octet of code
/// ```
public final class Carrier {
    private static final Bytes CHECKPOINT = Abi.selector("checkpoint(bytes32)");

    private Carrier() {}

    /// The creation code of a carrier.
    ///
    /// @param contract the Outbox or Inbox that holds the log
    public static Bytes initCode(Address contract, LaneId lane) {
        var call = Bytes.concat(
                Bytes.of(0x63),
                CHECKPOINT,
                Bytes.hex("60e01b600052"),
                Bytes.of(0x7f),
                lane.value().value(),
                Bytes.hex("600452"),
                Bytes.hex("60008060248282"),
                Bytes.of(0x73),
                contract.value(),
                Bytes.hex("5af1"));
        var otherwise = Bytes.hex("600080fd");
        int end = call.size() + 3 + otherwise.size();
        return Bytes.concat(call, Bytes.of(0x60, end, 0x57), otherwise, Bytes.hex("5b600060005360016000f3"));
    }
}
