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
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A pass with fixed parameters. It computes the units' coefficients, the sum of their posterior covariances, and the
 * autocorrelation of the innovations.
 */
final class PosteriorPass implements Serializable {

    private static final long serialVersionUID = 1;

    /** Sum over the units with control cells. */
    final double[] covariances;

    /** Number of these units. */
    double units;

    /** Sum over the units with control cells of their {@link UnitCovariates#gradient}. */
    final double[] gradients;

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

    private PosteriorPass(Dimensions size, int periods, int covariateCount) {
        this.gradients = new double[covariateCount * size.coefficients()];
        this.information = new double[covariateCount * covariateCount];
        this.scores = new double[covariateCount * covariateCount];
        this.covariances = new double[size.coefficients() * size.coefficients()];
        this.periods = periods;
        this.armSquares = new double[size.arms()];
        this.armExpected = new double[size.arms()];
    }

    static PosteriorPass run(PanelCounts panel, FactorState state, HuberClipping clipping) {
        PeriodMoments periodMoments = PeriodMoments.of(state, panel.correlated());
        double[] priorPrecision = PositiveDefinite.inverse(state.priorCovariance, state.size.coefficients());
        double[] coefficients = new double[panel.units() * state.size.coefficients()];
        PosteriorPass sums = panel.view()
                .runner()
                .reduceBlocks(
                        () -> new Scratch(
                                panel,
                                new UnitBatch(panel, state, clipping, periodMoments, priorPrecision),
                                state,
                                coefficients),
                        Scratch::block,
                        PosteriorPass::add);
        state.coefficients = coefficients;
        return sums;
    }

    private PosteriorPass add(PosteriorPass later) {
        Vectors.add(covariances, later.covariances);
        units += later.units;
        Vectors.add(gradients, later.gradients);
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

    private static final class Scratch implements PassScratch {

        private final PanelCounts panel;
        private final UnitBatch units;
        private final FactorState state;
        private final double[] coefficients;
        private final double[] residuals;
        private final double[] parameters;
        private final ResidualAutocorrelation.Whitener whitener;

        Scratch(PanelCounts panel, UnitBatch units, FactorState state, double[] coefficients) {
            this.panel = panel;
            this.units = units;
            this.state = state;
            this.coefficients = coefficients;
            this.residuals = new double[state.periods()];
            this.parameters = new double[state.size.arms()];
            this.whitener = new ResidualAutocorrelation.Whitener(state);
        }

        PosteriorPass block(RowBlock block) {
            int p = state.size.coefficients();
            PosteriorPass sums = new PosteriorPass(state.size, state.periods(), state.covariateCoefficients.length);
            for (int first = 0; first < block.rows(); first += units.capacity()) {
                int count = Math.min(units.capacity(), block.rows() - first);
                units.compute(block, first, count);
                for (int unit = 0; unit < count; unit++) {
                    int index = block.firstRow() + first + unit;
                    units.select(unit);
                    if (panel.group(index) != UnitGroup.NO_CONTROL) {
                        Vectors.add(sums.covariances, units.covariance);
                        sums.units++;
                    }
                    if (sums.information.length > 0) {
                        UnitCovariates of = units.covariates(unit);
                        Vectors.add(sums.information, of.information);
                        int q = of.score.length;
                        for (int k = 0; k < q; k++) {
                            Vectors.addScaled(sums.scores, k * q, of.score, 0, of.score[k], q);
                        }
                        if (panel.group(index) != UnitGroup.NO_CONTROL) {
                            Vectors.add(sums.gradients, of.gradient);
                        }
                    }
                    System.arraycopy(units.mean, 0, coefficients, index * p, p);
                    addInnovations(unit, index, sums);
                }
            }
            return sums;
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
            whitener.set(residuals, bits, index);
            double[] innovations = whitener.innovations;
            setParameters(index);
            ArmNoise.add(innovations, bits, panel, index, parameters, sums.armSquares, sums.armExpected);
            for (int lag = 1; lag <= ResidualAutocorrelation.LAGS && lag < m; lag++) {
                sums.products[lag - 1] += whitener.products(lag);
                double squares = Vectors.inner(innovations, lag, innovations, lag, m - lag)
                        + Vectors.inner(innovations, 0, innovations, 0, m - lag);
                for (int word = 0; word < bits.seen.length; word++) {
                    for (int remaining = bits.missing(word); remaining != 0; remaining &= remaining - 1) {
                        // A pair counts only if both cells are observed.
                        int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                        squares -= j >= lag ? innovations[j - lag] * innovations[j - lag] : 0;
                        squares -= j + lag < m ? innovations[j + lag] * innovations[j + lag] : 0;
                    }
                }
                sums.squares[lag - 1] += squares / 2;
            }
        }
    }
}
