package io.github.rowwise.diagnostics;

import io.github.rowwise.internal.assignment.RotationPValue;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.Panel;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Tests whether units' propensities for an arm move over time. The guarantee of the spectral method requires row-homogeneous
 * assignment, that is, propensities that differ between units but not between periods.
 *
 * <p>Let R hold the within-row deviations R<sub>ij</sub> = W<sub>ij</sub> (D<sub>ij</sub> − p<sub>i</sub>), with
 * W<sub>ij</sub> = 1 if cell (i,j) was observed, D<sub>ij</sub> = 1 if it was in the arm, and p<sub>i</sub> the share of the
 * unit's observed periods that were in the arm. If assignment is row-homogeneous and units are independent of each other, R is
 * noise around zero. Otherwise it is noise around the matrix P of propensity deviations. The test compares the column sums and
 * the largest singular value of R with those of 99 rotations. A rotation shifts each unit's treatment path by a random offset
 * over the periods in which the unit was observed. It keeps the unit's share of treated periods and its serial dependence.
 * Periods between which no unit changes arm are shifted together.
 *
 * <p>A small p-value shows that units move together or against each other over time: because propensities depend on the
 * period, on outcomes or on each other, or because units enter at the same time. The test does not detect assignment that
 * depends on a unit's own past. Units that are always or never in the arm are excluded, because they contain no information.
 *
 * <p>On a large panel the test uses some of the units, chosen by a hash of their names. The result depends on the order of the
 * periods, but not on the order of the units or on outcomes. Immutable, and safe for use by several threads.
 *
 * <p>The matrix P is that of arXiv:2605.30319. The test's size and power are in {@code docs/method.md}.
 *
 * <pre class="example">{@code
 * RowHomogeneity test = RowHomogeneity.of(panel, 1, 1);
 * System.out.println(test.conclusion());
 * if (test.isMoving()) {
 *     System.out.println("most in period " + panel.periodNames().get(test.shiftedPeriod()));
 * }
 * }</pre>
 */
public final class RowHomogeneity {

    /** Number of rotations. The smallest possible p-value is 1 / (ROTATIONS + 1). */
    public static final int ROTATIONS = 99;

    private static final double SIGNIFICANT = 0.05;
    private static final double NOTICEABLE_DRIFT = 0.01;
    private static final int MOST_UNITS = 500;
    private static final int LEAST_UNITS = 50;
    private static final int MOST_CELLS = 100_000;

    private final int arm;
    private final int varyingUnits;
    private final int testedUnits;
    private final double pValue;
    private final double drift;
    private final double operatorNorm;
    private final int shiftedPeriod;
    private final double largestShift;

    private RowHomogeneity(
            int arm,
            int varyingUnits,
            int testedUnits,
            double pValue,
            double drift,
            double operatorNorm,
            int shiftedPeriod,
            double largestShift) {
        this.arm = arm;
        this.varyingUnits = varyingUnits;
        this.testedUnits = testedUnits;
        this.pValue = pValue;
        this.drift = drift;
        this.operatorNorm = operatorNorm;
        this.shiftedPeriod = shiftedPeriod;
        this.largestShift = largestShift;
    }

