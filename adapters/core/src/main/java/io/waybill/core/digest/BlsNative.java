package io.waybill.core.digest;

import io.waybill.core.Bytes;
import java.util.List;
import java.util.Optional;
import supranational.blst.BLST_ERROR;
import supranational.blst.P1;
import supranational.blst.P1_Affine;
import supranational.blst.P2_Affine;

/// blst through JNI.
final class BlsNative implements BlsLibrary {
    /// @throws LinkageError if there is no native code for this machine
    BlsNative() {
        P1.generator();
    }

    /// @param point never changed
    private record Affine(P1_Affine point) implements Point {}

    /// @param point never changed
    private record Jacobian(P1 point) implements Point {}

    @Override
    public Optional<Point> key(Bytes compressed) {
        try {
            var point = new P1_Affine(compressed.toArray());
            boolean sound = !point.is_inf() && point.in_group();
            return sound ? Optional.of(new Affine(point)) : Optional.empty();
        } catch (RuntimeException e) {
            // How the library says that octets are no point.
            return Optional.empty();
        }
    }

    @Override
    public Point sum(List<Point> points) {
        var sum = new P1();
        for (var point : points) add(sum, point);
        return new Jacobian(sum);
    }

    @Override
    public Point difference(Point from, Point taken) {
        var difference = add(new P1(), taken).neg();
        return new Jacobian(add(difference, from));
    }

    private static P1 add(P1 sum, Point point) {
        return point instanceof Affine(var affine) ? sum.add(affine) : sum.add(((Jacobian) point).point);
    }

    @Override
    public boolean verify(Point key, String tag, Bytes message, Bytes signature) {
        try {
            var signer = key instanceof Affine(var affine) ? affine : ((Jacobian) key).point.to_affine();
            if (signer.is_inf()) return false;
            var point = new P2_Affine(signature.toArray());
            if (point.is_inf() || !point.in_group()) return false;
            // An augmentation must not be null: empty octets say none.
            var verdict = point.core_verify(signer, true, message.toArray(), tag, new byte[0]);
            return verdict == BLST_ERROR.BLST_SUCCESS;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
