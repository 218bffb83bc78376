package io.github.rowwise.internal.factor.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares what units tell of covariates with dense generalised least squares, unit by unit. */
class UnitCovariatesTest {

    private static final int UNITS = 5;
    private static final int PERIODS = 21;
    private static final int COVARIATES = 2;

    private final SplittableRandom random = new SplittableRandom(4);

    @ParameterizedTest
    @CsvSource({"false, false, 0", "true, false, 2", "true, true, 0", "false, true, 2"})
    void equalsDenseLeastSquares(boolean correlated, boolean constantEffects, int onsets) {
        Dimensions size = new Dimensions(2, 1, constantEffects, 2, onsets);
        int p = size.coefficients();
        int cells = UNITS * PERIODS;
        byte[] arms = new byte[cells];
        for (int at = 0; at < cells; at++) {
            // Each unit begins with control cells.
            arms[at] = at % PERIODS < 2 ? 0 : (byte) (random.nextInt(4) - 1);
        }
        double[][] covariates = new double[COVARIATES][cells];
        double[] outcomes = new double[cells];
        for (int at = 0; at < cells; at++) {
            boolean isSeen = arms[at] != RowBlock.MISSING;
            outcomes[at] = isSeen ? random.nextGaussian() : 0;
            for (double[] covariate : covariates) {
                covariate[at] = isSeen ? random.nextGaussian() : 0;
            }
        }
        RowBlock block = new RowBlock(0, UNITS, PERIODS, outcomes, arms, covariates);
        FactorState state = state(size, p, correlated);
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(List.of(block)), 1)) {
            CellHash hash = new CellHash(1, names(UNITS), names(PERIODS));
            PanelView view = new PanelView(runner, UNITS, PERIODS, 3, 1, hash).withCovariates(asTheyAre());
            PanelCounts panel = PanelCounts.of(view, correlated);
            double[] prior = PositiveDefinite.inverse(state.priorCovariance, p);
            UnitBatch units =
                    new UnitBatch(panel, state, HuberClipping.none(), PeriodMoments.of(state, correlated), prior);
            units.compute(block, 0, UNITS);
            for (int unit = 0; unit < UNITS; unit++) {
                units.select(unit);
                requireDense(state, panel, units, unit, block);
            }
        }
    }

    /** The rows have covariates already. */
    private static RowAdjustment asTheyAre() {
        return new RowAdjustment() {
            @Override
            public int covariates() {
                return COVARIATES;
            }

            @Override
            public void readScaled(int covariate, RowBlock block, int row, double[] scaled) {
                System.arraycopy(block.covariates()[covariate], row * PERIODS, scaled, 0, PERIODS);
            }

            @Override
            public void readInstrument(int covariate, RowBlock block, int row, double[] scaled, double[] instrument) {
                System.arraycopy(scaled, 0, instrument, 0, PERIODS);
            }

            @Override
            public double start(int covariate) {
                return 0;
            }

            @Override
            public RowAdjustment spaced(int[] columns, int width) {
                return this;
            }

            @Override
            public UnaryOperator<RowBlock> unexplained() {
                return UnaryOperator.identity();
            }
        };
    }

    private FactorState state(Dimensions size, int p, boolean correlated) {
        FactorState state = new FactorState(size, UNITS, PERIODS);
        for (double[] row : state.latent) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        Arrays.setAll(state.noise, i -> .5 + i);
        Arrays.setAll(state.correlation, i -> correlated ? .1 * i : 0);
        Arrays.setAll(state.periodPrecisions, j -> .5 + random.nextDouble());
        state.covariateCoefficients = new double[] {.7, -.4};
        state.priorMean = random.doubles(p, -1, 1).toArray();
        double[] root = random.doubles((long) p * p, -1, 1).toArray();
        double[] spread = SmallMatrices.times(root, SmallMatrices.transposed(root, p, p), p, p, p);
        for (int i = 0; i < p; i++) {
            spread[i * p + i] += .5;
        }
        state.priorCovariance = SmallMatrices.symmetric(spread, p);
        return state;
    }

    /** V is the covariance of the unit's outcomes given the periods, with its coefficients integrated out. */
    private static void requireDense(FactorState state, PanelCounts panel, UnitBatch units, int unit, RowBlock block) {
        int p = state.size.coefficients();
        double scale = panel.scale(unit);
        int[] seen = IntStream.range(0, PERIODS)
                .filter(j -> block.arms()[unit * PERIODS + j] != RowBlock.MISSING)
                .toArray();
        int n = seen.length;
        double[] z = new double[n * p];
        double[] x = new double[n * COVARIATES];
        double[] residual = new double[n];
        double[][] extended = PeriodMoments.means(state);
        double[] onset = new double[PERIODS];
        Dimensions size = state.size;
        for (int row = 0; row < n; row++) {
            int j = seen[row];
            int at = unit * PERIODS + j;
            int arm = block.arms()[at];
            for (int k = 0; k < size.levels(); k++) {
                z[row * p + k] = extended[k][j];
            }
            for (int k = 0; arm > 0 && k < size.effects(); k++) {
                z[row * p + size.firstEffect(arm) + k] = extended[k][j];
            }
            for (int k = 0; arm > 0 && k < size.onsets(); k++) {
                units.cells.onset(unit, arm, k, onset);
                z[row * p + size.firstOnset(arm) + k] = onset[j];
            }
            residual[row] = block.outcomes()[at] * scale - panel.shift() - extended[size.levels()][j];
            for (int k = 0; k < COVARIATES; k++) {
                x[row * COVARIATES + k] = block.covariates()[k][at] * scale;
                residual[row] -= state.covariateCoefficients[k] * x[row * COVARIATES + k];
            }
            for (int k = 0; k < p; k++) {
                residual[row] -= z[row * p + k] * state.priorMean[k];
            }
        }
        double[] variance = PositiveDefinite.inverse(noisePrecision(state, seen, unit), n);
        double[] spread = SmallMatrices.times(
                SmallMatrices.times(z, state.priorCovariance, n, p, p), SmallMatrices.transposed(z, n, p), n, p, n);
        for (int at = 0; at < n * n; at++) {
            variance[at] += spread[at];
        }
        double[] weights = PositiveDefinite.inverse(SmallMatrices.symmetric(variance, n), n);
        double[] weighted = SmallMatrices.times(SmallMatrices.transposed(x, n, COVARIATES), weights, COVARIATES, n, n);
        UnitCovariates found = units.covariates(unit);
        assertThat(found.information)
                .containsExactly(SmallMatrices.times(weighted, x, COVARIATES, n, COVARIATES), within(1e-8));
        assertThat(found.score)
                .containsExactly(SmallMatrices.times(weighted, residual, COVARIATES, n, 1), within(1e-8));
        // The posterior mean is S Z' V^-1 residual, so its derivative is -S Z' V^-1 X.
        double[] derivative = SmallMatrices.times(
                SmallMatrices.times(weighted, z, COVARIATES, n, p), state.priorCovariance, COVARIATES, p, p);
        assertThat(found.gradient).containsExactly(derivative, within(1e-8));
    }

    /** The first cell after a gap has the variance of the stationary process. */
    private static double[] noisePrecision(FactorState state, int[] seen, int unit) {
        int n = seen.length;
        double rho = state.correlation[unit];
        double[] precision = new double[n * n];
        for (int row = 0; row < n; row++) {
            double weight = state.periodPrecisions[seen[row]] / state.noise[unit];
            boolean follows = row > 0 && seen[row - 1] == seen[row] - 1;
            precision[row * n + row] += weight * (follows ? 1 : 1 - rho * rho);
            if (follows) {
                precision[row * n + row - 1] -= weight * rho;
                precision[(row - 1) * n + row] -= weight * rho;
                precision[(row - 1) * n + row - 1] += weight * rho * rho;
            }
        }
        return precision;
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