    /**
     * Tests one arm of a panel, in one pass over the arms.
     *
     * @param panel any panel. For a {@link io.github.rowwise.panel.PanelShard shard}, all shards have to call this method;
     *     each gets the test of the whole panel
     * @param arm the arm, 0 for control; with two arms both give the same p-value
     * @param seed seed of the rotations and of the choice of units
     * @return the test
     * @throws IndexOutOfBoundsException if there is no such arm
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static RowHomogeneity of(Panel panel, int arm, long seed) {
        Objects.checkIndex(arm, panel.arms());
        return test(panel, arm, arm + 1, seed).get(0);
    }

    /**
     * Tests each arm but control, in one pass over the arms.
     *
     * @param panel any panel, as for {@link #of}
     * @param seed seed of the rotations and of the choice of units
     * @return one test per arm, from arm 1 on
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public static List<RowHomogeneity> ofTreatments(Panel panel, long seed) {
        return test(panel, 1, panel.arms(), seed);
    }

    private static List<RowHomogeneity> test(Panel panel, int firstArm, int endArm, long seed) {
        int most = Math.max(LEAST_UNITS, Math.min(MOST_UNITS, MOST_CELLS / panel.periods()));
        CellHash hash = new CellHash(seed, panel.unitNames(), List.of());
        TreatmentDeviations sums = SequentialPass.over(
                panel,
                () -> new TreatmentDeviations(firstArm, endArm, panel.periods(), most),
                (found, block) -> found.add(block, hash, panel.unitNames()),
                TreatmentDeviations::merge);
        return sums.arms().stream().map(arm -> test(arm, seed)).toList();
    }

    private static RowHomogeneity test(TreatmentDeviations.OfArm sums, long seed) {
        double[] columnSums = sums.columnSums();
        int shifted = 0;
        for (int j = 0; j < columnSums.length; j++) {
            shifted = Math.abs(columnSums[j]) > Math.abs(columnSums[shifted]) ? j : shifted;
        }
        int varying = sums.varyingUnits();
        double largestShift = varying == 0 ? 0 : columnSums[shifted] / varying;
        if (varying < 2) {
            return new RowHomogeneity(sums.arm(), varying, 0, Double.NaN, 0, 0, shifted, largestShift);
        }
        List<TreatmentDeviations.Unit> tested = sums.tested();
        CellHash hash = new CellHash(
                seed, tested.stream().map(TreatmentDeviations.Unit::name).toList(), List.of());
        List<byte[]> paths = tested.stream().map(TreatmentDeviations.Unit::path).toList();
        RotationPValue.Result result =
                new RotationPValue(paths).run(ROTATIONS, (unit, rotation) -> hash.unitBits(unit, rotation + 1));
        long testedCells = 0;
        for (byte[] path : paths) {
            for (byte cell : path) {
                testedCells += cell == RowBlock.MISSING ? 0 : 1;
            }
        }
        double drift = Math.sqrt(result.squaredNorm() / testedCells);
        return new RowHomogeneity(
                sums.arm(),
                varying,
                tested.size(),
                result.pValue(),
                drift,
                drift * Math.sqrt((double) sums.cells()),
                shifted,
                largestShift);
    }

    /**
     * Returns the arm.
     *
     * @return 0 for control
     */
    public int arm() {
        return arm;
    }

    /**
     * Returns the p-value of row-homogeneous assignment.
     *
     * @return from 0.01 to 1; empty if fewer than two units are in the arm in some periods and in another arm in others
     */
    public OptionalDouble pValue() {
        return Double.isNaN(pValue) ? OptionalDouble.empty() : OptionalDouble.of(pValue);
    }

    /**
     * Returns how far propensities move along their strongest pattern over time: the estimated operator norm of P, divided by
     * the square root of the number of cells. This is the root mean square of the deviations of a cell's propensity.
     *
     * @return from 0 to 0.5. It is underestimated if few units were observed, because noise hides weaker patterns, and if
     *     propensities move slowly, because a rotated path keeps part of a slow movement
     */
    public double drift() {
        return drift;
    }

    /**
     * Returns whether propensities move, and far enough to matter.
     *
     * @return true if the p-value is at most 0.05 and the drift is at least 0.01
     */
    public boolean isMoving() {
        return pValue <= SIGNIFICANT && drift >= NOTICEABLE_DRIFT;
    }

    /**
     * Returns the result of the test in words.
     *
     * @return one clause, without a full stop; empty if there is no p-value
     */
    public String conclusion() {
        if (Double.isNaN(pValue)) {
            return "";
        }
        String p = "p " + String.format(Locale.ROOT, "%.2f", pValue);
        if (isMoving()) {
            return String.format(
                    Locale.ROOT, "propensities move over time (%s), by about %.0f percentage points", p, 100 * drift);
        }
        return pValue <= SIGNIFICANT
                ? "propensities hardly move over time (" + p + ", less than 1 percentage point)"
                : "no sign that propensities move over time (" + p + ")";
    }

    /**
     * Returns the estimated operator norm of the matrix P of propensity deviations. Its square is the larger of two numbers:
     * the difference between the squared largest singular value of R and the median of its rotations, and the same difference
     * for the squared norm of R's column sums, divided by the number of units.
     *
     * @return 0 or more, for all units, also if the test used some of them
     */
    public double operatorNorm() {
        return operatorNorm;
    }

    /**
     * Returns the period in which the share of units in the arm differs most from the share that the units' propensities
     * predict.
     *
     * @return index of the period
     */
    public int shiftedPeriod() {
        return shiftedPeriod;
    }

    /**
     * Returns the difference in {@link #shiftedPeriod()}: the column mean of R over the varying units, noise included.
     *
     * @return between -1 and 1; positive if more units are in the arm than predicted
     */
    public double largestShift() {
        return largestShift;
    }

    /**
     * Returns the number of varying units: those that are in the arm in some of their observed periods, but not in all.
     *
     * @return 0 or more
     */
    public int varyingUnits() {
        return varyingUnits;
    }

    /**
     * Returns the number of varying units that the test used.
     *
     * @return all of them unless the panel is large; 0 if there is no p-value
     */
    public int testedUnits() {
        return testedUnits;
    }

    @Override
    public String toString() {
        return "arm " + arm + ": p " + pValue + ", drift " + drift + ", " + testedUnits + " of " + varyingUnits
                + " units";
    }
}
