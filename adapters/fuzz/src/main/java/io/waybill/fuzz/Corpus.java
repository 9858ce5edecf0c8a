package io.waybill.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// The committed inputs of one fuzz target: seeds, and every input that once broke it. They lie where the fuzzer
/// looks for them, in a folder of resources named after the fuzz test and its method, one input a file.
///
/// @param target the target's name, which is its folder's
public record Corpus(String target, List<byte[]> inputs) {
    /// The longest that one input may take, far above what any does.
    private static final long MOST_NANOS = 5_000_000_000L;

    public Corpus {
        inputs = List.copyOf(inputs);
    }

    /// The corpus beside a class.
    ///
    /// @param fuzzTest simple name of the fuzz test in the class' package, which need not be compiled
    /// @throws IllegalStateException if there is none or it is empty
    public static Corpus of(Class<?> beside, String fuzzTest, String target) {
        var folder = fuzzTest + "Inputs/" + target;
        var found = beside.getResource(folder);
        if (found == null) throw new IllegalStateException("corpus: expected the folder " + folder + ", found none");
        try (var files = Files.list(Path.of(found.toURI()))) {
            var inputs = files.sorted().map(Corpus::read).toList();
            if (inputs.isEmpty())
                throw new IllegalStateException("corpus: expected inputs in " + folder + ", got none");
            return new Corpus(target, inputs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Shows the target every input as it is, and then as many changed ones.
    ///
    /// @param seed of the changes: the same ones each time
    /// @throws AssertionError naming the input if the target throws anything, or takes seconds
    public void run(Consumer<byte[]> fuzz, long seed, int changed) {
        inputs.forEach(input -> show(fuzz, input));
        var mutator = new Mutator(new SplittableRandom(seed));
        for (int i = 0; i < changed; i++) show(fuzz, mutator.next(inputs));
    }

    // Whatever a target throws is what is looked for.
    private void show(Consumer<byte[]> fuzz, byte[] input) {
        long began = System.nanoTime();
        try {
            fuzz.accept(input.clone());
        } catch (RuntimeException | Error e) {
            throw new AssertionError("%s: %s on %s".formatted(target, e, hex(input)), e);
        }
        long took = System.nanoTime() - began;
        if (took > MOST_NANOS) {
            throw new AssertionError("%s: took %d ms on %s".formatted(target, took / 1_000_000, hex(input)));
        }
    }

    private static String hex(byte[] input) {
        return "%d octets %s".formatted(input.length, HexFormat.of().formatHex(input));
    }
}
