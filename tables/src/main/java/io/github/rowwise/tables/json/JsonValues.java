package io.github.rowwise.tables.json;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Values that several parts of a document have. */
final class JsonValues {

    private JsonValues() {}

    /** An estimate as an object of {@code value}, {@code se}, {@code ci_lo} and {@code ci_hi}. */
    static Map<String, @Nullable Object> estimate(Estimate estimate, double confidenceLevel) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        addEstimate(object, "value", "", estimate, confidenceLevel);
        return object;
    }

    /** An estimate as members named like the columns of the effects table. */
    static void addColumns(
            Map<String, @Nullable Object> object, String name, Estimate estimate, double confidenceLevel) {
        addEstimate(object, name, name + "_", estimate, confidenceLevel);
    }

    private static void addEstimate(
            Map<String, @Nullable Object> object,
            String name,
            String prefix,
            Estimate estimate,
            double confidenceLevel) {
        boolean known = estimate.hasStandardError();
        Interval interval = known ? estimate.interval(confidenceLevel) : null;
        object.put(name, estimate.isAvailable() ? (Double) estimate.value() : null);
        object.put(prefix + "se", known ? (Double) estimate.standardError() : null);
        object.put(prefix + "ci_lo", interval == null ? null : (Double) interval.lower());
        object.put(prefix + "ci_hi", interval == null ? null : (Double) interval.upper());
    }

    /** The value, or {@code null} if there is none. JSON has no infinity: an infinite threshold is none. */
    static @Nullable Double finite(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? (Double) value.getAsDouble() : null;
    }

    /** The value, or {@code null} for NaN. */
    static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
