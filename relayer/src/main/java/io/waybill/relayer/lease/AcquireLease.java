package io.waybill.relayer.lease;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes or renews one lease where its entry lives, by the clock of the member that keeps it. The backups get what
/// came out, not the question, so that all copies are equal.
final class AcquireLease
        implements EntryProcessor<String, Grant, Grant>, LeaseSerializers.Message, HazelcastInstanceAware {
    private static final long serialVersionUID = 1L;

    private String owner = "";
    private long floor;
    private long termMs;
    private transient InstantSource clock = InstantSource.system();
    private transient @Nullable Grant written;

    AcquireLease() {}

    AcquireLease(String owner, long floor, long termMs) {
        this.owner = owner;
        this.floor = floor;
        this.termMs = termMs;
    }

    @Override
    public Grant process(Map.Entry<String, Grant> entry) {
        var grant = LeaseRules.acquire(entry.getValue(), owner, floor, termMs, clock.millis());
        if (!grant.equals(entry.getValue())) {
            entry.setValue(grant);
            written = grant;
        }
        return grant;
    }

    @Override
    public @Nullable EntryProcessor<String, Grant, Grant> getBackupProcessor() {
        return written == null ? null : new WriteGrant(written);
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        clock = Cluster.clockOf(member);
    }

    @Override
    public int getClassId() {
        return LeaseSerializers.ACQUIRE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(owner);
        out.writeLong(floor);
        out.writeLong(termMs);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        owner = LeaseSerializers.text(in);
        floor = in.readLong();
        termMs = in.readLong();
    }
}
