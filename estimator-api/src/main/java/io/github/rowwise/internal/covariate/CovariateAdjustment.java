package io.github.rowwise.internal.covariate;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import java.util.Arrays;
import java.util.List;

/**
 * The covariates of a panel, centred by unit and period, and their coefficients by two-way least squares on control cells.
 *
 * <p>Levels of units and period effects take up what covariates have in common within a unit or a period. Only the rest, the
 * centred covariate, informs a coefficient. It is divided by its root mean square, so that results do not depend on the units
 * of measurement.
 *
 * <pre>
 * x_ij  =  (covariate_ij - mean of unit i - mean of period j) / scale
 * y_ij  =  level_i + period_j + x_ij' coefficients + e_ij                under control
 * </pre>
 */
public final class CovariateAdjustment {

    /** A centred covariate of a smaller share of its size is constant but for rounding. */
    private static final double CONSTANT = 1e-9;

    /** Covariates are collinear if one keeps a smaller share of its variance given those before it. */
    private static final double COLLINEAR = 1e-8;

    private static final double CENTRING_TOLERANCE = 1e-10;
    private static final int CENTRING_ROUNDS = 50;

    private final CovariateCentring centring;
    private final double[] scales;
    private final double[] coefficients;
    private final double[] covariance;

    private CovariateAdjustment(
            CovariateCentring centring, double[] scales, double[] coefficients, double[] covariance) {
        this.centring = centring;
        this.scales = scales;
        this.coefficients = coefficients;
        this.covariance = covariance;
    }

