package io.github.rowwise.internal.factor.summary;

import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.pass.UnitBatch;
import io.github.rowwise.internal.factor.pass.UnitCells;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Delete-block jackknife of one unit's coefficients: their changes if one of ten blocks of consecutive periods is
 * omitted. The factors, the prior and the noise variance are held fixed.
 *
 * <p>The jackknife reflects serial correlation within blocks without a model of it. Scratch memory of one thread.
 * Source: Kunsch (1989), doi:10.1214/aos/1176347265.
 */
final class BlockJackknife {

    private static final int MAX_BLOCKS = 10;

    private final UnitBatch replicates;
    private final int periods;
    private final int p;
    private final double[][] means;
    private final double[] covariance;

    /** Number of blocks in which the unit has cells. */
    int blocks;

    BlockJackknife(UnitBatch without, int periods, int p) {
        this.replicates = without;
        this.periods = periods;
        this.p = p;
        this.means = new double[Math.min(MAX_BLOCKS, periods)][p];
        this.covariance = new double[p * p];
    }

    /** Returns the sampling covariance of the coefficients; {@code null} if fewer than two blocks have cells. */
    double @Nullable [] covariance(UnitCells cells, int unit, int index) {
        blocks = 0;
        int pending = 0;
        for (int block = 0; block < means.length; block++) {
            int from = start(block);
            int to = start(block + 1);
            if (cells.isEmpty(unit, from, to)) {
                continue;
            }
            replicates.cells.copyWithout(pending++, cells, unit, from, to);
            if (pending == replicates.capacity()) {
                collect(pending, index);
                pending = 0;
            }
        }
        collect(pending, index);
        return blocks < 2 ? null : covarianceOfMeans();
    }

    private int start(int block) {
        return (int) ((long) block * periods / means.length);
    }

    private void collect(int count, int index) {
        if (count == 0) {
            return;
        }
        replicates.computeCopies(count, index);
        for (int copy = 0; copy < count; copy++) {
            replicates.select(copy);
            System.arraycopy(replicates.mean, 0, means[blocks++], 0, p);
        }
    }

    private double[] covarianceOfMeans() {
        Arrays.fill(covariance, 0);
        for (int i = 0; i < p; i++) {
            double sum = 0;
            for (int block = 0; block < blocks; block++) {
                sum += means[block][i];
            }
            for (int block = 0; block < blocks; block++) {
                means[block][i] -= sum / blocks;
            }
        }
        double factor = (blocks - 1.0) / blocks;
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < p; i++) {
                Vectors.addScaled(covariance, i * p, means[block], 0, factor * means[block][i], p);
            }
        }
        return covariance;
    }
}
