package io.waybill.core.digest;

import io.waybill.core.Bytes;
import java.util.List;
import java.util.Optional;

/// The sums of BLS12-381, by one library. All that do them answer alike.
interface BlsLibrary {
    /// A point of G1's subgroup of prime order; of use to the library that made it and to no other.
    interface Point {}

    /// Reads a key; none if the octets are not the compressed form of a point of the subgroup, or say its identity.
    ///
    /// @param compressed 48 octets
    Optional<Point> key(Bytes compressed);

    /// The sum of points; of none the identity.
    Point sum(List<Point> points);

    Point difference(Point from, Point taken);

    /// Whether a key signed a message; total. The identity signed nothing.
    ///
    /// @param tag       domain separation, ASCII
    /// @param signature 96 octets compressed or 192 uncompressed; anything but a point of G2's subgroup that is not
    ///                  its identity answers false
    boolean verify(Point key, String tag, Bytes message, Bytes signature);
}
