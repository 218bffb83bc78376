package io.github.rowwise.internal.covariate;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.List;

/**
 * The covariates of a panel as fits use them, and their coefficients by two-way instrumental regression on control cells.
 *
 * <p>Levels of units, period effects and factors take up what covariates have in common within a unit, within a period and along
 * factors. Only the rest, the instrument, informs a coefficient:
 *
 * <pre>
 * x_ij  =  (covariate_ij - mean of unit i - mean of period j) / scale
 * w_ij  =  x_ij - its leading factors                                  instrument
 * 0     =  sum of w_ij (y_ij - level_i - period_j - x_ij' coefficients)       over control cells
 * </pre>
 */
public final class CovariateAdjustment implements RowAdjustment {

    /** A centred covariate of a smaller share of its size is constant but for rounding. */
    private static final double CONSTANT = 1e-9;

    /** Covariates are collinear if one keeps a smaller share of its variance given those before it. */
    private static final double COLLINEAR = 1e-8;

    private static final double CENTRING_TOLERANCE = 1e-10;
    private static final int CENTRING_ROUNDS = 50;

    private final CovariateSeries series;
    private final double[] coefficients;
    private final double[] covariance;

    private CovariateAdjustment(CovariateSeries series, double[] coefficients, double[] covariance) {
        this.series = series;
        this.coefficients = coefficients;
        this.covariance = covariance;
    }

    /**
     * Computes the series and the coefficients.
     *
     * @param view of the panel itself
     * @param names of the covariates
     * @param tolerance of the means of control cells, see {@link CovariateCentring}
     * @param rounds maximum number of passes for these means
     * @throws IllegalArgumentException if a covariate is constant within units or periods, or follows from others; the message
     *     names it
     */
    public static CovariateAdjustment of(
            PanelView view, LinearAlgebra algebra, List<String> names, double tolerance, int rounds) {
        int q = names.size();
        CovariateCentring centring = CovariateCentring.of(
                view, q, CovariateCentring.Cells.OBSERVED, false, CENTRING_TOLERANCE, CENTRING_ROUNDS);
        double[] sizes = sizes(view, q);
        double[] scales = new double[q];
        CommonPart[] commonParts = new CommonPart[q];
        for (int k = 0; k < q; k++) {
            scales[k] = Math.sqrt(centring.variances()[k]);
            if (!(scales[k] > CONSTANT * sizes[k])) {
                throw new IllegalArgumentException("the covariate '" + names.get(k)
                        + "' is constant within units or within periods, up to the other: levels of units and period"
                        + " effects already account for it; leave it out, or give what differs between units only as an"
                        + " attribute");
            }
            commonParts[k] = CommonPart.of(view, algebra, centring, k, centring.variances()[k] * centring.cells());
        }
        CovariateSeries series = new CovariateSeries(centring, commonParts, scales);
        requireIndependent(instrumentSquares(view, series), names);
        CovariateCentring control =
                CovariateCentring.of(view, q, CovariateCentring.Cells.CONTROL, true, tolerance, rounds);
        double[] moments = controlMoments(view, series, control);
        double[] design = Arrays.copyOf(moments, q * q);
        double[] products = Arrays.copyOfRange(moments, q * q, moments.length - q);
        double[] squares = Arrays.copyOfRange(moments, moments.length - q, moments.length);
        double[] inverse = inverse(design, squares, q);
        if (inverse.length == 0) {
            return new CovariateAdjustment(series, new double[q], new double[0]);
        }
        double[] coefficients = SmallMatrices.times(inverse, products, q, q, 1);
        // Clustered by unit: residuals of a unit may be correlated.
        double[] scores = scores(view, series, control, coefficients);
        double[] covariance = SmallMatrices.times(
                SmallMatrices.times(inverse, scores, q, q, q), SmallMatrices.transposed(inverse, q, q), q, q, q);
        double units = Math.max(2, view.allUnits());
        for (int at = 0; at < covariance.length; at++) {
            covariance[at] *= units / (units - 1);
        }
        return new CovariateAdjustment(series, coefficients, covariance);
    }

