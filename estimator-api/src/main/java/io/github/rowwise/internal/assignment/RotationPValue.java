package io.github.rowwise.internal.assignment;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.stats.LargestSingularValue;
import java.util.Arrays;
import java.util.List;

/**
 * Tests whether units go through an arm independently of each other and of the period, by rotation.
 *
 * <p>Under the hypothesis a unit's course through the arm may start anywhere: to rotate every unit's course over its
 * observed stretches by an offset of its own changes nothing but the draw. Two statistics of the within-row deviations
 * R see what rotation destroys: the squared norm of R's column sums, which all units' propensities moving together
 * raise, and the square of R's largest singular value, which is raised also where some move against others. The larger of
 * the two, each standardised over the panel and its rotations, is compared.
 *
 * <p>Periods between which no unit changes are one stretch, and rotations move whole stretches: where arms are only
 * assigned anew at common dates, rotations by single periods would not keep that.
 */
public final class RotationPValue {

    /** Differences of this size are rounding. */
    private static final double ROUNDING = 1e-9;

    private final int periods;
    private final int stretches;
    private final TreatmentPath[] courses;
    private final double[] rootLength;

    /**
     * What the test found.
     *
     * @param pValue from {@code 1 / (rotations + 1)} to 1
     * @param squaredNorm estimate of the squared operator norm of the expectation of R: what the square of R's largest
     *     singular value, or of its column sums over the root of the number of units, has above the median of the rotations
     * @param largest square of the largest singular value of R
     */
    public record Result(double pValue, double squaredNorm, double largest) {}

    /** A unit's observed stretches: which, with how many cells, and whether in the arm. */
    private record TreatmentPath(int[] stretch, double[] cells, boolean[] inArm) {}

    /**
     * Prepares the courses of some units.
     *
     * @param units one row a unit and one entry a period: 1 in the arm, 0 observed elsewhere, {@link RowBlock#MISSING}
     *     where not observed; every unit has cells of both kinds
     */
    public RotationPValue(List<byte[]> units) {
        periods = units.get(0).length;
        int[] stretchOf = stretches(units, periods);
        stretches = stretchOf[periods - 1] + 1;
        rootLength = new double[stretches];
        for (int stretch : stretchOf) {
            rootLength[stretch]++;
        }
        for (int s = 0; s < stretches; s++) {
            rootLength[s] = Math.sqrt(rootLength[s]);
        }
        courses = units.stream().map(unit -> course(unit, stretchOf)).toArray(TreatmentPath[]::new);
    }

    /** Compares with rotations; {@code offsets} gives random bits for the index of a unit and of a rotation. */
    public Result run(int rotations, Bits offsets) {
        int n = courses.length;
        double[] common = new double[rotations + 1];
        double[] largest = new double[rotations + 1];
        double[] matrix = new double[n * stretches];
        double[] start = new double[n];
        for (int i = 0; i < n; i++) {
            start[i] = 0.5 + (offsets.of(i, rotations) >>> 11) * 0x1p-53;
        }
        LargestSingularValue solver = new LargestSingularValue(n, stretches, start);
        for (int draw = 0; draw <= rotations; draw++) {
            for (int i = 0; i < n; i++) {
                int length = courses[i].stretch().length;
                // The first draw is the panel itself.
                int offset = draw == 0 ? 0 : (int) Long.remainderUnsigned(offsets.of(i, draw - 1), length);
                fill(courses[i], offset, matrix, i * stretches);
            }
            common[draw] = squaredColumnSums(matrix);
            largest[draw] = solver.squareOf(matrix);
        }
        double[] commonScores = standardised(common);
        double[] largestScores = standardised(largest);
        int asHigh = 0;
        double observed = Math.max(commonScores[0], largestScores[0]);
        for (int draw = 0; draw <= rotations; draw++) {
            asHigh += Math.max(commonScores[draw], largestScores[draw]) >= observed - ROUNDING ? 1 : 0;
        }
        return new Result((double) asHigh / (rotations + 1), Math.max(excess(largest), excess(common) / n), largest[0]);
    }

    /** How far the first value, the panel's, stands above the median of its rotations. */
    private static double excess(double[] values) {
        double[] rotated = Arrays.copyOfRange(values, 1, values.length);
        Arrays.sort(rotated);
        return Math.max(0, values[0] - rotated[rotated.length / 2]);
    }

    /** Random bits for two indices. */
    public interface Bits {
        long of(int unit, int index);
    }

    /** The stretch that each period is in. A change between two observed cells counts as wherever between it fits best. */
    static int[] stretches(List<byte[]> units, int periods) {
        // The latest last cell before a change that shows in a period: a stretch must start after the one, up to the
        // other.
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
        int[] stretchOf = new int[periods];
        int start = 0;
        int stretch = 0;
        for (int j = 0; j < periods; j++) {
            if (latest[j] >= start) {
                start = j;
                stretch++;
            }
            stretchOf[j] = stretch;
        }
        return stretchOf;
    }

    private static TreatmentPath course(byte[] unit, int[] stretchOf) {
        int[] stretch = new int[unit.length];
        double[] cells = new double[unit.length];
        boolean[] inArm = new boolean[unit.length];
        int count = 0;
        for (int j = 0; j < unit.length; j++) {
            if (unit[j] != RowBlock.MISSING) {
                if (count == 0 || stretch[count - 1] != stretchOf[j]) {
                    stretch[count] = stretchOf[j];
                    inArm[count] = unit[j] == 1;
                    count++;
                }
                cells[count - 1]++;
            }
        }
        return new TreatmentPath(
                Arrays.copyOf(stretch, count), Arrays.copyOf(cells, count), Arrays.copyOf(inArm, count));
    }

    /** One row of R: a stretch of equal periods stands as one column of the same norm. */
    private void fill(TreatmentPath path, int offset, double[] matrix, int from) {
        int count = path.stretch().length;
        double treated = 0;
        double observed = 0;
        for (int s = 0, at = offset; s < count; s++, at = at + 1 == count ? 0 : at + 1) {
            treated += path.inArm()[at] ? path.cells()[s] : 0;
            observed += path.cells()[s];
        }
        double share = treated / observed;
        Arrays.fill(matrix, from, from + stretches, 0);
        for (int s = 0, at = offset; s < count; s++, at = at + 1 == count ? 0 : at + 1) {
            int column = path.stretch()[s];
            matrix[from + column] = ((path.inArm()[at] ? 1 : 0) - share) * path.cells()[s] / rootLength[column];
        }
    }

    private double squaredColumnSums(double[] matrix) {
        double[] sums = new double[stretches];
        for (int k = 0; k < matrix.length; k++) {
            sums[k % stretches] += matrix[k];
        }
        double total = 0;
        for (double sum : sums) {
            total += sum * sum;
        }
        return total;
    }

    /** Deviations from the mean in standard deviations; zeros where all are equal. */
    private static double[] standardised(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / values.length);
        double least = ROUNDING * mean;
        return Arrays.stream(values)
                .map(v -> deviation <= least ? 0 : (v - mean) / deviation)
                .toArray();
    }
}
