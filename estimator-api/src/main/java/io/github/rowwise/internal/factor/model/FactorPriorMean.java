package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Svd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Prior mean of the factors: their regression on the treatment of the units that load on them.
 *
 * <p>With a zero prior mean, shrinkage of the factors would bias the effects if treatment follows the factors. The
 * regression removes this bias (correlated random effects; Mundlak 1978, doi:10.2307/1913646). Without regressors the
 * prior mean is zero.
 */
public final class FactorPriorMean {

    private static final double DEPENDENT = 1e-8;

    /** The number of regressors is at most the number of periods divided by this. */
    private static final int PERIODS_PER_REGRESSOR = 4;

    private final double @Nullable [][] basis;

    /**
     * Creates a prior mean.
     *
     * @param basis orthonormal basis of the regressors, one row per direction; {@code null} without regressors
     */
    private FactorPriorMean(double @Nullable [][] basis) {
        this.basis = basis;
    }

    public static FactorPriorMean zero() {
        return new FactorPriorMean(null);
    }

    public FactorPriorMean exchange(CheckpointCodec fields) {
        double[][] now = basis == null ? new double[0][] : basis;
        boolean regresses = fields.flag(basis != null);
        double[][] rows = Arrays.copyOf(now, fields.count(now.length));
        fields.eachOf(rows);
        return new FactorPriorMean(regresses ? rows : null);
    }

    /**
     * Computes the regressors in one pass. There is one per factor and treatment: for each period, the share of the
     * period's units in the arm minus the units' shares over all periods, weighted with the units' loadings.
     */
    public static FactorPriorMean fromTreatment(PanelCounts panel, LinearAlgebra algebra, FactorState state) {
        int m = panel.periods();
        int width = panel.treatments() * state.size.rank();
        double[] sums = panel.view()
                .runner()
                .reduceBlocks(
                        () -> new Scratch(new double[panel.view().arms() * width]),
                        (scratch, block) -> {
                            double[] total = new double[m * width];
                            for (int row = 0; row < block.rows(); row++) {
                                setRows(panel, state, block.firstRow() + row, scratch.rows());
                                for (int j = 0; j < m; j++) {
                                    byte arm = block.arms()[row * m + j];
                                    if (arm != RowBlock.MISSING) {
                                        Vectors.addScaled(total, j * width, scratch.rows(), arm * width, 1, width);
                                    }
                                }
                            }
                            return total;
                        },
                        Sums::add);
        double[][] rows = new double[width][m];
        for (int k = 0; k < width; k++) {
            for (int j = 0; j < m; j++) {
                rows[k][j] = sums[j * width + k];
            }
            double mean = SmallMatrices.mean(rows[k]);
            for (int j = 0; j < m; j++) {
                rows[k][j] -= mean;
            }
        }
        int maxRegressors = Math.max(1, m / PERIODS_PER_REGRESSOR);
        return new FactorPriorMean(
                orthonormal(width <= maxRegressors ? rows : principalAxes(rows, maxRegressors, algebra)));
    }

    /** Sets one row per arm: the contribution of a cell in that arm to each regressor. */
    private static void setRows(PanelCounts panel, FactorState state, int unit, double[] rows) {
        int rank = state.size.rank();
        int width = panel.treatments() * rank;
        for (int treatment = 0; treatment < panel.treatments(); treatment++) {
            double share = (double) panel.cells(unit, treatment + 1) / Math.max(1, panel.cells()[unit]);
            for (int k = 0; k < rank; k++) {
                double loading = state.coefficients[unit * state.size.coefficients() + 1 + k] / state.noise[unit];
                for (int arm = 0; arm < panel.view().arms(); arm++) {
                    rows[arm * width + treatment * rank + k] = loading * ((arm == treatment + 1 ? 1 : 0) - share);
                }
            }
        }
    }

    /**
     * Returns the principal axes of the regressors. With all regressors, little of the factors would remain to be
     * shrunk.
     */
    private static double[][] principalAxes(double[][] rows, int maxRegressors, LinearAlgebra algebra) {
        int m = rows[0].length;
        DenseMatrix matrix = DenseMatrix.zeros(rows.length, m);
        for (int k = 0; k < rows.length; k++) {
            System.arraycopy(rows[k], 0, matrix.values(), matrix.rowStart(k), m);
        }
        Svd svd = algebra.svd(matrix);
        double[] values = svd.singularValues();
        double[][] axes = new double[maxRegressors][m];
        for (int k = 0; k < maxRegressors; k++) {
            for (int j = 0; j < m; j++) {
                axes[k][j] = values[k] * svd.right().get(j, k);
            }
        }
        return axes;
    }

    /** Returns the projection of each factor on the regressors; zeros without regressors. */
    public double[][] means(double[][] factors, int rank) {
        double[][] means = new double[rank][factors[0].length];
        double @Nullable [][] directions = basis;
        for (int k = 0; directions != null && k < rank; k++) {
            for (double[] direction : directions) {
                double share = dot(direction, factors[k]);
                for (int j = 0; j < direction.length; j++) {
                    means[k][j] += share * direction[j];
                }
            }
        }
        return means;
    }

    /**
     * Orthonormalises the rows by Gram-Schmidt with reorthogonalisation. Omits rows that depend linearly on the others.
     */
    private static double[][] orthonormal(double[][] rows) {
        double largest = 0;
        for (double[] row : rows) {
            largest = Math.max(largest, Math.sqrt(dot(row, row)));
        }
        double[][] basis = new double[rows.length][];
        int count = 0;
        for (double[] row : rows) {
            for (int round = 0; round < 2; round++) {
                for (int b = 0; b < count; b++) {
                    double share = dot(basis[b], row);
                    for (int j = 0; j < row.length; j++) {
                        row[j] -= share * basis[b][j];
                    }
                }
            }
            double norm = Math.sqrt(dot(row, row));
            if (norm > DEPENDENT * largest) {
                for (int j = 0; j < row.length; j++) {
                    row[j] /= norm;
                }
                basis[count++] = row;
            }
        }
        return Arrays.copyOf(basis, count);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private record Scratch(double[] rows) implements PassScratch {}
}
