package io.github.rowwise.internal.factor.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.EvidenceBound;
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
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units with few cells give the same sums in the sparse layout as in the full one. */
class SparseUnitsTest {

    private static final int UNITS = 150;
    private static final int PERIODS = 333;
    private static final Offset<Double> CLOSE = within(1e-9);

    private final SplittableRandom random = new SplittableRandom(11);

    @ParameterizedTest
    @CsvSource({
        "1, true, 0, true, false",
        "1, false, 2, true, true",
        "2, true, 2, true, true",
        "3, false, 0, true, true",
        "2, false, 2, false, true",
        "1, true, 0, false, false"
    })
    void equalUnitsOfTheFullLayout(
            int treatments, boolean constantEffects, int onsets, boolean correlated, boolean clipped) {
        PanelCounts panel = panel(treatments, correlated);
        FactorState state = state(new Dimensions(2, 3, constantEffects, treatments, onsets), correlated);
        EvidenceBound.updatePooledNoise(state, panel);
        HuberClipping clipping = clipped ? HuberClipping.around(state) : HuberClipping.none();
        int[] slots = UnitCells.sparseSlots(panel);
        assertThat(slots).containsExactly(32, 96);
        assertThat(units(panel, 0, 32)).isGreaterThan(50);
        assertThat(units(panel, 32, 96)).isGreaterThan(5);
        assertThat(units(panel, 96, 2 * PERIODS)).isGreaterThan(5);

        // The second pass reads the clipped outcomes that the first has stored, in either layout.
        EStep.Result first = EStep.run(panel, state, clipping, slots);
        EStep.Result full = EStep.run(panel, state, clipping, new int[0]);
        EStep.Result again = EStep.run(panel, state, clipping, slots);

        for (EStep.Result pass : new EStep.Result[] {first, again}) {
            assertThat(pass.coefficients).containsExactly(full.coefficients, CLOSE);
            assertThat(pass.noise).containsExactly(full.noise, CLOSE);
            assertThat(pass.correlation).containsExactly(full.correlation, CLOSE);
            assertThat(pass.residuals).containsExactly(full.residuals, CLOSE);
            for (int group = 0; group < full.moments.length; group++) {
                assertThat(pass.moments[group].products).containsExactly(full.moments[group].products, CLOSE);
                assertThat(pass.moments[group].covariances).containsExactly(full.moments[group].covariances, CLOSE);
                assertThat(pass.moments[group].logDeterminants).isCloseTo(full.moments[group].logDeterminants, CLOSE);
            }
            assertThat(pass.periods.squares).containsExactly(full.periods.squares, CLOSE);
            for (int a = 0; a < state.size.extended(); a++) {
                assertThat(pass.periods.linear[a]).containsExactly(full.periods.linear[a], CLOSE);
                for (int j = 0; j < PERIODS; j++) {
                    assertThat(pass.periods.previousLinear(a, j)).isCloseTo(full.periods.previousLinear(a, j), CLOSE);
                    for (int c = 0; c < state.size.extended(); c++) {
                        assertThat(pass.periods.cross(a, c, j)).isCloseTo(full.periods.cross(a, c, j), CLOSE);
                        assertThat(pass.periods.current(a, c, j)).isCloseTo(full.periods.current(a, c, j), CLOSE);
                        assertThat(pass.periods.previous(a, c, j)).isCloseTo(full.periods.previous(a, c, j), CLOSE);
                    }
                }
            }
        }
    }

    private static long units(PanelCounts panel, int above, int most) {
        return IntStream.range(0, UNITS)
                .map(unit -> panel.cells()[unit] + panel.runs()[unit])
                .filter(needed -> needed > above && needed <= most)
                .count();
    }

    /** Units with no cell, one cell, a few runs, cells in the first and the last period, and most cells. */
    private PanelCounts panel(int treatments, boolean correlated) {
        byte[] arms = new byte[UNITS * PERIODS];
        double[] outcomes = new double[arms.length];
        Arrays.fill(arms, RowBlock.MISSING);
        for (int unit = 0; unit < UNITS; unit++) {
            int runs = unit % 10 == 9 ? 15 : unit % 10 / 2;
            for (int run = 0; run < runs; run++) {
                int start = run == 0 ? 0 : random.nextInt(PERIODS);
                int end = run == 1 ? PERIODS : Math.min(PERIODS, start + random.nextInt(1, 6));
                start = run == 1 ? PERIODS - 3 : start;
                for (int j = start; j < end; j++) {
                    arms[unit * PERIODS + j] = (byte) random.nextInt(treatments + 1);
                }
            }
            for (int j = 0; unit % 13 == 0 && j < PERIODS; j++) {
                arms[unit * PERIODS + j] = (byte) (random.nextInt(treatments + 2) - 1);
            }
        }
        for (int at = 0; at < arms.length; at++) {
            double noise = random.nextGaussian() * (random.nextInt(6) == 0 ? 20 : 1);
            outcomes[at] = arms[at] == RowBlock.MISSING ? 0 : noise;
        }
        RowBlock block = new RowBlock(0, UNITS, PERIODS, outcomes, arms);
        CellHash hash = new CellHash(1, names(UNITS), names(PERIODS));
        BlockRunner runner = new BlockRunner(RowBlocks.of(List.of(block)), 1);
        return PanelCounts.of(new PanelView(runner, UNITS, PERIODS, treatments + 1, 1, hash), correlated);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private FactorState state(Dimensions size, boolean correlated) {
        FactorState state = new FactorState(size, UNITS, PERIODS);
        for (double[] row : state.latent) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        for (int j = 0; j < PERIODS; j++) {
            state.covariance[j] = RandomMatrices.positiveDefinite(random, size.latent(), .1);
            Arrays.setAll(state.lagged[j], k -> .003 * random.nextGaussian());
        }
        Arrays.setAll(state.priorMean, k -> random.nextGaussian());
        state.priorCovariance = RandomMatrices.positiveDefinite(random, size.coefficients(), 1);
        state.coefficients = new double[UNITS * size.coefficients()];
        Arrays.setAll(state.coefficients, k -> random.nextGaussian());
        Arrays.setAll(state.noise, unit -> random.nextDouble(.5, 2));
        Arrays.setAll(state.periodPrecisions, j -> random.nextDouble(.3, 3));
        Arrays.setAll(state.correlation, unit -> correlated ? random.nextDouble(-.8, .8) : 0);
        return state;
    }
}
