package io.github.rowwise.benchmarks.run;

import io.github.rowwise.benchmarks.Shape;
import io.github.rowwise.benchmarks.SmallProduct;
import java.util.OptionalDouble;

/** Number of operations or bytes of a benchmark, from which rates are computed. */
final class Work {

    /** Bytes of a cell in memory: 8 for its outcome and 1 for its arm. */
    private static final double CELL_BYTES = 9;

    private Work() {}

    /** Returns the floating-point operations of one call, or empty if their number depends on the algorithm. */
    static OptionalDouble operations(Measurement m) {
        return switch (m.benchmark()) {
            case "TilePassBenchmark.product", "TilePassBenchmark.transposedProduct" ->
                OptionalDouble.of(2.0 * cells(m) * vectors(m));
            case "TilePassBenchmark.normalProduct" -> OptionalDouble.of(4.0 * cells(m) * vectors(m));
            case "FusedPassBenchmark.pass" ->
                // Two products for each of two arms, counted as for dense matrices.
                OptionalDouble.of(8.0 * cells(m) * vectors(m));
            case "GramBenchmark.gram" ->
                OptionalDouble.of(
                        // Only the upper triangle is computed.
                        cells(m) * (Shape.parse(parameter(m, "panel")).columns() + 1.0));
            case "SmallProductBenchmark.multiply" ->
                OptionalDouble.of(SmallProduct.valueOf(parameter(m, "product")).operations());
            default -> OptionalDouble.empty();
        };
    }

    /** Returns the bytes of the panel that one call reads, or empty if the benchmark does not measure reading. */
    static OptionalDouble bytes(Measurement m) {
        return switch (m.benchmark()) {
            case "PlainReadBenchmark.read" -> OptionalDouble.of(CELL_BYTES * cells(m));
            case "FillBenchmark.fill" -> OptionalDouble.of(Double.BYTES * (double) cells(m));
            default -> OptionalDouble.empty();
        };
    }

    static long cells(Measurement m) {
        return Shape.parse(parameter(m, "panel")).cells();
    }

    static int vectors(Measurement m) {
        return Integer.parseInt(parameter(m, "vectors"));
    }

    private static String parameter(Measurement m, String name) {
        String value = m.parameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException(m.benchmark() + " has no parameter '" + name + "' in these results");
        }
        return value;
    }
}
