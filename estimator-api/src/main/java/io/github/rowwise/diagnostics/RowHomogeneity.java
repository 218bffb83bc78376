package io.github.rowwise.diagnostics;

import io.github.rowwise.internal.assignment.RotationPValue;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Whether units' propensities for an arm move with the period: a test of row-homogeneous assignment, on which the guarantee
 * of Algorithm 1 rests.
 *
 * <p>Let R hold the within-row deviations R<sub>ij</sub> = W<sub>ij</sub> (D<sub>ij</sub> − p<sub>i</sub>), with W_ij = 1 where cell (i,j) was observed,
 * D_ij = 1 where it was in the arm, and p_i the unit's share of observed periods in the arm. Under row-homogeneous
 * assignment, with units independent of each other, R is noise around zero; else it is noise around the matrix of
 * propensity deviations P. The test compares R's column sums and its largest singular value with those of 99 rotations: each
 * unit's course through the arm is turned by a random offset of its own over the periods in which it was observed, which
 * keeps its share and its serial dependence. Periods between which no unit changes arm move together.
 *
 * <p>A small p-value says that units move together or against each other in time, be it because propensities follow the
 * period, the outcome or each other, or because units enter in step. It says nothing of assignment that follows a unit's
 * own past. Units that are always or never in the arm tell nothing and are left out.
 *
 * <p>On a large panel the test takes some units, chosen by a hash of their names. The order of units does not matter, that
 * of periods does, and outcomes do not matter at all. Immutable, and safe for use by several threads.
 *
 * <p>The matrix P is that of arXiv:2605.30319; {@code docs/method.md} has the test's size and power.
 *
 * <pre class="example">{@code
 * RowHomogeneity test = RowHomogeneity.of(panel, 1, 1);
 * if (test.pValue().isPresent() && test.pValue().getAsDouble() <= 0.05) {
 *     System.out.println("propensities move, most in " + panel.periodNames().get(test.shiftedPeriod()));
 * }
 * }</pre>
 */
public final class RowHomogeneity {

    /** Number of rotations compared with; the least p-value is one over this number plus one. */
    public static final int ROTATIONS = 99;

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
     * Tests one arm of a panel. Takes two passes over the arms and at most some tenths of a second besides.
     *
     * @param panel any panel
     * @param arm the arm, 0 for control; with two arms both give the same p-value
     * @param seed seed of the rotations and of the choice of units
     * @return the test
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public static RowHomogeneity of(Panel panel, int arm, long seed) {
        Objects.checkIndex(arm, panel.arms());
        double[] columnSums = new double[panel.periods()];
        double[] shares = new double[panel.units()];
        List<Integer> varying = new ArrayList<>();
        long cells = 0;
        for (RowBlock block : InternalPanels.blocks(panel)) {
            for (int row = 0; row < block.rows(); row++) {
                int unit = block.firstRow() + row;
                int observed = addDeviations(block, row, arm, shares, columnSums);
                if (shares[unit] > 0 && shares[unit] < 1) {
                    varying.add(unit);
                    cells += observed;
                }
            }
        }
        int shifted = 0;
        for (int j = 0; j < columnSums.length; j++) {
            shifted = Math.abs(columnSums[j]) > Math.abs(columnSums[shifted]) ? j : shifted;
        }
        double largestShift = varying.isEmpty() ? 0 : columnSums[shifted] / varying.size();
        int most = Math.max(LEAST_UNITS, Math.min(MOST_UNITS, MOST_CELLS / panel.periods()));
        if (varying.size() < 2) {
            return new RowHomogeneity(arm, varying.size(), 0, Double.NaN, 0, 0, shifted, largestShift);
        }
        CellHash hash = new CellHash(seed, panel.unitNames(), List.of());
        List<Integer> tested = varying.stream()
                .sorted(Comparator.comparingLong(unit -> hash.unitBits(unit, 0)))
                .limit(most)
                .toList();
        List<byte[]> courses =
                tested.stream().map(unit -> course(panel, unit, arm)).toList();
        RotationPValue.Result result = new RotationPValue(courses)
                .run(ROTATIONS, (index, rotation) -> hash.unitBits(tested.get(index), rotation + 1));
        long testedCells = 0;
        for (byte[] course : courses) {
            for (byte cell : course) {
                testedCells += cell == RowBlock.MISSING ? 0 : 1;
            }
        }
        double drift = Math.sqrt(result.squaredNorm() / testedCells);
        return new RowHomogeneity(
                arm,
                varying.size(),
                tested.size(),
                result.pValue(),
                drift,
                drift * Math.sqrt((double) cells),
                shifted,
                largestShift);
    }

    /** Adds one row of R to the column sums, sets the unit's share and returns its observed cells. */
    private static int addDeviations(RowBlock block, int row, int arm, double[] shares, double[] columnSums) {
        int start = row * block.columns();
        int observed = 0;
        int inArm = 0;
        for (int j = 0; j < block.columns(); j++) {
            byte here = block.arms()[start + j];
            observed += here == RowBlock.MISSING ? 0 : 1;
            inArm += here == arm ? 1 : 0;
        }
        double share = observed == 0 ? 0 : (double) inArm / observed;
        shares[block.firstRow() + row] = share;
        for (int j = 0; j < block.columns(); j++) {
            byte here = block.arms()[start + j];
            if (here != RowBlock.MISSING) {
                columnSums[j] += (here == arm ? 1 : 0) - share;
            }
        }
        return observed;
    }

    private static byte[] course(Panel panel, int unit, int arm) {
        byte[] course = new byte[panel.periods()];
        for (int j = 0; j < course.length; j++) {
            int here = panel.arm(unit, j);
            course[j] = here == RowBlock.MISSING ? RowBlock.MISSING : (byte) (here == arm ? 1 : 0);
        }
        return course;
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
     * @return from 0.01 to 1; empty where fewer than two units are in and out of the arm
     */
    public OptionalDouble pValue() {
        return Double.isNaN(pValue) ? OptionalDouble.empty() : OptionalDouble.of(pValue);
    }

    /**
     * Returns by how much propensities move along the strongest pattern over time: the estimated operator norm of P over the
     * root of the cells, so the root mean square of the moves of a cell.
     *
     * @return from 0 to 0.5; low where few units were seen, because noise hides what is weaker than itself, and where
     *     propensities drift slowly, because a rotated course keeps part of that
     */
    public double drift() {
        return drift;
    }

    /**
     * Returns the estimated operator norm of the matrix P of propensity deviations. Its square is what the largest squared
     * singular value of R has above the median of its rotations, or, where that is more, what the squared norm of R's column
     * sums over the number of units has.
     *
     * @return 0 or more, for all units, also where the test took some
     */
    public double operatorNorm() {
        return operatorNorm;
    }

    /**
     * Returns the period in which the share of units in the arm differs most from what the units' own shares let expect.
     *
     * @return index of the period
     */
    public int shiftedPeriod() {
        return shiftedPeriod;
    }

    /**
     * Returns that difference: the column mean of R over the units that are in and out of the arm, noise included.
     *
     * @return between -1 and 1, above 0 where more units are in the arm than expected
     */
    public double largestShift() {
        return largestShift;
    }

    /**
     * Returns how many units are in and out of the arm.
     *
     * @return 0 or more
     */
    public int varyingUnits() {
        return varyingUnits;
    }

    /**
     * Returns how many of these units the test took.
     *
     * @return all of them on a panel that is not large; 0 where there was no test
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
