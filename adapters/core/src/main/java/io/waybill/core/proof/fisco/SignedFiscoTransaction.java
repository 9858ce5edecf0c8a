package io.waybill.core.proof.fisco;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.EncodingRejection.MalformedTransaction;
import io.waybill.core.Verdict;
import io.waybill.core.proof.fisco.Tars.Field;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A native transaction with its signature, in the TARS form that `sendTransaction` takes.
///
/// @param signature 65 octets `r || s || v`; on SM chains 128 octets `r || s || public key`
public record SignedFiscoTransaction(FiscoTransaction transaction, Bytes signature) {
    private static final Set<Integer> ENVELOPE = Set.of(1, 2, 3);
    private static final Set<Integer> DATA = Set.of(1, 2, 3, 4, 5, 6, 7, 8);

    /// The envelope: `{1 data, 2 dataHash, 3 signature}`.
    public Bytes encode(FiscoSuite suite) {
        var data = new TreeMap<Integer, Field>();
        data.put(2, text(transaction.chainId()));
        data.put(3, text(transaction.groupId()));
        data.put(4, new Field.Int(transaction.blockLimit()));
        data.put(5, new Field.Text(transaction.nonce()));
        data.put(6, text(transaction.to()));
        data.put(7, new Field.Octets(transaction.input()));
        data.put(8, text(transaction.abi()));
        return Tars.encode(new TreeMap<>(Map.of(
                1, new Field.Struct(data),
                2, new Field.Octets(transaction.hash(suite).value()),
                3, new Field.Octets(signature))));
    }

    private static Field text(String value) {
        return new Field.Text(Bytes.utf8(value));
    }

    /// Reads an envelope of a native transaction of type 0 and version 0, and checks that the hash in it is the one
    /// its fields have; total.
    public static Verdict<SignedFiscoTransaction> decode(FiscoSuite suite, Bytes octets) {
        try {
            var envelope = Tars.decode(octets);
            if (!ENVELOPE.containsAll(envelope.keySet())) return refuse("type");
            if (!(envelope.get(1) instanceof Field.Struct(var data))) return refuse("data");
            if (!DATA.containsAll(data.keySet())) return refuse("version");
            if (number(data, 1) != 0) return refuse("version");
            var signed = new SignedFiscoTransaction(transaction(data), octets(envelope, 3));
            var hash = octets(envelope, 2);
            if (!hash.equals(signed.hash(suite).value())) return refuse("hash");
            return Verdict.accept(signed);
        } catch (Tars.Malformed e) {
            return refuse(String.valueOf(e.getMessage()));
        }
    }

    private static FiscoTransaction transaction(SortedMap<Integer, Field> data) {
        return new FiscoTransaction(
                octets(data, 2).toUtf8(),
                octets(data, 3).toUtf8(),
                number(data, 4),
                octets(data, 5),
                octets(data, 6).toUtf8(),
                octets(data, 7),
                octets(data, 8).toUtf8());
    }

    private static Bytes octets(SortedMap<Integer, Field> fields, int tag) {
        return switch (optional(fields, tag)) {
            case null -> Bytes.EMPTY;
            case Field.Text(var value) -> value;
            case Field.Octets(var value) -> value;
            default -> throw new Tars.Malformed("field " + tag);
        };
    }

    private static long number(SortedMap<Integer, Field> fields, int tag) {
        return switch (optional(fields, tag)) {
            case null -> 0;
            case Field.Int(long value) -> value;
            default -> throw new Tars.Malformed("field " + tag);
        };
    }

    private static @Nullable Field optional(SortedMap<Integer, Field> fields, int tag) {
        return fields.get(tag);
    }

    private static Verdict<SignedFiscoTransaction> refuse(String part) {
        return Verdict.reject(new MalformedTransaction(part));
    }

    public Bytes32 hash(FiscoSuite suite) {
        return transaction.hash(suite);
    }

    /// The account whose key signed, or none if no key did.
    public Optional<Address> sender(FiscoSuite suite) {
        return suite.signer(hash(suite), signature).map(suite::address);
    }
}
