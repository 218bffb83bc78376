package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowScratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row-scaled, zero-filled and centred matrix X of one arm:
 *
 * <pre>
 * X[i,j] = W[i,j] (scale Y[i,j] - unitMeans[i] - periodMeans[j]) / p_i      with p_i = cells[i] / m
 * </pre>
 *
 * <p>W is 1 for the arm's observed cells and 0 elsewhere. X is not stored: its rows are computed from the outcomes when
 * they are needed. {@code scale} is a power of two that brings the outcomes near 1, so that sums of squares neither
 * overflow nor underflow.
 */
public final class ArmMatrix {

    private final int arm;
    private final int allUnits;
    private final double scale;
    private final int[] cells;
    private final double[] unitMeans;
    private final double[] periodMeans;
    private final CellHash hash;

    /** 1 at the index of this arm's byte, 0 elsewhere. */
    private final double[] members = new double[1 << Byte.SIZE];

    private final @Nullable Fold fold;

    /** A fold of cells that are hidden for cross-validation. */
    public record Fold(int index, int folds) {}

    ArmMatrix(PanelView panel, int arm, int[] cells, double[] unitMeans, double[] periodMeans, @Nullable Fold fold) {
        this.arm = arm;
        this.members[arm] = 1;
        this.allUnits = panel.allUnits();
        this.scale = panel.scale();
        this.cells = cells;
        this.unitMeans = unitMeans;
        this.periodMeans = periodMeans;
        this.hash = panel.hash();
        this.fold = fold;
    }

    public int arm() {
        return arm;
    }

    /** Returns the number of the unit's visible cells in the arm. */
    public int cells(int unit) {
        return cells[unit];
    }

    public int units() {
        return cells.length;
    }

    public int periods() {
        return periodMeans.length;
    }

    /** Returns the unit means that centring subtracts, in scaled outcomes. The array is not copied. */
    public double[] unitMeans() {
        return unitMeans;
    }

    public double[] periodMeans() {
        return periodMeans;
    }

    public double scale() {
        return scale;
    }

    /**
     * Returns T(a) of the paper under row-homogeneous assignment: {@code sqrt((m + n) log(m + n) / q)}, where q is the
     * smallest positive row propensity.
     */
    public double noiseScale(PassRunner runner) {
        int localMinimum = periods();
        for (int count : cells) {
            if (count > 0) {
                localMinimum = Math.min(localMinimum, count);
            }
        }
        int minCells = runner.allReduce(localMinimum, Math::min);
        double sides = (double) allUnits + periods();
        return Math.sqrt(sides * Math.log(sides) * periods() / minCells);
    }

    /** Returns the largest absolute centred outcome of the arm, in scaled outcomes. */
    public double largestCentred(PassRunner runner) {
        return runner.reduceBlocks(
                () -> new RowScratch(new double[periods()]),
                (scratch, block) -> {
                    double largest = 0;
                    for (int row = 0; row < block.rows(); row++) {
                        fillCentred(block, row, scratch.values(), 1);
                        for (double value : scratch.values()) {
                            largest = Math.max(largest, Math.abs(value));
                        }
                    }
                    return largest;
                },
                Math::max);
    }

    /**
     * Sets {@code target} to random bits of the cells of one row. Bit c is the sign of the cell in sign-flipped copy c.
     */
    public void fillBits(RowBlock block, int row, long[] target) {
        int unit = block.firstRow() + row;
        hash.bits(unit, target);
    }

    /** Sets {@code target} to one row of X. */
    public void fillRow(RowBlock block, int row, double[] target) {
        int unit = block.firstRow() + row;
        fillCentred(block, row, target, rowFactor(unit));
    }

    /** Returns 1 / p_i; 0 for a unit without cells in the arm. */
    public double rowFactor(int unit) {
        return cells[unit] == 0 ? 0 : (double) periods() / cells[unit];
    }

    public boolean hasHiddenCells() {
        return fold != null;
    }

    /**
     * Sets {@code target} to the centred outcomes of the arm's cells, multiplied by {@code factor}, and 0 elsewhere.
     */
    void fillCentred(RowBlock block, int row, double[] target, double factor) {
        int m = target.length;
        int unit = block.firstRow() + row;
        int start = row * m;
        double[] outcomes = block.outcomes();
        byte[] arms = block.arms();
        double unitMean = unitMeans[unit];
        setMembership(arms, start, members, target);
        double[] rowOutcomes = Arrays.copyOfRange(outcomes, start, start + m);
        centre(rowOutcomes, scale, unitMean, periodMeans, factor, target);
        Fold hidden = fold;
        if (hidden != null) {
            for (int j = 0; j < m; j++) {
                if (hash.fold(unit, j, hidden.folds()) == hidden.index()) {
                    target[j] = 0;
                }
            }
        }
    }

    /** Looks up membership in a table. A branch would often be mispredicted, because arms alternate irregularly. */
    private static void setMembership(byte[] arms, int start, double[] members, double[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] = members[arms[start + j] & 0xFF];
        }
    }

    /** A separate method whose loops start at index 0, so that the compiler vectorises them. */
    private static void centre(
            double[] outcomes, double scale, double unitMean, double[] periodMeans, double factor, double[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] = Math.fma(outcomes[j], scale, -unitMean - periodMeans[j]) * (factor * target[j]);
        }
    }

    /**
     * Lists the periods of the row's visible cells in the arm and their centred outcomes. Returns the number of cells.
     */
    int listCells(RowBlock block, int row, int[] period, double[] centred) {
        int m = periodMeans.length;
        int unit = block.firstRow() + row;
        int start = row * m;
        int count = list(block.arms(), start, m, arm, period);
        Fold hidden = fold;
        if (hidden != null) {
            int visible = 0;
            for (int k = 0; k < count; k++) {
                if (hash.fold(unit, period[k], hidden.folds()) != hidden.index()) {
                    period[visible++] = period[k];
                }
            }
            count = visible;
        }
        double unitMean = unitMeans[unit];
        double[] outcomes = block.outcomes();
        for (int k = 0; k < count; k++) {
            centred[k] = Math.fma(outcomes[start + period[k]], scale, -unitMean - periodMeans[period[k]]);
        }
        return count;
    }

    /**
     * Lists the periods of a row's cells in an arm without a branch: each period is written, and the position advances
     * only if the cell is in the arm.
     */
    static int list(byte[] arms, int start, int periods, int arm, int[] target) {
        int count = 0;
        for (int j = 0; j < periods; j++) {
            target[count] = j;
            count += (((arms[start + j] ^ arm) & 0xFF) - 1) >>> 31;
        }
        return count;
    }

    /** Sets {@code target} to the centred outcomes of the arm's hidden cells, NaN elsewhere. */
    void fillHidden(RowBlock block, int row, double[] target) {
        int unit = block.firstRow() + row;
        Arrays.fill(target, Double.NaN);
        Fold hidden = fold;
        if (hidden == null) {
            return;
        }
        int start = row * target.length;
        for (int j = 0; j < target.length; j++) {
            if (block.arms()[start + j] == arm && hash.fold(unit, j, hidden.folds()) == hidden.index()) {
                target[j] = block.outcomes()[start + j] * scale - unitMeans[unit] - periodMeans[j];
            }
        }
    }
}
