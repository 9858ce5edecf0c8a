package io.waybill.core.client.beacon;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.client.beacon.ssz.BeaconBlockHeader;
import io.waybill.core.client.beacon.ssz.ExecutionField;
import io.waybill.core.client.beacon.ssz.ExecutionPayloadHeader;
import io.waybill.core.client.beacon.ssz.LightClientHeader;
import io.waybill.core.client.beacon.ssz.SyncAggregate;
import io.waybill.core.client.beacon.ssz.SyncCommittee;
import java.util.ArrayList;
import java.util.List;

/// Reads SSZ containers of light clients from Deneb on, minimal preset, one field after another.
final class SszReader {
    private static final int MEMBERS = Preset.MINIMAL.committeeSize();

    private final Bytes octets;
    private int at;

    private SszReader(Bytes octets) {
        this.octets = octets;
    }

    /// @param depth of the committee's branch: 5, or 6 from Electra on
    static LightClientBootstrap bootstrap(Bytes octets, int depth) {
        var in = new SszReader(octets);
        var header = in.octets.slice(in.offset(), octets.size());
        return new LightClientBootstrap(header(header), new InState<>(in.committee(), in.branch(depth)));
    }

    /// @param depth of the committee's branch; the finality branch is one longer
    static LightClientUpdate update(Bytes octets, int depth) {
        var in = new SszReader(octets);
        int attested = in.offset();
        var next = new InState<>(in.committee(), in.branch(depth));
        int finalised = in.offset();
        var finalityBranch = in.branch(depth + 1);
        var aggregate = new SyncAggregate(in.take(MEMBERS / 8), in.take(SyncAggregate.SIGNATURE));
        return new LightClientUpdate(
                header(octets.slice(attested, finalised)),
                new InState<>(header(octets.slice(finalised, octets.size())), finalityBranch),
                next.value().octets().isZero() ? null : next,
                aggregate,
                in.number());
    }

    private static LightClientHeader header(Bytes octets) {
        var in = new SszReader(octets);
        var beacon = new BeaconBlockHeader(in.number(), in.number(), in.hash(), in.hash(), in.hash());
        int execution = in.offset();
        return new LightClientHeader(beacon, execution(octets.slice(execution, octets.size())), in.branch(4));
    }

    private static ExecutionPayloadHeader execution(Bytes octets) {
        var in = new SszReader(octets);
        var fields = new ArrayList<Bytes>();
        for (var field : ExecutionField.values()) {
            fields.add(
                    switch (field.form()) {
                        case HASH -> in.take(32);
                        case ADDRESS -> in.take(20);
                        case BLOOM -> in.take(256);
                        case SHORT_LIST -> octets.slice(in.offset(), octets.size());
                        case NUMBER -> minimal(in.take(8));
                        case WIDE_NUMBER -> minimal(in.take(32));
                    });
        }
        return new ExecutionPayloadHeader(fields);
    }

    private static Bytes minimal(Bytes littleEndian) {
        int size = littleEndian.size();
        while (size > 0 && littleEndian.at(size - 1) == 0) size--;
        var big = new byte[size];
        for (int i = 0; i < size; i++) big[i] = (byte) littleEndian.at(size - 1 - i);
        return Bytes.of(big);
    }

    private SyncCommittee committee() {
        return new SyncCommittee(take(SyncCommittee.octets(MEMBERS)));
    }

    private List<Bytes32> branch(int depth) {
        var branch = new ArrayList<Bytes32>();
        for (int i = 0; i < depth; i++) branch.add(hash());
        return branch;
    }

    private Bytes32 hash() {
        return new Bytes32(take(32));
    }

    private long number() {
        var number = minimal(take(8));
        return number.number(0, number.size());
    }

    private int offset() {
        var offset = minimal(take(4));
        return (int) offset.number(0, offset.size());
    }

    private Bytes take(int size) {
        at += size;
        return octets.slice(at - size, at);
    }
}
