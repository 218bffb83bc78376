package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowScratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row-scaled, zero-filled, centred matrix X of one arm, as a rule for filling its rows: never stored.
 *
 * <p>{@code X[i,j] = W[i,j] (scale Y[i,j] - unitMeans[i] - periodMeans[j]) / p_i}, with {@code p_i = cells[i] / m}.
 * {@code scale} is a power of two that brings the outcomes near 1, so that sums of squares neither overflow nor vanish.
 */
public final class ArmMatrix {

    private final int arm;
    private final int allUnits;
    private final double scale;
    private final int[] cells;
    private final double[] unitMeans;
    private final double[] periodMeans;
    private final CellHash hash;

    /** 1 for this arm's byte, 0 for every other. */
    private final double[] members = new double[1 << Byte.SIZE];

    private final @Nullable Fold fold;

    /** The cells hidden for validation. */
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

    /** Cells of the unit in the arm, hidden ones left out. */
    public int cells(int unit) {
        return cells[unit];
    }

    public int units() {
        return cells.length;
    }

    public int periods() {
        return periodMeans.length;
    }

    /** The means that centring took away, in scaled outcomes; shared arrays. */
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
     * T(a) of the paper under row-homogeneous assignment: {@code sqrt((m + n) log(m + n) / q)}, with q the least
     * positive row propensity.
     */
    public double noiseScale(PassRunner runner) {
        int fewest = periods();
        for (int count : cells) {
            if (count > 0) {
                fewest = Math.min(fewest, count);
            }
        }
        int least = runner.allReduce(fewest, Math::min);
        double sides = (double) allUnits + periods();
        return Math.sqrt(sides * Math.log(sides) * periods() / least);
    }

    /** The largest absolute centred outcome of the arm, in scaled outcomes. */
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

    /** Fills {@code target} with the random bits of one row's cells; bit c is the cell's sign in flipped copy c. */
    public void fillBits(RowBlock block, int row, long[] target) {
        int unit = block.firstRow() + row;
        hash.bits(unit, target);
    }

    /** Fills {@code target} with one row of X. */
    public void fillRow(RowBlock block, int row, double[] target) {
        int unit = block.firstRow() + row;
        fillCentred(block, row, target, rowFactor(unit));
    }

    /** 1 / p_i; 0 for a unit without a cell in the arm. */
    public double rowFactor(int unit) {
        return cells[unit] == 0 ? 0 : (double) periods() / cells[unit];
    }

    public boolean hasHiddenCells() {
        return fold != null;
    }

    /** Fills {@code target} with the centred outcomes of the arm's cells times {@code factor}, 0 elsewhere. */
    void fillCentred(RowBlock block, int row, double[] target, double factor) {
        int m = target.length;
        int unit = block.firstRow() + row;
        int start = row * m;
        double[] outcomes = block.outcomes();
        byte[] arms = block.arms();
        double unitMean = unitMeans[unit];
        member(arms, start, members, target);
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

    /** Arms alternate at random, so a branch on them is mispredicted half the time: look membership up instead. */
    private static void member(byte[] arms, int start, double[] members, double[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] = members[arms[start + j] & 0xFF];
        }
    }

    /** A method of its own, and every array from its first index on: such loops the compiler vectorises. */
    private static void centre(
            double[] outcomes, double scale, double unitMean, double[] periodMeans, double factor, double[] target) {
        for (int j = 0; j < target.length; j++) {
            target[j] = Math.fma(outcomes[j], scale, -unitMean - periodMeans[j]) * (factor * target[j]);
        }
    }

    /** Lists the row's cells in the arm, hidden ones left out, with their centred outcomes; returns how many there are. */
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

    /** Lists the periods of a row's cells in an arm without a branch: writes always, and advances where it is the arm. */
    static int list(byte[] arms, int start, int periods, int arm, int[] target) {
        int count = 0;
        for (int j = 0; j < periods; j++) {
            target[count] = j;
            count += (((arms[start + j] ^ arm) & 0xFF) - 1) >>> 31;
        }
        return count;
    }

    /** Fills {@code target} with the centred outcomes of the arm's hidden cells, NaN elsewhere. */
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
