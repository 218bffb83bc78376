package io.github.rowwise.internal.covariate;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

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
    private static final double EXACT_TOLERANCE = 1e-11;
    private static final int EXACT_ROUNDS = 500;
    private static final double START_TOLERANCE = 1e-3;
    private static final int START_ROUNDS = 20;

    /** Panels of more units are sampled down to about this many. */
    private static final int SAMPLE_UNITS = 2_000;

    private final CovariateSeries series;
    private final double[] coefficients;
    private final double[] standardErrors;

    private CovariateAdjustment(CovariateSeries series, double[] coefficients, double[] standardErrors) {
        this.series = series;
        this.coefficients = coefficients;
        this.standardErrors = standardErrors;
    }

    /**
     * Computes the series and the coefficients.
     *
     * @param view of the panel itself
     * @param names of the covariates
     * @param isExact whether the coefficients are final; otherwise a fit improves them, and they have no variances
     * @throws IllegalArgumentException if a covariate is constant within units or periods, or follows from others; the message
     *     names it
     */
    public static CovariateAdjustment of(PanelView view, LinearAlgebra algebra, List<String> names, boolean isExact) {
        int q = names.size();
        double[] units = units(view, q);
        // Coefficients to start from, and factors, need no more than a sample of the rows.
        int every = view.allUnits() / SAMPLE_UNITS;
        PanelView sample = every > 1 ? view.sample(every) : view;
        CovariateCentring centring = CovariateCentring.of(
                view, units, CovariateCentring.Cells.OBSERVED, CENTRING_TOLERANCE, CENTRING_ROUNDS);
        CovariateCentring ofSample = every > 1
                ? CovariateCentring.of(sample, units, CovariateCentring.Cells.OBSERVED, START_TOLERANCE, START_ROUNDS)
                : centring;
        double[] scales = new double[q];
        CommonPart[] commonParts = new CommonPart[q];
        for (int k = 0; k < q; k++) {
            // The largest value is between 1 and 2.
            scales[k] = Math.sqrt(centring.variances()[k]);
            if (!(scales[k] > CONSTANT)) {
                throw new IllegalArgumentException("the covariate '" + names.get(k)
                        + "' is constant within units or within periods, up to the other: levels of units and period"
                        + " effects already account for it; leave it out, or give what differs between units only as an"
                        + " attribute");
            }
            commonParts[k] = CommonPart.of(view, sample, algebra, centring, ofSample, k);
        }
        CovariateSeries series = new CovariateSeries(centring, commonParts, scales);
        requireIndependent(instrumentSquares(sample, series), names);
        PanelView rows = isExact ? view : sample;
        double[] withOutcome = Arrays.copyOf(units, q + 1);
        withOutcome[q] = view.scale();
        CovariateCentring control = CovariateCentring.of(
                rows,
                withOutcome,
                CovariateCentring.Cells.CONTROL,
                isExact ? EXACT_TOLERANCE : START_TOLERANCE,
                isExact ? EXACT_ROUNDS : START_ROUNDS);
        double[] moments = controlMoments(rows, series, control);
        double[] design = Arrays.copyOf(moments, q * q);
        double[] products = Arrays.copyOfRange(moments, q * q, moments.length - q);
        double[] squares = Arrays.copyOfRange(moments, moments.length - q, moments.length);
        double[] inverse = inverse(design, squares, q);
        if (inverse.length == 0) {
            return new CovariateAdjustment(series, new double[q], new double[0]);
        }
        double[] coefficients = SmallMatrices.times(inverse, products, q, q, 1);
        double[] standardErrors =
                isExact ? standardErrors(view, inverse, scores(view, series, control, coefficients)) : new double[0];
        for (int k = 0; k < q; k++) {
            coefficients[k] /= view.scale();
        }
        return new CovariateAdjustment(series, coefficients, standardErrors);
    }

    /** Clustered by unit: residuals of a unit may be correlated. */
    private static double[] standardErrors(PanelView view, double[] inverse, double[] scores) {
        int q = (int) Math.sqrt(scores.length);
        double[] covariance = SmallMatrices.times(
                SmallMatrices.times(inverse, scores, q, q, q), SmallMatrices.transposed(inverse, q, q), q, q, q);
        double units = Math.max(2, view.allUnits());
        double[] errors = new double[q];
        Arrays.setAll(errors, k -> Math.sqrt(covariance[k * q + k] * units / (units - 1)) / view.scale());
        return errors;
    }

    /** Returns by covariate the power of two that brings its largest value between 1 and 2. */
    private static double[] units(PanelView view, int q) {
        double[] largest = view.runner()
                .reduceBlocks(
                        () -> NO_SCRATCH,
                        (scratch, block) -> {
                            double[] max = new double[q];
                            for (int k = 0; k < q; k++) {
                                for (double value : block.covariates()[k]) {
                                    max[k] = Math.max(max[k], Math.abs(value));
                                }
                            }
                            return max;
                        },
                        Sums::max);
        return Arrays.stream(largest).map(PanelView::scaleFor).toArray();
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

    @Override
    public void readScaled(int covariate, RowBlock block, int row, double[] scaled) {
        series.readScaled(covariate, block, row, scaled);
    }

    @Override
    public void readInstrument(int covariate, RowBlock block, int row, double[] scaled, double[] instrument) {
        series.readInstrument(covariate, block, row, scaled, instrument);
    }

    @Override
    public RowAdjustment spaced(int[] columns, int width) {
        return new CovariateAdjustment(series.spaced(columns, width), coefficients, standardErrors);
    }

    @Override
    public UnaryOperator<RowBlock> unexplained() {
        return new UnexplainedRows(series, coefficients);
    }

    /** Returns the same with other coefficients of the scaled covariates, and without instruments. */
    public RowAdjustment withCoefficients(double[] others) {
        return new CovariateAdjustment(series.withoutInstruments(), others.clone(), new double[0]);
    }

    /** Returns the coefficient from control cells; 0 if they do not determine it. */
    @Override
    public double start(int covariate) {
        return coefficients[covariate];
    }

    /** Returns whether exact coefficients are determined by the control cells. */
    public boolean isDetermined() {
        return standardErrors.length > 0;
    }

    /** Returns the standard error of a coefficient of a scaled covariate, clustered by unit. */
    public double standardError(int covariate) {
        return standardErrors[covariate];
    }

    /** Returns the factor that turns a coefficient of the scaled covariate into one of the covariate itself. */
    public double perUnit(int covariate) {
        return series.centring().units()[covariate] / series.scales()[covariate];
    }
}
