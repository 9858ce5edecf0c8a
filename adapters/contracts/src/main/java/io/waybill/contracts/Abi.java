package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import java.util.ArrayList;
import java.util.List;

/// Values in the encoding that contracts read: 32-octet words, and offsets to whatever has no fixed size.
///
/// @see <a href="https://docs.soliditylang.org/en/latest/abi-spec.html">Contract ABI specification</a>
sealed interface Abi {
    int WORD = 32;

    record Word(Bytes value) implements Abi {}

    record Octets(Bytes value) implements Abi {}

    record Items(List<Abi> values) implements Abi {}

    record Tuple(List<Abi> values) implements Abi {}

    static Abi of(Bytes32 word) {
        return new Word(word.value());
    }

    static Abi of(Address address) {
        return new Word(Bytes.concat(Bytes.of(new byte[12]), address.value()));
    }

    /// An unsigned number of up to 64 bits.
    static Abi of(long number) {
        return new Word(Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(number)));
    }

    static Abi of(boolean flag) {
        return of(flag ? 1 : 0);
    }

    static Abi of(Bytes octets) {
        return new Octets(octets);
    }

    static Abi items(List<? extends Abi> values) {
        return new Items(List.copyOf(values));
    }

    static Abi tuple(Abi... values) {
        return new Tuple(List.of(values));
    }

    /// The first four octets of Keccak-256 over a signature.
    static Bytes selector(String signature) {
        return Digests.keccak256(Bytes.utf8(signature)).value().slice(0, 4);
    }

    /// The topic of an event: Keccak-256 over its signature.
    static Bytes32 topic(String signature) {
        return Digests.keccak256(Bytes.utf8(signature));
    }

    /// The data of a call.
    static Bytes call(String signature, Abi... arguments) {
        return Bytes.concat(selector(signature), arguments(arguments));
    }

    /// The arguments of a call or of a constructor.
    static Bytes arguments(Abi... arguments) {
        return sequence(List.of(arguments));
    }

    private boolean dynamic() {
        return switch (this) {
            case Word _ -> false;
            case Octets _, Items _ -> true;
            case Tuple(var values) -> values.stream().anyMatch(Abi::dynamic);
        };
    }

    private int headSize() {
        return switch (this) {
            case Tuple(var values)
            when !dynamic() -> values.stream().mapToInt(Abi::headSize).sum();
            default -> WORD;
        };
    }

    private Bytes encode() {
        return switch (this) {
            case Word(var value) -> value;
            case Octets(var value) -> Bytes.concat(length(value.size()), padded(value));
            case Items(var values) -> Bytes.concat(length(values.size()), sequence(values));
            case Tuple(var values) -> sequence(values);
        };
    }

    private static Bytes sequence(List<Abi> values) {
        int offset = values.stream().mapToInt(Abi::headSize).sum();
        var heads = new ArrayList<Bytes>();
        var tails = new ArrayList<Bytes>();
        for (var value : values) {
            var encoded = value.encode();
            if (!value.dynamic()) {
                heads.add(encoded);
                continue;
            }
            heads.add(length(offset));
            tails.add(encoded);
            offset += encoded.size();
        }
        heads.addAll(tails);
        return Bytes.concat(heads);
    }

    private static Bytes length(int size) {
        return Bytes.concat(Bytes.of(new byte[24]), Bytes.u64(size));
    }

    private static Bytes padded(Bytes octets) {
        return Bytes.concat(octets, Bytes.of(new byte[(WORD - octets.size() % WORD) % WORD]));
    }
}
