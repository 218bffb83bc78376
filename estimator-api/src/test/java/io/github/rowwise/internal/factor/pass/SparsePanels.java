package io.github.rowwise.internal.factor.pass;

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

/** Random panels with units that have few cells, and random states of the factor model for them. */
public final class SparsePanels {

    public static final int UNITS = 150;
    public static final int PERIODS = 333;

    private final SplittableRandom random;

    public SparsePanels(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Units with no cell, one cell, a few runs, cells in the first and the last period, and most cells. */
    public PanelCounts panel(int treatments, boolean correlated) {
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

    public FactorState state(Dimensions size, boolean correlated) {
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
