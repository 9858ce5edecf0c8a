package io.waybill.core.port;

/// What a contract says of one lane log.
///
/// @param size         leaves appended; at the Inbox this is also the next index it expects
/// @param lastChanged  height of the block that last changed the log, 0 before the first change
/// @param acknowledged at the Outbox, how many packets are acknowledged; equal to `size` at the Inbox
public record LogView(long size, long lastChanged, long acknowledged) {}