    /**
     * Computes means and coefficients.
     *
     * @param view of the panel itself
     * @param names of the covariates
     * @param tolerance of the means of control cells, see {@link CovariateCentring}
     * @param rounds maximum number of passes for these means
     * @throws IllegalArgumentException if a covariate is constant within units or periods, or follows from others; the message
     *     names it
     */
    public static CovariateAdjustment of(PanelView view, List<String> names, double tolerance, int rounds) {
        int q = names.size();
        CovariateCentring all = CovariateCentring.of(
                view.runner(),
                view.units(),
                view.periods(),
                q,
                CovariateCentring.Cells.OBSERVED,
                false,
                CENTRING_TOLERANCE,
                CENTRING_ROUNDS);
        double[] sizes = sizes(view, q);
        double[] scales = new double[q];
        for (int k = 0; k < q; k++) {
            scales[k] = Math.sqrt(all.variances()[k]);
            if (!(scales[k] > CONSTANT * sizes[k])) {
                throw new IllegalArgumentException("the covariate '" + names.get(k)
                        + "' is constant within units or within periods, up to the other: levels of units and period"
                        + " effects already account for it; leave it out, or give what differs between units only as an"
                        + " attribute");
            }
        }
        requireIndependent(moments(view, all, scales, CovariateCentring.Cells.OBSERVED), names);
        CovariateCentring control = CovariateCentring.of(
                view.runner(),
                view.units(),
                view.periods(),
                q,
                CovariateCentring.Cells.CONTROL,
                true,
                tolerance,
                rounds);
        double[] ofControl = moments(view, control, scales, CovariateCentring.Cells.CONTROL);
        double[] squares = new double[q * q];
        double[] products = new double[q];
        for (int k = 0; k < q; k++) {
            System.arraycopy(ofControl, k * (q + 1), squares, k * q, q);
            products[k] = ofControl[k * (q + 1) + q];
        }
        double[] coefficients = new double[q];
        double[] covariance = new double[q * q];
        if (dependent(squares, q) < 0) {
            double[] inverse = PositiveDefinite.inverse(squares, q);
            coefficients = SmallMatrices.times(inverse, products, q, q, 1);
            double[] scores = scores(view, control, scales, coefficients);
            // Clustered by unit: residuals of a unit may be correlated.
            double units = Math.max(2, view.allUnits());
            covariance = SmallMatrices.congruence(inverse, scores, q);
            for (int at = 0; at < covariance.length; at++) {
                covariance[at] *= units / (units - 1);
            }
        } else {
            Arrays.fill(covariance, Double.NaN);
        }
        return new CovariateAdjustment(all, scales, coefficients, covariance);
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

    /** The centred series of one row. */
    private static final class Row implements PassScratch {

        private final double[][] series;
        private final double[] whole;

        Row(int count, int cells, int m) {
            this.series = new double[count][m];
            this.whole = new double[cells];
        }

        /** Sets the series to those of a row, scaled, and 0 in cells that are not included. */
        void set(
                RowBlock block,
                int row,
                CovariateCentring centring,
                double[] scales,
                CovariateCentring.Cells included) {
            int m = block.columns();
            for (int s = 0; s < series.length; s++) {
                centring.centre(s, block, row, whole);
                double factor = s < scales.length ? 1 / scales[s] : 1;
                for (int j = 0; j < m; j++) {
                    series[s][j] = included.include(block.arms()[row * m + j]) ? whole[row * m + j] * factor : 0;
                }
            }
        }
    }

    /** Returns the sums over cells of the products of the centred series, square. */
    private static double[] moments(
            PanelView view, CovariateCentring centring, double[] scales, CovariateCentring.Cells included) {
        int count = centring.unitMeans().length;
        return view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            Row series = new Row(count, block.arms().length, block.columns());
                            double[] sums = new double[count * count];
                            for (int row = 0; row < block.rows(); row++) {
                                series.set(block, row, centring, scales, included);
                                for (int a = 0; a < count; a++) {
                                    for (int c = 0; c < count; c++) {
                                        sums[a * count + c] += SmallMatrices.inner(series.series[a], series.series[c]);
                                    }
                                }
                            }
                            return sums;
                        },
                        Sums::add);
    }

    /** Returns the sum over units of the products of their scores: of the sums of residual times covariate. */
    private static double[] scores(PanelView view, CovariateCentring centring, double[] scales, double[] coefficients) {
        int q = scales.length;
        return view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            Row series = new Row(q + 1, block.arms().length, block.columns());
                            double[] sums = new double[q * q];
                            double[] score = new double[q];
                            for (int row = 0; row < block.rows(); row++) {
                                series.set(block, row, centring, scales, CovariateCentring.Cells.CONTROL);
                                double[] residual = series.series[q];
                                for (int k = 0; k < q; k++) {
                                    for (int j = 0; j < residual.length; j++) {
                                        residual[j] -= coefficients[k] * series.series[k][j];
                                    }
                                }
                                for (int k = 0; k < q; k++) {
                                    score[k] = SmallMatrices.inner(series.series[k], residual);
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
        int dependent = dependent(squares, names.size());
        if (dependent >= 0) {
            throw new IllegalArgumentException("the covariate '" + names.get(dependent)
                    + "' follows from the covariates before it, " + names.subList(0, dependent)
                    + ", from levels of units and from period effects: their coefficients cannot be told apart; leave"
                    + " one of them out");
        }
    }

    /** Returns the first covariate that depends on those before it; -1 if there is none. */
    private static int dependent(double[] squares, int q) {
        double[] left = squares.clone();
        for (int k = 0; k < q; k++) {
            double pivot = left[k * q + k];
            if (!(pivot > COLLINEAR * squares[k * q + k])) {
                return k;
            }
            for (int i = k + 1; i < q; i++) {
                double factor = left[i * q + k] / pivot;
                for (int j = k; j < q; j++) {
                    left[i * q + j] -= factor * left[k * q + j];
                }
            }
        }
        return -1;
    }

    /** Returns the view with centred covariates and without what the coefficients explain of the outcomes. */
    public PanelView adjust(PanelView view) {
        return view.withRunner(new CovariateRunner(view.runner(), centring, scales, coefficients), scales.length);
    }

    /**
     * Returns the coefficient of a covariate in its own unit of measurement.
     *
     * @param added to the coefficient of the scaled covariate
     */
    public double coefficient(int covariate, double added) {
        return (coefficients[covariate] + added) / scales[covariate];
    }

    /** Returns whether the control cells determine the coefficients; if not, they are 0. */
    public boolean isDetermined() {
        return !Double.isNaN(covariance[0]);
    }

    /** Returns the sampling variance of a coefficient of the least squares; NaN if control cells do not determine it. */
    public double variance(int covariate) {
        int q = scales.length;
        return covariance[covariate * q + covariate] / (scales[covariate] * scales[covariate]);
    }

    /** Returns the factor that turns a coefficient of the scaled covariate into one of the covariate itself. */
    public double perUnit(int covariate) {
        return 1 / scales[covariate];
    }
}
