package io.waybill.core.digest;

import io.waybill.core.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.bls.BLS12_381G1;
import org.bouncycastle.crypto.bls.BLS12_381G2HashToCurve;
import org.bouncycastle.crypto.bls.BLS12_381G2Point;
import org.bouncycastle.crypto.bls.BLS12_381Pairing;
import org.bouncycastle.crypto.bls.BLS12_381Serialization;
import org.bouncycastle.crypto.bls.BLS12_381SubgroupCheck;
import org.bouncycastle.crypto.bls.Fp12Element;
import org.bouncycastle.crypto.bls.Fp2Element;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

/// Bouncy Castle: tens of milliseconds a signature, on any machine.
final class BlsJava implements BlsLibrary {
    private static final int COORDINATE = 48;

    /// Costly to make, so not before it is asked for.
    private static final class G1 {
        static final ECCurve CURVE = BLS12_381G1.createCurve();
        static final ECPoint NEGATED_GENERATOR =
                BLS12_381G1.getGenerator(CURVE).negate().normalize();
    }

    private record Affine(ECPoint point) implements Point {}

    @Override
    public Optional<Point> key(Bytes compressed) {
        try {
            var point = BLS12_381Serialization.decompressG1(compressed.toArray(), G1.CURVE);
            boolean sound = !point.isInfinity() && BLS12_381SubgroupCheck.isInG1Subgroup(point);
            return sound ? Optional.of(new Affine(point)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Point sum(List<Point> points) {
        var sum = G1.CURVE.getInfinity();
        for (var point : points) sum = sum.add(point(point));
        return new Affine(sum.normalize());
    }

    @Override
    public Point difference(Point from, Point taken) {
        return new Affine(point(from).subtract(point(taken)).normalize());
    }

    private static ECPoint point(Point point) {
        return ((Affine) point).point;
    }

    /// The pairing of the key with the hashed message is that of the generator with the signature.
    @Override
    public boolean verify(Point key, String tag, Bytes message, Bytes signature) {
        if (point(key).isInfinity()) return false;
        var point = signature(signature);
        if (point.isEmpty()) return false;
        var hasher = new BLS12_381G2HashToCurve(tag.getBytes(StandardCharsets.US_ASCII));
        var hash = hasher.hashToCurve(message.toArray());
        return BLS12_381Pairing.multiPair(
                        new ECPoint[] {point(key), G1.NEGATED_GENERATOR}, new BLS12_381G2Point[] {hash, point.get()})
                .equals(Fp12Element.ONE);
    }

    private static Optional<BLS12_381G2Point> signature(Bytes octets) {
        try {
            var point = octets.size() == 2 * COORDINATE
                    ? BLS12_381Serialization.decompressG2(octets.toArray())
                    : uncompressed(octets);
            boolean sound = !point.isInfinity() && BLS12_381SubgroupCheck.isInG2Subgroup(point);
            return sound ? Optional.of(point) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Both coordinates, the imaginary part of each first. A flag in the first octet makes that number too great.
    private static BLS12_381G2Point uncompressed(Bytes octets) {
        var x = Fp2Element.of(coordinate(octets, 1), coordinate(octets, 0));
        var y = Fp2Element.of(coordinate(octets, 3), coordinate(octets, 2));
        return BLS12_381G2Point.of(x, y);
    }

    private static BigInteger coordinate(Bytes octets, int place) {
        var value = Octets.unsigned(octets.slice(place * COORDINATE, (place + 1) * COORDINATE));
        if (value.compareTo(Fp2Element.P) >= 0) throw new IllegalArgumentException("coordinate: expected below p");
        return value;
    }
}
