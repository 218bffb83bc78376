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
import io.github.rowwise.internal.factor.pass.UnitLayouts;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Supplier;

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

    private final double[] products = new double[ResidualAutocorrelation.LAGS];
    private final double[] squares = new double[ResidualAutocorrelation.LAGS];
    private final int periods;

    /** By arm, see {@link ArmNoise}. */
    private final double[] armSquares;

    private final double[] armExpected;

    private PosteriorPass(Dimensions size, int periods) {
        this.covariances = new double[size.coefficients() * size.coefficients()];
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
                            PosteriorPass sum = new PosteriorPass(state.size, state.periods());
                            scratch.forEach(block, (batch, rows, count) -> batch.add(sum, block, rows, count));
                            return sum;
                        },
                        PosteriorPass::add);
        state.coefficients = coefficients;
        return sums;
    }

    private PosteriorPass add(PosteriorPass later) {
        Vectors.add(covariances, later.covariances);
        units += later.units;
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
                    if (panel.group(index) != UnitGroup.NO_CONTROL) {
                        Vectors.add(sums.covariances, units.covariance);
                        sums.units++;
                    }
                    System.arraycopy(units.mean, 0, coefficients, index * p, p);
                    addInnovations(unit, index, sums);
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