    /** Returns the root mean squares of the covariates as they are. */
    private static double[] sizes(PanelView view, int q) {
        double[] sums = view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            double[] sum = new double[q + 1];
                            for (int at = 0; at < block.arms().length; at++) {
                                sum[q] += block.arms()[at] == RowBlock.MISSING ? 0 : 1;
                                for (int k = 0; k < q; k++) {
                                    double x = block.covariates()[k][at];
                                    sum[k] += x * x;
                                }
                            }
                            return sum;
                        },
                        Sums::add);
        double[] sizes = new double[q];
        for (int k = 0; k < q; k++) {
            sizes[k] = Math.sqrt(sums[k] / sums[q]);
        }
        return sizes;
    }

    private static final PassScratch NO_SCRATCH = new PassScratch() {};

    /** The series of the rows of a block. */
    private static final class Rows {

        private final RowBlock block;
        private final int q;
        private final double[][] scaled;
        private final double[][] instruments;
        private final double[][] control;

        Rows(RowBlock block, CovariateSeries series, CovariateCentring ofControl) {
            int cells = block.arms().length;
            this.block = block;
            this.q = series.scales().length;
            this.scaled = new double[q][cells];
            this.instruments = new double[q][cells];
            this.control = new double[q + 1][cells];
            for (int row = 0; row < block.rows(); row++) {
                for (int k = 0; k < q; k++) {
                    series.set(k, block, row, scaled[k], instruments[k]);
                    ofControl.centre(k, block, row, control[k]);
                }
                ofControl.centre(q, block, row, control[q]);
            }
            for (int k = 0; k < q; k++) {
                for (int at = 0; at < cells; at++) {
                    control[k][at] /= series.scales()[k];
                }
            }
        }

        boolean isControl(int cell) {
            return block.arms()[cell] == 0;
        }
    }

    /** Returns the sums over all cells of the products of the instruments, square. */
    private static double[] instrumentSquares(PanelView view, CovariateSeries series) {
        int q = series.scales().length;
        return view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            double[][] scaled = new double[q][block.arms().length];
                            double[][] instruments = new double[q][block.arms().length];
                            for (int k = 0; k < q; k++) {
                                for (int row = 0; row < block.rows(); row++) {
                                    series.set(k, block, row, scaled[k], instruments[k]);
                                }
                            }
                            double[] sums = new double[q * q];
                            for (int a = 0; a < q; a++) {
                                for (int c = 0; c < q; c++) {
                                    sums[a * q + c] = SmallMatrices.inner(instruments[a], instruments[c]);
                                }
                            }
                            return sums;
                        },
                        Sums::add);
    }

    /**
     * Returns the sums over control cells of the products of the instruments with the covariates, q x q, of the instruments with
     * the outcome, and of the squares of the instruments.
     */
    private static double[] controlMoments(PanelView view, CovariateSeries series, CovariateCentring control) {
        int q = series.scales().length;
        return view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            Rows rows = new Rows(block, series, control);
                            double[] sums = new double[q * (q + 2)];
                            for (int at = 0; at < block.arms().length; at++) {
                                for (int a = 0; rows.isControl(at) && a < q; a++) {
                                    double instrument = rows.instruments[a][at];
                                    for (int c = 0; c < q; c++) {
                                        sums[a * q + c] += instrument * rows.control[c][at];
                                    }
                                    sums[q * q + a] += instrument * rows.control[q][at];
                                    sums[q * (q + 1) + a] += instrument * instrument;
                                }
                            }
                            return sums;
                        },
                        Sums::add);
    }

    /** Returns the sum over units of the products of their scores: of the sums of residual times instrument. */
    private static double[] scores(
            PanelView view, CovariateSeries series, CovariateCentring control, double[] coefficients) {
        int q = coefficients.length;
        return view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            Rows rows = new Rows(block, series, control);
                            double[] sums = new double[q * q];
                            for (int row = 0; row < block.rows(); row++) {
                                double[] score = new double[q];
                                for (int at = row * block.columns(); at < (row + 1) * block.columns(); at++) {
                                    if (rows.isControl(at)) {
                                        double residual = rows.control[q][at];
                                        for (int k = 0; k < q; k++) {
                                            residual -= coefficients[k] * rows.control[k][at];
                                        }
                                        for (int k = 0; k < q; k++) {
                                            score[k] += residual * rows.instruments[k][at];
                                        }
                                    }
                                }
                                for (int a = 0; a < q; a++) {
                                    for (int c = 0; c < q; c++) {
                                        sums[a * q + c] += score[a] * score[c];
                                    }
                                }
                            }
                            return sums;
                        },
                        Sums::add);
    }

    private static void requireIndependent(double[] squares, List<String> names) {
        int q = names.size();
        double[] left = squares.clone();
        for (int k = 0; k < q; k++) {
            double pivot = left[k * q + k];
            if (!(pivot > COLLINEAR * squares[k * q + k])) {
                throw new IllegalArgumentException("the covariate '" + names.get(k)
                        + "' follows from the covariates before it, " + names.subList(0, k)
                        + ", from levels of units, from period effects and from factors: its coefficient cannot be told"
                        + " apart; leave one of them out");
            }
            for (int i = k + 1; i < q; i++) {
                double factor = left[i * q + k] / pivot;
                for (int j = k; j < q; j++) {
                    left[i * q + j] -= factor * left[k * q + j];
                }
            }
        }
    }

    /** Returns the inverse of a matrix that need not be symmetric; none if the control cells do not determine it. */
    private static double[] inverse(double[] design, double[] squares, int q) {
        double[] transposed = SmallMatrices.transposed(design, q, q);
        double[] normal = SmallMatrices.symmetric(SmallMatrices.times(transposed, design, q, q, q), q);
        for (int k = 0; k < q; k++) {
            if (!(normal[k * q + k] > COLLINEAR * squares[k] * squares[k]) || !(squares[k] > 0)) {
                return new double[0];
            }
        }
        return SmallMatrices.times(PositiveDefinite.inverse(normal, q), transposed, q, q, q);
    }

    @Override
    public int covariates() {
        return coefficients.length;
    }

    /** Adds scaled covariates and instruments, and subtracts what the coefficients explain of the outcomes. */
    @Override
    public PassRunner adjust(PassRunner runner) {
        return new CovariateRunner(runner, series, coefficients);
    }

    /**
     * Returns the coefficient of a covariate in its own unit of measurement.
     *
     * @param added to the coefficient of the scaled covariate
     */
    public double coefficient(int covariate, double added) {
        return (coefficients[covariate] + added) * perUnit(covariate);
    }

    /** Returns whether the control cells determine the coefficients; if not, they are 0. */
    public boolean isDetermined() {
        return covariance.length > 0;
    }

    /** Returns the sampling variance of a coefficient, clustered by unit. */
    public double variance(int covariate) {
        int q = coefficients.length;
        return covariance[covariate * q + covariate] * perUnit(covariate) * perUnit(covariate);
    }

    /** Returns the factor that turns a coefficient of the scaled covariate into one of the covariate itself. */
    public double perUnit(int covariate) {
        return 1 / series.scales()[covariate];
    }
}
