package io.waybill.relayer.lease;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives one lease back where its entry lives.
final class ReleaseLease implements EntryProcessor<String, Grant, Grant>, LeaseSerializers.Message {
    private static final long serialVersionUID = 1L;

    private String owner = "";
    private long epoch;

    ReleaseLease() {}

    ReleaseLease(String owner, long epoch) {
        this.owner = owner;
        this.epoch = epoch;
    }

    @Override
    public @Nullable Grant process(Map.Entry<String, Grant> entry) {
        var after = LeaseRules.release(entry.getValue(), owner, epoch);
        if (after != null && !after.equals(entry.getValue())) entry.setValue(after);
        return after;
    }

    @Override
    public int getClassId() {
        return LeaseSerializers.RELEASE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(owner);
        out.writeLong(epoch);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        owner = LeaseSerializers.text(in);
        epoch = in.readLong();
    }
}
