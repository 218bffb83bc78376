package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.factor.model.UnitGroup;
import io.github.rowwise.internal.factor.pass.HuberClipping;
import io.github.rowwise.internal.factor.pass.UnitBatch;
import io.github.rowwise.internal.factor.pass.UnitCovariates;
import io.github.rowwise.internal.factor.pass.UnitLayouts;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.UnitAttributes;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A pass with fixed parameters. It computes the units' coefficients, the sum of their posterior covariances, and the
 * autocorrelation of the innovations.
 */
final class PosteriorPass implements Serializable {

    private static final long serialVersionUID = 1;

    /**
     * Sums over the units with control cells of their posterior covariances, times the product of each pair of augmented
     * attributes (see {@link CoefficientMoments}); pair by pair, and without attributes the sum of the covariances.
     */
    final double[][] covariances;

    /** Sums over these units of the products of each pair of augmented attributes. */
    final double[] attributes;

    /** Number of these units. */
    double units;

    /** By augmented attribute: the sum over the units with control cells of their {@link UnitCovariates#gradient}. */
    final double[][] gradients;

    /** Sum over all units of their {@link UnitCovariates#information}. */
    final double[] information;

    /** Sum over all units of the products of their {@link UnitCovariates#score}. */
    final double[] scores;

    private final double[] products = new double[ResidualAutocorrelation.LAGS];
    private final double[] squares = new double[ResidualAutocorrelation.LAGS];
    private final int periods;

    /** By arm, see {@link ArmNoise}. */
    private final double[] armSquares;

    private final double[] armExpected;

    private PosteriorPass(Dimensions size, int periods, int covariateCount, int width) {
        this.attributes = new double[width * width];
        this.gradients = new double[width][covariateCount * size.coefficients()];
        this.information = new double[covariateCount * covariateCount];
        this.scores = new double[covariateCount * covariateCount];
        this.covariances = new double[width * width][size.coefficients() * size.coefficients()];
        this.periods = periods;
        this.armSquares = new double[size.arms()];
        this.armExpected = new double[size.arms()];
    }

    static PosteriorPass run(
            PanelCounts panel, FactorState state, HuberClipping clipping, Supplier<UnitLayouts> layouts) {
        PeriodMoments periodMoments = PeriodMoments.of(state, panel.correlated());
        double[] priorPrecision = PositiveDefinite.inverse(state.priorCovariance, state.size.coefficients());
        double[] coefficients = new double[panel.units() * state.size.coefficients()];
        PosteriorPass sums = panel.view()
                .runner()
                .reduceBlocks(
                        () -> new ByLayout<>(
                                layouts.get(),
                                slots -> new Batch(
                                        panel,
                                        new UnitBatch(panel, state, clipping, periodMoments, priorPrecision, slots),
                                        state,
                                        coefficients,
                                        slots)),
                        (scratch, block) -> {
                            PosteriorPass sum = new PosteriorPass(
                                    state.size,
                                    state.periods(),
                                    state.covariateCoefficients.length,
                                    1 + state.attributes());
                            scratch.forEach(block, (batch, rows, count) -> batch.add(sum, block, rows, count));
                            return sum;
                        },
                        PosteriorPass::add);
        state.coefficients = coefficients;
        return sums;
    }

    private PosteriorPass add(PosteriorPass later) {
        for (int pair = 0; pair < covariances.length; pair++) {
            Vectors.add(covariances[pair], later.covariances[pair]);
        }
        Vectors.add(attributes, later.attributes);
        units += later.units;
        for (int c = 0; c < gradients.length; c++) {
            Vectors.add(gradients[c], later.gradients[c]);
        }
        Vectors.add(information, later.information);
        Vectors.add(scores, later.scores);
        Vectors.add(products, later.products);
        Vectors.add(squares, later.squares);
        Vectors.add(armSquares, later.armSquares);
        Vectors.add(armExpected, later.armExpected);
        return this;
    }

    ResidualAutocorrelation residualAutocorrelation() {
        return ResidualAutocorrelation.of(products, squares, periods);
    }

