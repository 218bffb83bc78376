package io.github.rowwise.benchmarks.run;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One figure: a benchmark with its parameters.
 *
 * @param benchmark class and method, such as {@code FitBenchmark.fit}
 * @param backend the backend, empty where the benchmark needs none
 * @param parameters the other parameters, in the order of their names
 * @param median median time of the iterations
 * @param error half the width of JMH's 99.9 % interval of the mean, NaN where there are too few iterations
 * @param unit {@code ms/op} or {@code us/op}
 */
record Measurement(
        String benchmark, String backend, Map<String, String> parameters, double median, double error, String unit) {

    private static final String BACKEND = "backend";

    static Measurement of(JsonNode result) {
        String name = result.required("benchmark").asString();
        Map<String, String> parameters =
                result.has("params") ? Results.strings(result.required("params")) : new LinkedHashMap<>();
        String backend = parameters.getOrDefault(BACKEND, "");
        parameters.remove(BACKEND);
        JsonNode metric = result.required("primaryMetric");
        return new Measurement(
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                backend,
                parameters,
                metric.required("scorePercentiles").required("50.0").asDouble(),
                // JMH writes the text NaN where there is no error.
                metric.required("scoreError").asDouble(Double.NaN),
                metric.required("scoreUnit").asString());
    }

    /** The unit as it is printed. */
    String shortUnit() {
        return unit.startsWith("us") ? "µs" : unit.substring(0, unit.indexOf('/'));
    }

    /** The median in seconds. */
    double seconds() {
        return switch (unit) {
            case "ms/op" -> median * 1e-3;
            case "us/op" -> median * 1e-6;
            default ->
                throw new IllegalArgumentException(
                        benchmark + " is measured in '" + unit + "': only ms/op and us/op are known here");
        };
    }
}
