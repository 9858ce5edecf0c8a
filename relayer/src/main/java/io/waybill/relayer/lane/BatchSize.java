package io.waybill.relayer.lane;

/// How many leaves to put into one delivery: halved when a contract refuses a batch, which may have been too much
/// for a block's gas, and doubled again with each success.
final class BatchSize {
    private final int limit;
    private int most;

    BatchSize(int limit) {
        this.limit = limit;
        this.most = limit;
    }

    int most() {
        return most;
    }

    boolean halve() {
        boolean could = most > 1;
        most = Math.max(1, most / 2);
        return could;
    }

    void grow() {
        most = Math.min(limit, most * 2);
    }
}
