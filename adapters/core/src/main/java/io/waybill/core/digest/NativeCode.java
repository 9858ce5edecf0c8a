package io.waybill.core.digest;

import java.util.Optional;
import java.util.function.Supplier;

/// Whether native code may do a sum: it is not forbidden, and it loads on this machine.
final class NativeCode {
    /// `java` forbids native code; `native`, or nothing, asks for it where there is some.
    static final String PROPERTY = "waybill.crypto";

    private NativeCode() {}

    /// A library of native code, or none; asked once a library, as the class that holds the answer loads.
    static <T> Optional<T> load(Supplier<T> library) {
        if (System.getProperty(PROPERTY, "native").equals("java")) return Optional.empty();
        try {
            return Optional.of(library.get());
        } catch (LinkageError | RuntimeException e) {
            // Both are how the loaders say that they have no code for this machine, or may not unpack or link it.
            return Optional.empty();
        }
    }
}
