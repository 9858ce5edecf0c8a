package io.waybill.relayer.lane;

/// What the two contracts of a passage say now.
///
/// @param size   leaves in the log that is carried
/// @param cursor how many of them have arrived
record Seen(long size, long cursor) {
    long open() {
        return size - cursor;
    }
}
