package io.waybill.rpc.witness;

/// How a question for a signature ended: signed, the block is not there yet, declined, the node did not answer,
/// too many asked at once, no question at all, or a bug.
public enum Outcome {
    SIGNED,
    NOT_YET,
    DECLINED,
    UNAVAILABLE,
    BUSY,
    MALFORMED,
    FAILED
}