    ArmNoise armNoise() {
        return ArmNoise.of(armSquares, armExpected);
    }

    /** Memory for units of one layout. */
    private static final class Batch {

        private final PanelCounts panel;
        private final UnitBatch units;
        private final FactorState state;
        private final double[] coefficients;
        private final double[] residuals;
        private final double[] parameters;
        private final ResidualAutocorrelation.Whitener whitener;

        Batch(PanelCounts panel, UnitBatch units, FactorState state, double[] coefficients, int slots) {
            this.panel = panel;
            this.units = units;
            this.state = state;
            this.coefficients = coefficients;
            this.residuals = new double[slots];
            this.parameters = new double[state.size.arms()];
            this.whitener = new ResidualAutocorrelation.Whitener(state, slots);
        }

        void add(PosteriorPass sums, RowBlock block, int[] rows, int rowCount) {
            int p = state.size.coefficients();
            for (int first = 0; first < rowCount; first += units.capacity()) {
                int count = Math.min(units.capacity(), rowCount - first);
                units.compute(block, rows, first, count);
                for (int unit = 0; unit < count; unit++) {
                    int index = units.index(unit);
                    units.select(unit);
                    boolean hasControl = panel.group(index) != UnitGroup.NO_CONTROL;
                    if (hasControl) {
                        addCovariance(index, sums);
                        sums.units++;
                    }
                    if (sums.information.length > 0) {
                        UnitCovariates of = units.covariates(unit);
                        Vectors.add(sums.information, of.information);
                        int q = of.score.length;
                        for (int k = 0; k < q; k++) {
                            Vectors.addScaled(sums.scores, k * q, of.score, 0, of.score[k], q);
                        }
                        for (int c = 0; c < sums.gradients.length && hasControl; c++) {
                            double value = panel.view().attributes().augmented(index, c);
                            Vectors.addScaled(sums.gradients[c], 0, of.gradient, 0, value, of.gradient.length);
                        }
                    }
                    System.arraycopy(units.mean, 0, coefficients, index * p, p);
                    addInnovations(unit, index, sums);
                }
            }
        }

        private void addCovariance(int index, PosteriorPass sums) {
            int width = sums.gradients.length;
            UnitAttributes attributes = panel.view().attributes();
            for (int a = 0; a < width; a++) {
                for (int c = 0; c < width; c++) {
                    double product = attributes.augmented(index, a) * attributes.augmented(index, c);
                    sums.attributes[a * width + c] += product;
                    Vectors.addScaled(
                            sums.covariances[a * width + c], 0, units.covariance, 0, product, units.covariance.length);
                }
            }
        }

        /** Sets the effective number of parameters of the levels, and of the effects by arm. */
        private void setParameters(int index) {
            int p = state.size.coefficients();
            Arrays.fill(parameters, 0);
            for (int i = 0; i < p; i++) {
                double sum = 0;
                for (int k = 0; k < p; k++) {
                    sum += units.gram[i * p + k] * units.covariance[i * p + k];
                }
                parameters[state.size.armOf(i)] += sum / state.noise[index];
            }
        }

        private void addInnovations(int unit, int index, PosteriorPass sums) {
            CellBits bits = units.cells.bits(unit);
            double[] y = units.cells.outcomes(unit);
            double[] fit = units.fit(unit);
            int m = y.length;
            for (int j = 0; j < m; j++) {
                residuals[j] = y[j] - fit[j];
            }
            whitener.set(residuals, bits, units.cells.periods(unit), index);
            double[] innovations = whitener.innovations;
            setParameters(index);
            ArmNoise.add(innovations, bits, panel, index, parameters, sums.armSquares, sums.armExpected);
            for (int lag = 1; lag <= ResidualAutocorrelation.LAGS && lag < state.periods(); lag++) {
                sums.products[lag - 1] += whitener.products(lag);
                sums.squares[lag - 1] += whitener.squares(lag, bits);
            }
        }
    }
}
