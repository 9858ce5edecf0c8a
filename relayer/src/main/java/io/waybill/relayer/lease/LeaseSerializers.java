package io.waybill.relayer.lease;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;

/// The octets of leases between members: everything has a number, nothing is read by class name.
final class LeaseSerializers {
    /// Numbers of ours in Hazelcast's tables; they are part of the cluster's wire form and never reused.
    static final int FACTORY = 8701;

    static final int GRANT_TYPE = 8702;
    static final int ACQUIRE = 1;
    static final int RELEASE = 2;
    static final int WRITE = 3;

    private LeaseSerializers() {}

    static DataSerializableFactory factory() {
        return id -> switch (id) {
            case ACQUIRE -> new AcquireLease();
            case RELEASE -> new ReleaseLease();
            case WRITE -> new WriteGrant();
            default -> throw new IllegalArgumentException("lease message: expected 1 to 3, got " + id);
        };
    }

    static void write(ObjectDataOutput out, Grant grant) throws IOException {
        out.writeString(grant.owner());
        out.writeLong(grant.epoch());
        out.writeLong(grant.untilMs());
    }

    static Grant read(ObjectDataInput in) throws IOException {
        return new Grant(text(in), in.readLong(), in.readLong());
    }

    static String text(ObjectDataInput in) throws IOException {
        var text = in.readString();
        if (text == null) throw new IOException("lease message: expected a text, got none");
        return text;
    }

    /// A message of ours: its numbers, so that each says only which one it is and what it carries.
    interface Message extends IdentifiedDataSerializable {
        @Override
        default int getFactoryId() {
            return FACTORY;
        }
    }

    /// How a grant is stored.
    static final class OfGrant implements StreamSerializer<Grant> {
        @Override
        public int getTypeId() {
            return GRANT_TYPE;
        }

        @Override
        public void write(ObjectDataOutput out, Grant grant) throws IOException {
            LeaseSerializers.write(out, grant);
        }

        @Override
        public Grant read(ObjectDataInput in) throws IOException {
            return LeaseSerializers.read(in);
        }
    }
}
