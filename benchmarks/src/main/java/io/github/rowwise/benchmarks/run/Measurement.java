package io.github.rowwise.benchmarks.run;

import java.util.Map;

/**
 * Result of a benchmark with given parameters.
 *
 * @param benchmark class and method, for example {@code FitBenchmark.fit}
 * @param backend the backend, empty if the benchmark needs none
 * @param parameters the other parameters, ordered by name
 * @param median median time of the iterations
 * @param error half the width of JMH's 99.9 % interval of the mean, NaN if there are too few iterations
 * @param unit {@code ms/op} or {@code us/op}
 */
record Measurement(
        String benchmark, String backend, Map<String, String> parameters, double median, double error, String unit) {

    /** Returns the unit for the page. */
    String shortUnit() {
        return unit.startsWith("us") ? "µs" : unit.substring(0, unit.indexOf('/'));
    }

    /** Returns the median in seconds. */
    double seconds() {
        return switch (unit) {
            case "ms/op" -> median * 1e-3;
            case "us/op" -> median * 1e-6;
            default ->
                throw new IllegalArgumentException(
                        benchmark + " is measured in '" + unit + "': only ms/op and us/op are supported");
        };
    }
}
