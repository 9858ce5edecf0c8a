package io.waybill.relayer.lease;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;

/// Writes an entry at a backup exactly as the keeper of the entry wrote it.
final class WriteGrant implements EntryProcessor<String, Grant, Grant>, LeaseSerializers.Message {
    private static final long serialVersionUID = 1L;

    private transient Grant grant = new Grant("", 1, 0);

    WriteGrant() {}

    WriteGrant(Grant grant) {
        this.grant = grant;
    }

    @Override
    public Grant process(Map.Entry<String, Grant> entry) {
        entry.setValue(grant);
        return grant;
    }

    @Override
    public int getClassId() {
        return LeaseSerializers.WRITE;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        LeaseSerializers.write(out, grant);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        grant = LeaseSerializers.read(in);
    }
}
