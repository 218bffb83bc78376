package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.internal.stats.StudentT;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far estimates of the units' effects were from the truth, over one draw of a panel or several.
 *
 * <p>A unit counts where it has both an estimate and a truth. What cannot be told is NaN: a rank correlation of fewer
 * than two different values, the coverage of an estimator without intervals, a worst row nobody gave. Immutable.
 *
 * <pre class="example">{@code
 * List<Estimate> ates = effects.effects().stream().map(UnitEffect::ate).toList();
 * Accuracy accuracy = Accuracy.of(ates, simulated.ate(), 0.95);
 * double error = accuracy.rmse();
 * double coverage = accuracy.coverage();
 * }</pre>
 */
public final class Accuracy {

    private static final double NORMAL = 1e9;

    private final int draws;
    private final long units;
    private final double errors;
    private final double squares;
    private final long intervals;
    private final long covered;
    private final double widths;
    private final Mean worstRow;
    private final Mean correlation;

    private Accuracy(
            int draws,
            long units,
            double errors,
            double squares,
            long intervals,
            long covered,
            double widths,
            Mean worstRow,
            Mean correlation) {
        this.draws = draws;
        this.units = units;
        this.errors = errors;
        this.squares = squares;
        this.intervals = intervals;
        this.covered = covered;
        this.widths = widths;
        this.worstRow = worstRow;
        this.correlation = correlation;
    }

    /**
     * Judges one draw of an estimator without intervals.
     *
     * @param estimates one per unit, NaN where there is none
     * @param truth the effects that were to be found, NaN where there is none
     * @return the accuracy
     * @throws IllegalArgumentException if the lengths differ
     */
    public static Accuracy of(double[] estimates, double[] truth) {
        if (estimates.length != truth.length) {
            throw new IllegalArgumentException(
                    estimates.length + " estimates for " + truth.length + " true effects: give one of each per unit");
        }
        int[] known = IntStream.range(0, truth.length)
                .filter(unit -> !Double.isNaN(estimates[unit]) && !Double.isNaN(truth[unit]))
                .toArray();
        double sum = 0;
        double squares = 0;
        for (int unit : known) {
            double error = estimates[unit] - truth[unit];
            sum += error;
            squares += error * error;
        }
        Mean correlation = Mean.of(rankCorrelation(
                Arrays.stream(known).mapToDouble(unit -> estimates[unit]).toArray(),
                Arrays.stream(known).mapToDouble(unit -> truth[unit]).toArray()));
        return new Accuracy(1, known.length, sum, squares, 0, 0, 0, Mean.NONE, correlation);
    }

    /**
     * Judges one draw.
     *
     * @param estimates one per unit
     * @param truth the effects that were to be found, NaN where there is none
     * @param level level of the intervals, between 0 and 1
     * @return the accuracy
     * @throws IllegalArgumentException if the lengths differ or the level is not between 0 and 1
     */
    public static Accuracy of(List<Estimate> estimates, double[] truth, double level) {
        Accuracy points = of(
                estimates.stream()
                        .mapToDouble(estimate -> estimate.isAvailable() ? estimate.value() : Double.NaN)
                        .toArray(),
                truth);
        long intervals = 0;
        long covered = 0;
        double widths = 0;
        for (int unit = 0; unit < truth.length; unit++) {
            if (estimates.get(unit).hasStandardError() && !Double.isNaN(truth[unit])) {
                Interval interval = estimates.get(unit).interval(level);
                intervals++;
                covered += interval.contains(truth[unit]) ? 1 : 0;
                widths += interval.upper() - interval.lower();
            }
        }
        return new Accuracy(
                1,
                points.units,
                points.errors,
                points.squares,
                intervals,
                covered,
                widths,
                Mean.NONE,
                points.correlation);
    }

    /**
     * Adds the error of the worst row of the effect matrix.
     *
     * @param error {@link LowRankMatrix#worstRowError} of a single draw
     * @return a changed copy
     */
    public Accuracy withWorstRow(double error) {
        return new Accuracy(draws, units, errors, squares, intervals, covered, widths, Mean.of(error), correlation);
    }

