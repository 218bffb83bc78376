package io.github.rowwise.benchmarks;

import io.github.rowwise.Estimate;
import io.github.rowwise.Interval;
import io.github.rowwise.Panel;
import io.github.rowwise.SimulatedPanel;
import io.github.rowwise.UnitEffects;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Adds up how far estimates of the units' effects are from the truth, over draws. Units without a truth stay out. */
final class Accuracy {

    private static final double LEVEL = 0.95;
    private static final double NORMAL_QUANTILE = 1.959964;

    private int draws;
    private int units;
    private int intervals;
    private int covered;
    private double sum;
    private double squares;
    private double widths;
    private double worstRows;
    private double correlations;
    private double seconds;

    /** Adds a draw of an estimator without intervals; NaN where it has no estimate. */
    void add(IntToDoubleFunction estimate, double[] truth) {
        double[] estimates =
                IntStream.range(0, truth.length).mapToDouble(estimate).toArray();
        addErrors(estimates, truth);
        worstRows = Double.NaN;
    }

    /** Adds a draw of an estimator. */
    void add(Function<Panel, UnitEffects> fit, SimulatedPanel simulated, boolean isStaggered) {
        long start = System.nanoTime();
        UnitEffects effects = fit.apply(simulated.panel());
        seconds += (System.nanoTime() - start) / 1e9;
        double[] truth = isStaggered ? simulated.att() : simulated.ate();
        double[] estimates = new double[truth.length];
        for (int unit = 0; unit < truth.length; unit++) {
            Estimate estimate = AccuracyHarness.judged(effects.unit(unit, 1), isStaggered);
            estimates[unit] = estimate.isAvailable() ? estimate.value() : Double.NaN;
            if (estimate.hasStandardError() && !Double.isNaN(truth[unit])) {
                Interval interval = estimate.interval(LEVEL);
                intervals++;
                covered += interval.contains(truth[unit]) ? 1 : 0;
                widths += interval.upper() - interval.lower();
            }
        }
        addErrors(estimates, truth);
        worstRows += AccuracyHarness.worstRow(effects, simulated.effects());
    }

    private void addErrors(double[] estimates, double[] truth) {
        int[] known = IntStream.range(0, truth.length)
                .filter(unit -> !Double.isNaN(estimates[unit]) && !Double.isNaN(truth[unit]))
                .toArray();
        for (int unit : known) {
            double error = estimates[unit] - truth[unit];
            sum += error;
            squares += error * error;
        }
        units += known.length;
        draws++;
        correlations += rankCorrelation(
                Arrays.stream(known).mapToDouble(unit -> estimates[unit]).toArray(),
                Arrays.stream(known).mapToDouble(unit -> truth[unit]).toArray());
    }

    /** The cells of the table after the method's name. */
    String row() {
        double error = Math.sqrt(squares / units);
        return String.format(
                        Locale.ROOT,
                        "%.3f | %.3f | %.2f | %.3f | %.3f | %.2f | %.2f |",
                        sum / units,
                        error,
                        worstRows / draws,
                        correlations / draws,
                        (double) covered / intervals,
                        widths / intervals / (2 * NORMAL_QUANTILE * error),
                        seconds == 0 ? Double.NaN : seconds / draws)
                .replace("NaN", "");
    }

    /** Spearman's rank correlation of numbers without ties. */
    static double rankCorrelation(double[] first, double[] second) {
        int[] firstRanks = ranks(first);
        int[] secondRanks = ranks(second);
        double sum = 0;
        for (int k = 0; k < firstRanks.length; k++) {
            double difference = firstRanks[k] - secondRanks[k];
            sum += difference * difference;
        }
        double n = firstRanks.length;
        return 1 - 6 * sum / (n * (n * n - 1));
    }

    private static int[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(k -> values[k]));
        int[] ranks = new int[values.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }
}
