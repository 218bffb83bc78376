package io.github.rowwise.internal.factor.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the clipped outcomes with a direct implementation of the rule, cell by cell. */
class HuberClippingTest {

    private static final int UNITS = 12;

    private final SplittableRandom random = new SplittableRandom(3);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40, 97})
    void clipsTheSameCellsAsADirectImplementation(int m) {
        FactorState state = new FactorState(new Dimensions(2, 0, false, 2, 0), UNITS, m);
        for (double[] row : state.latent) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        state.coefficients = new double[UNITS * state.size.coefficients()];
        Arrays.setAll(state.coefficients, k -> random.nextGaussian());
        Arrays.setAll(state.periodPrecisions, j -> random.nextDouble(.4, 3));
        Arrays.setAll(state.noise, i -> random.nextDouble(.5, 2));
        Arrays.setAll(state.correlation, i -> random.nextDouble(-.7, .9));
        byte[] arms = new byte[UNITS * m];
        double[] outcomes = new double[arms.length];
        for (int at = 0; at < arms.length; at++) {
            arms[at] = (byte) (random.nextInt(8) == 0 ? RowBlock.MISSING : random.nextInt(3));
            // Some cells are outliers, including neighbouring cells.
            double noise = random.nextGaussian() * (random.nextInt(4) == 0 ? 8 : 1);
            outcomes[at] = arms[at] < 0 ? 0 : fit(state, at / m, arms[at], at % m) + noise;
        }
        RowBlock block = new RowBlock(0, UNITS, m, outcomes, arms);
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(List.of(block)), 1)) {
            CellHash hash = new CellHash(1, names(UNITS), names(m));
            PanelCounts panel = PanelCounts.of(new PanelView(runner, UNITS, m, 3, 1, hash), true);
            UnitCells cells = new UnitCells(panel, state.periodPrecisions, 0, UNITS);
            HuberClipping.Clipper clipper =
                    Objects.requireNonNull(HuberClipping.around(state).newClipper(m));
            // The second pass reuses the stored results of the first.
            for (int pass = 0; pass < 2; pass++) {
                for (int unit = 0; unit < UNITS; unit++) {
                    cells.read(block, unit, unit);
                    clipper.clip(cells, unit, unit);
                    double[] expected = clipped(state, panel, block, unit);
                    assertThat(cells.outcomes(unit)).containsExactly(expected, within(1e-12));
                }
            }
        }
    }

    private static double[] clipped(FactorState state, PanelCounts panel, RowBlock block, int unit) {
        int m = block.columns();
        byte[] arms = Arrays.copyOfRange(block.arms(), unit * m, (unit + 1) * m);
        double rho = state.correlation[unit];
        double[] y = new double[m];
        double[] residuals = new double[m];
        for (int j = 0; j < m; j++) {
            if (arms[j] >= 0) {
                y[j] = block.outcomes()[unit * m + j] - panel.shift();
                residuals[j] = y[j] - fit(state, unit, arms[j], j);
            }
        }
        double[] clipped = residuals.clone();
        for (int round = 0; round < 2; round++) {
            double[] previous = clipped.clone();
            for (int j = 0; j < m; j++) {
                if (arms[j] >= 0) {
                    boolean follows = j > 0 && arms[j - 1] >= 0;
                    boolean leads = j + 1 < m && arms[j + 1] >= 0;
                    double precision = state.periodPrecisions[j] * (follows ? 1 : 1 - rho * rho);
                    double neighbours = follows ? state.periodPrecisions[j] * previous[j - 1] : 0;
                    if (leads) {
                        precision += state.periodPrecisions[j + 1] * rho * rho;
                        neighbours += state.periodPrecisions[j + 1] * previous[j + 1];
                    }
                    double most = 3 * Math.sqrt(state.noise[unit] / precision);
                    double conditionalMean = rho * neighbours / precision;
                    clipped[j] = conditionalMean + Math.max(-most, Math.min(most, residuals[j] - conditionalMean));
                }
            }
        }
        for (int j = 0; j < m; j++) {
            y[j] += clipped[j] - residuals[j];
        }
        return y;
    }

    private static double fit(FactorState state, int unit, int arm, int j) {
        int at = unit * state.size.coefficients();
        double sum = state.latent[2][j];
        for (int k = 0; k < 3; k++) {
            double x = state.coefficients[at + k] + (arm > 0 ? state.coefficients[at + 3 * arm + k] : 0);
            sum += x * (k == 0 ? 1 : state.latent[k - 1][j]);
        }
        return sum;
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