    /**
     * Adds further draws.
     *
     * @param other theirs
     * @return both together
     */
    public Accuracy plus(Accuracy other) {
        return new Accuracy(
                draws + other.draws,
                units + other.units,
                errors + other.errors,
                squares + other.squares,
                intervals + other.intervals,
                covered + other.covered,
                widths + other.widths,
                worstRow.plus(other.worstRow),
                correlation.plus(other.correlation));
    }

    /**
     * Returns the number of draws.
     *
     * @return 1 or more
     */
    public int draws() {
        return draws;
    }

    /**
     * Returns how many estimates were judged.
     *
     * @return units with an estimate and a truth, added up over the draws
     */
    public long units() {
        return units;
    }

    /**
     * Returns the average error, estimate less truth.
     *
     * @return in units of the outcome
     */
    public double bias() {
        return errors / units;
    }

    /**
     * Returns the root of the mean squared error over units and draws.
     *
     * @return in units of the outcome
     */
    public double rmse() {
        return Math.sqrt(squares / units);
    }

    /**
     * Returns the largest row error of the effect matrix, max<sub>i</sub> ‖M̂<sub>i</sub> − M<sub>i</sub>‖<sub>2</sub> / √m, averaged over draws.
     *
     * @return in units of the outcome
     */
    public double worstRow() {
        return worstRow.value();
    }

    /**
     * Returns Spearman's rank correlation of estimates with truths within a draw, averaged over draws.
     *
     * @return from -1 to 1
     */
    public double rankCorrelation() {
        return correlation.value();
    }

    /**
     * Returns the share of intervals that hold the truth.
     *
     * @return from 0 to 1
     */
    public double coverage() {
        return (double) covered / intervals;
    }

    /**
     * Returns the average width of the intervals.
     *
     * @return in units of the outcome
     */
    public double width() {
        return widths / intervals;
    }

    /**
     * Returns the width of the intervals relative to what normal errors of the same RMSE would need: 1 is as wide as needed.
     *
     * @param level the level of the intervals, between 0 and 1
     * @return the average width over the needed one
     */
    public double widthOverNeeded(double level) {
        return width() / (2 * StudentT.quantile(0.5 + level / 2, NORMAL) * rmse());
    }

    @Override
    public String toString() {
        return "bias " + bias() + ", RMSE " + rmse() + ", coverage " + coverage() + " over " + draws + " draws";
    }

    /** Pearson's correlation of the ranks, those of ties being averaged; NaN where either does not vary. */
    private static double rankCorrelation(double[] first, double[] second) {
        double[] a = ranks(first);
        double[] b = ranks(second);
        double middle = (a.length - 1) / 2.0;
        double product = 0;
        double varianceA = 0;
        double varianceB = 0;
        for (int k = 0; k < a.length; k++) {
            product += (a[k] - middle) * (b[k] - middle);
            varianceA += (a[k] - middle) * (a[k] - middle);
            varianceB += (b[k] - middle) * (b[k] - middle);
        }
        return product / Math.sqrt(varianceA * varianceB);
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> values[k]))
                .mapToInt(k -> k)
                .toArray();
        double[] ranks = new double[values.length];
        int start = 0;
        while (start < order.length) {
            int end = start;
            while (end < order.length && values[order[end]] == values[order[start]]) {
                end++;
            }
            for (int k = start; k < end; k++) {
                ranks[order[k]] = (start + end - 1) / 2.0;
            }
            start = end;
        }
        return ranks;
    }

    /** A mean over those draws that have the number. */
    private record Mean(double sum, int count) {

        static final Mean NONE = new Mean(0, 0);

        static Mean of(double value) {
            return Double.isNaN(value) ? NONE : new Mean(value, 1);
        }

        Mean plus(Mean other) {
            return new Mean(sum + other.sum, count + other.count);
        }

        double value() {
            return sum / count;
        }
    }
}
