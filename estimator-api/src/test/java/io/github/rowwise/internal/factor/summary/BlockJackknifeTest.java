package io.github.rowwise.internal.factor.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallInverse;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import io.github.rowwise.internal.factor.model.UnitGroup;
import io.github.rowwise.internal.factor.pass.HuberClipping;
import io.github.rowwise.internal.factor.pass.UnitBatch;
import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the jackknife and the components of a unit's variance with regressions computed cell by cell. */
class BlockJackknifeTest {

    private static final int UNITS = 3;

    private final SplittableRandom random = new SplittableRandom(8);

    @ParameterizedTest
    @ValueSource(ints = {4, 10, 37})
    void equalsRegressionsWithoutEachBlock(int periods) {
        Dimensions size = new Dimensions(2, 0, false, 2, 0);
        int p = size.coefficients();
        int m = periods;
        double[] outcomes = random.doubles((long) UNITS * m, -3, 3).toArray();
        byte[] arms = new byte[UNITS * m];
        for (int k = 0; k < arms.length; k++) {
            // The last unit is observed in the first block only.
            boolean seen = k < 2 * m ? random.nextInt(5) > 0 : k % m < (m < 10 ? 1 : m / 10);
            arms[k] = seen ? (byte) random.nextInt(3) : RowBlock.MISSING;
        }
        RowBlock block = new RowBlock(0, UNITS, m, outcomes, arms);
        FactorState state = new FactorState(size, UNITS, m);
        for (double[] row : state.latent) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        Arrays.setAll(state.noise, i -> 0.5 + i);
        state.priorMean = random.doubles(p, -1, 1).toArray();
        double[] root = random.doubles((long) p * p, -1, 1).toArray();
        double[] spread = SmallMatrices.times(root, SmallMatrices.transposed(root, p, p), p, p, p);
        for (int i = 0; i < p; i++) {
            spread[i * p + i] += 0.5;
        }
        state.priorCovariance = SmallMatrices.symmetric(spread, p);
        double[] prior = PositiveDefinite.inverse(state.priorCovariance, p);
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(List.of(block)), 1)) {
            CellHash hash = new CellHash(1, names(UNITS), names(m));
            PanelCounts panel = PanelCounts.of(new PanelView(runner, UNITS, m, 3, 1, hash), false);
            PeriodMoments table = PeriodMoments.of(state, false);
            UnitBatch units = new UnitBatch(panel, state, HuberClipping.none(), table, prior);
            BlockJackknife jackknife =
                    new BlockJackknife(new UnitBatch(panel, state, HuberClipping.none(), table, prior), m, p);
            units.compute(block, 0, UNITS);
            for (int unit = 0; unit < UNITS; unit++) {
                double[] found = jackknife.covariance(units.cells, unit, unit);
                double[] ofUnit = panel.group(unit) == UnitGroup.NO_CONTROL
                        ? PositiveDefinite.inverse(UnitBatch.diffuse(state.priorCovariance, panel), p)
                        : prior;
                double[] expected = expected(state, ofUnit, block, unit, panel.shift());
                if (expected.length == 0) {
                    assertThat(found).isNull();
                } else {
                    assertThat(found).containsExactly(expected, within(1e-9));
                }

                // Without a jackknife, the components add up to the posterior variance.
                units.select(unit);
                EffectUncertainty parts = new EffectUncertainty(p, size.effects());
                for (int arm = 1; arm <= 2; arm++) {
                    int first = size.firstEffect(arm);
                    parts.set(units, size, arm, state.noise[unit], 0, null);
                    for (int a = 0; a < 3; a++) {
                        for (int c = 0; c < 3; c++) {
                            assertThat(parts.unitCovariance[a * 3 + c])
                                    .isCloseTo(units.covariance[(first + a) * p + first + c], within(1e-9));
                        }
                    }
                }
            }
        }
    }

    private static double[] expected(FactorState state, double[] prior, RowBlock block, int unit, double shift) {
        int m = state.periods();
        int p = state.size.coefficients();
        int blocks = Math.min(10, m);
        double[][] means = IntStream.range(0, blocks)
                .filter(b -> IntStream.range(b * m / blocks, (b + 1) * m / blocks)
                        .anyMatch(j -> block.arms()[unit * m + j] != RowBlock.MISSING))
                .mapToObj(b -> posteriorMean(state, prior, block, unit, shift, b * m / blocks, (b + 1) * m / blocks))
                .toArray(double[][]::new);
        if (means.length < 2) {
            return new double[0];
        }
        double[] covariance = new double[p * p];
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < p; k++) {
                int row = i;
                int column = k;
                double first =
                        Arrays.stream(means).mapToDouble(x -> x[row]).average().orElseThrow();
                double second = Arrays.stream(means)
                        .mapToDouble(x -> x[column])
                        .average()
                        .orElseThrow();
                covariance[i * p + k] = Arrays.stream(means)
                                .mapToDouble(x -> (x[row] - first) * (x[column] - second))
                                .sum()
                        * (means.length - 1)
                        / means.length;
            }
        }
        return covariance;
    }

    /** Coefficients of a regression on the cells outside of some periods, with the prior. */
    private static double[] posteriorMean(
            FactorState state, double[] prior, RowBlock block, int unit, double shift, int from, int to) {
        int m = state.periods();
        int p = state.size.coefficients();
        double[] precision = prior.clone();
        double[] right = SmallMatrices.times(prior, state.priorMean, p, p, 1);
        for (int j = 0; j < m; j++) {
            int arm = block.arms()[unit * m + j];
            if (arm == RowBlock.MISSING || (j >= from && j < to)) {
                continue;
            }
            double[] x = new double[p];
            for (int k = 0; k < 3; k++) {
                double v = k == 0 ? 1 : state.latent[k - 1][j];
                x[k] = v;
                if (arm > 0) {
                    x[state.size.firstEffect(arm) + k] = v;
                }
            }
            double y = block.outcomes()[unit * m + j] - shift - state.latent[2][j];
            for (int i = 0; i < p; i++) {
                right[i] += x[i] * y / state.noise[unit];
                for (int k = 0; k < p; k++) {
                    precision[i * p + k] += x[i] * x[k] / state.noise[unit];
                }
            }
        }
        return SmallMatrices.times(SmallInverse.of(precision, p), right, p, p, 1);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
