package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.stats.LargestSingularValue;
import java.util.Arrays;
import java.util.List;

/**
 * Randomisation test of the hypothesis that units enter an arm independently of each other and of the period.
 *
 * <p>Under the hypothesis, the treatment path of a unit may start at any point. Therefore each unit's path is rotated
 * over its observed periods by a random offset, and the statistic of the panel is compared with those of the rotated
 * panels.
 *
 * <p>Let R be the matrix of arm indicators minus the row averages, one row per unit. The statistic is the larger of two
 * values, each standardised over the panel and its rotations:
 *
 * <ul>
 *   <li>the squared norm of the column sums of R, which is large if the propensities of all units move together;
 *   <li>the squared largest singular value of R, which is large also if some propensities move in opposite directions.
 * </ul>
 *
 * <p>Consecutive periods between which no unit changes arm form a run, and rotations move whole runs. Rotations by
 * single periods would break a design that assigns arms at common dates only.
 */
public final class RotationPValue {

    /** Differences of this size are rounding errors. */
    private static final double ROUNDING = 1e-9;

    private final int periods;
    private final int runs;
    private final ObservedRuns[] paths;
    private final double[] rootLength;

    /**
     * Result of the test.
     *
     * @param pValue between {@code 1 / (rotations + 1)} and 1
     * @param squaredNorm estimate of the squared operator norm of the expectation of R: the excess of the squared
     *     largest singular value over the median of the rotations, or the corresponding excess of the squared column
     *     sums divided by the number of units, whichever is larger
     * @param largest squared largest singular value of R
     */
    public record Result(double pValue, double squaredNorm, double largest) {}

    /**
     * The runs in which a unit is observed.
     *
     * @param run indices of the runs
     * @param cells number of observed cells per run
     * @param inArm whether the unit is in the arm, per run
     */
    private record ObservedRuns(int[] run, double[] cells, boolean[] inArm) {}

    /**
     * Prepares the test.
     *
     * @param units one row per unit and one entry per period: 1 in the arm, 0 in another arm, {@link RowBlock#MISSING}
     *     if not observed. Each unit must have cells of both kinds
     */
    public RotationPValue(List<byte[]> units) {
        periods = units.get(0).length;
        int[] runOf = runs(units, periods);
        runs = runOf[periods - 1] + 1;
        rootLength = new double[runs];
        for (int run : runOf) {
            rootLength[run]++;
        }
        for (int s = 0; s < runs; s++) {
            rootLength[s] = Math.sqrt(rootLength[s]);
        }
        paths = units.stream().map(unit -> observedRuns(unit, runOf)).toArray(ObservedRuns[]::new);
    }

    /**
     * Runs the test.
     *
     * @param offsets random bits by index of unit and rotation
     */
    public Result run(int rotations, Bits offsets) {
        int n = paths.length;
        double[] common = new double[rotations + 1];
        double[] largest = new double[rotations + 1];
        double[] matrix = new double[n * runs];
        double[] start = new double[n];
        for (int i = 0; i < n; i++) {
            start[i] = 0.5 + (offsets.of(i, rotations) >>> 11) * 0x1p-53;
        }
        LargestSingularValue solver = new LargestSingularValue(n, runs, start);
        for (int draw = 0; draw <= rotations; draw++) {
            for (int i = 0; i < n; i++) {
                int length = paths[i].run().length;
                // Draw 0 is the panel itself.
                int offset = draw == 0 ? 0 : (int) Long.remainderUnsigned(offsets.of(i, draw - 1), length);
                fill(paths[i], offset, matrix, i * runs);
            }
            common[draw] = squaredColumnSums(matrix);
            largest[draw] = solver.squareOf(matrix);
        }
        double[] commonScores = standardised(common);
        double[] largestScores = standardised(largest);
        int atLeastAsLarge = 0;
        double observed = Math.max(commonScores[0], largestScores[0]);
        for (int draw = 0; draw <= rotations; draw++) {
            atLeastAsLarge += Math.max(commonScores[draw], largestScores[draw]) >= observed - ROUNDING ? 1 : 0;
        }
        return new Result(
                (double) atLeastAsLarge / (rotations + 1), Math.max(excess(largest), excess(common) / n), largest[0]);
    }

