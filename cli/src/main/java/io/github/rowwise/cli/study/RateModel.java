package io.github.rowwise.cli.study;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Model that satisfies the assumptions of the guarantee: expected outcomes of rank 3 under control and 4 under treatment with
 * bounded loadings and factors, normal noise, and independent assignment whose propensity differs between units but not
 * between periods.
 *
 * <p>{@code A(a)_ij = l_i(a)' f_j}. The first factor is constant. The others and all loadings are uniform around 0, so expected
 * outcomes have mean 0 and variance 1, and the row averages of the effect differ between units.
 */
final class RateModel {

    static final int CONTROL_RANK = 3;
    static final int TREATED_RANK = 4;

    private static final double NOISE = 0.5;
    private static final double MIN_PROPENSITY = 0.2;
    private static final double MAX_PROPENSITY = 0.8;

    /** Half the range of a uniform variable with mean 0 and variance 1. */
    private static final double BOUND = Math.sqrt(3);

    private RateModel() {}

    /** Simulated panel and its effect matrix M = A(1) - A(0). */
    record Draw(Panel panel, LowRankMatrix effects) {}

    static Draw draw(int units, int periods, SplittableRandom random) {
        DenseMatrix factors = DenseMatrix.zeros(TREATED_RANK, periods);
        for (int j = 0; j < periods; j++) {
            factors.set(0, j, 1);
            for (int k = 1; k < TREATED_RANK; k++) {
                factors.set(k, j, uniform(random));
            }
        }
        PanelCells cells = Panel.cells(names(units), names(periods), List.of("control", "treated"));
        DenseMatrix effects = DenseMatrix.zeros(units, TREATED_RANK);
        double[][] loadings = new double[2][TREATED_RANK];
        for (int i = 0; i < units; i++) {
            for (int k = 0; k < TREATED_RANK; k++) {
                loadings[0][k] = k < CONTROL_RANK ? uniform(random) / Math.sqrt(CONTROL_RANK) : 0;
                loadings[1][k] = uniform(random) / Math.sqrt(TREATED_RANK);
                effects.set(i, k, loadings[1][k] - loadings[0][k]);
            }
            double propensity = random.nextDouble(MIN_PROPENSITY, MAX_PROPENSITY);
            for (int j = 0; j < periods; j++) {
                int arm = random.nextDouble() < propensity ? 1 : 0;
                double outcome = NOISE * random.nextGaussian();
                for (int k = 0; k < TREATED_RANK; k++) {
                    outcome += loadings[arm][k] * factors.get(k, j);
                }
                cells.set(i, j, arm, outcome);
            }
        }
        return new Draw(cells.build(), LowRankMatrix.of(effects, factors));
    }

    private static double uniform(SplittableRandom random) {
        return random.nextDouble(-BOUND, BOUND);
    }

    private static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }
}
