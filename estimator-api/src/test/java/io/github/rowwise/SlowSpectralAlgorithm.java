package io.github.rowwise;

import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Algorithm 1 by its definition: every matrix in full, and every average taken over it.
 *
 * <p>Standard errors follow the statement in {@code EffectPass}: with the factors held fixed an average over periods T
 * is a mean over the arm's cells of {@code t_j = c_j (1 + q_j)}, {@code q_j = m V_j' u}, u the average of V over T; without
 * centring {@code t_j = c_j q_j}.
 */
final class SlowSpectralAlgorithm {

    private final Panel panel;
    private final Centring centring;
    private final SlowMeans[] means;
    private final double[][][] factors;
    private final double[][] singularValues;
    private final double[][][] completed;

    /** Returns whether unit and period means describe the outcomes almost exactly, so that nothing says how large the noise is. */
    boolean isTwoCentredUnits() {
        return panel.units() == 2 && centring != Centring.NONE;
    }

    SlowSpectralAlgorithm(Panel panel, Centring centring, int... ranks) {
        int n = panel.units();
        int m = panel.periods();
        this.panel = panel;
        this.centring = centring;
        means = new SlowMeans[panel.arms()];
        factors = new double[panel.arms()][][];
        singularValues = new double[panel.arms()][];
        completed = new double[panel.arms()][n][m];
        for (int arm = 0; arm < panel.arms(); arm++) {
            means[arm] = SlowMeans.of(panel, arm, centring);
            double[][] x = new double[n][m];
            for (int i = 0; i < n; i++) {
                int cells = cells(i, arm);
                for (int j = 0; j < m; j++) {
                    x[i][j] = panel.arm(i, j) == arm ? centred(arm, i, j) * m / cells : 0;
                }
            }
            SlowSvd svd = SlowSvd.of(x);
            singularValues[arm] = svd.singularValues();
            int rank = Math.min(ranks[arm], (int) Arrays.stream(singularValues[arm])
                    .filter(value -> value > 1e-11)
                    .count());
            factors[arm] = Arrays.copyOf(svd.right(), rank);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    completed[arm][i][j] = means[arm].units()[i] + means[arm].periods()[j];
                }
                for (double[] factor : factors[arm]) {
                    double loading = SlowSvd.dot(x[i], factor);
                    for (int j = 0; j < m; j++) {
                        completed[arm][i][j] += loading * factor[j];
                    }
                }
            }
        }
    }

    double[] singularValues(int arm) {
        return singularValues[arm];
    }

    boolean isEstimable(int unit, int arm) {
        return cells(unit, arm) > 0 && cells(unit, 0) > 0;
    }

    double outcome(int arm, int unit, int period) {
        return completed[arm][unit][period];
    }

    double effect(int arm, int unit, int period) {
        return completed[arm][unit][period] - completed[0][unit][period];
    }

    double average(int arm, int unit, IntPredicate target) {
        return IntStream.range(0, panel.periods())
                .filter(target)
                .mapToDouble(j -> effect(arm, unit, j))
                .average()
                .orElseThrow();
    }

    /** The two variances, of the arm and of control; NaN where an arm has a single cell. */
    double[] variances(int arm, int unit, IntPredicate target) {
        return new double[] {variance(arm, unit, target), variance(0, unit, target)};
    }

    double degreesOfFreedom(int arm, int unit, IntPredicate target) {
        double treated = variance(arm, unit, target);
        double control = variance(0, unit, target);
        return Math.pow(treated + control, 2)
                / (treated * treated / (cells(unit, arm) - 1) + control * control / (cells(unit, 0) - 1));
    }

    private double variance(int arm, int unit, IntPredicate target) {
        int m = panel.periods();
        double[] u = Arrays.stream(factors[arm])
                .mapToDouble(factor -> IntStream.range(0, m)
                        .filter(target)
                        .mapToDouble(k -> factor[k])
                        .average()
                        .orElseThrow())
                .toArray();
        double[] terms = IntStream.range(0, m)
                .filter(j -> panel.arm(unit, j) == arm)
                .mapToDouble(j -> {
                    double weight = centring == Centring.NONE ? 0 : 1;
                    for (int k = 0; k < u.length; k++) {
                        weight += m * factors[arm][k][j] * u[k];
                    }
                    return centred(arm, unit, j) * weight;
                })
                .toArray();
        double mean =
                IntStream.range(0, terms.length).mapToDouble(k -> terms[k]).sum() / terms.length;
        double squares = 0;
        for (double term : terms) {
            squares += (term - mean) * (term - mean);
        }
        return terms.length < 2 ? Double.NaN : squares / (terms.length - 1) / terms.length;
    }

    private double centred(int arm, int unit, int period) {
        return panel.outcome(unit, period)
                - means[arm].units()[unit]
                - means[arm].periods()[period];
    }

    int cells(int unit, int arm) {
        return (int) IntStream.range(0, panel.periods())
                .filter(j -> panel.arm(unit, j) == arm)
                .count();
    }
}