    /** Returns the excess of the first value, which is the panel's, over the median of the others; 0 if negative. */
    private static double excess(double[] values) {
        double[] rotated = Arrays.copyOfRange(values, 1, values.length);
        Arrays.sort(rotated);
        return Math.max(0, values[0] - rotated[rotated.length / 2]);
    }

    /** Source of random bits. */
    public interface Bits {
        long of(int unit, int index);
    }

    /**
     * Returns the run of each period. A change between two observed cells of a unit may lie anywhere between them, so
     * that it is attributed to a run boundary there if one exists.
     */
    static int[] runs(List<byte[]> units, int periods) {
        // latest[j]: a change of arm is observed in period j, and latest[j] is the last period in which a unit that
        // changes was observed before j. A run must start after latest[j] and not after j.
        int[] latest = new int[periods];
        Arrays.fill(latest, -1);
        for (byte[] unit : units) {
            int last = -1;
            for (int j = 0; j < periods; j++) {
                if (unit[j] != RowBlock.MISSING) {
                    if (last >= 0 && unit[last] != unit[j]) {
                        latest[j] = Math.max(latest[j], last);
                    }
                    last = j;
                }
            }
        }
        int[] runOf = new int[periods];
        int start = 0;
        int run = 0;
        for (int j = 0; j < periods; j++) {
            if (latest[j] >= start) {
                start = j;
                run++;
            }
            runOf[j] = run;
        }
        return runOf;
    }

    private static ObservedRuns observedRuns(byte[] unit, int[] runOf) {
        int[] run = new int[unit.length];
        double[] cells = new double[unit.length];
        boolean[] inArm = new boolean[unit.length];
        int count = 0;
        for (int j = 0; j < unit.length; j++) {
            if (unit[j] != RowBlock.MISSING) {
                if (count == 0 || run[count - 1] != runOf[j]) {
                    run[count] = runOf[j];
                    inArm[count] = unit[j] == 1;
                    count++;
                }
                cells[count - 1]++;
            }
        }
        return new ObservedRuns(Arrays.copyOf(run, count), Arrays.copyOf(cells, count), Arrays.copyOf(inArm, count));
    }

    /**
     * Sets one row of R. A run of k periods is stored as one column, multiplied by the root of k, which leaves the
     * statistics unchanged.
     */
    private void fill(ObservedRuns path, int offset, double[] matrix, int from) {
        int count = path.run().length;
        double treated = 0;
        double observed = 0;
        for (int s = 0, at = offset; s < count; s++, at = at + 1 == count ? 0 : at + 1) {
            treated += path.inArm()[at] ? path.cells()[s] : 0;
            observed += path.cells()[s];
        }
        double share = treated / observed;
        Arrays.fill(matrix, from, from + runs, 0);
        for (int s = 0, at = offset; s < count; s++, at = at + 1 == count ? 0 : at + 1) {
            int column = path.run()[s];
            matrix[from + column] = ((path.inArm()[at] ? 1 : 0) - share) * path.cells()[s] / rootLength[column];
        }
    }

    private double squaredColumnSums(double[] matrix) {
        double[] sums = new double[runs];
        for (int k = 0; k < matrix.length; k++) {
            sums[k % runs] += matrix[k];
        }
        double total = 0;
        for (double sum : sums) {
            total += sum * sum;
        }
        return total;
    }

    /** Returns the deviations from the mean in standard deviations; zeros if all values are equal. */
    private static double[] standardised(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / values.length);
        double minDeviation = ROUNDING * mean;
        return Arrays.stream(values)
                .map(v -> deviation <= minDeviation ? 0 : (v - mean) / deviation)
                .toArray();
    }
}
