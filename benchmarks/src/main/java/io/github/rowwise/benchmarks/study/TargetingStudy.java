package io.github.rowwise.benchmarks.study;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.targeting.Budget;
import io.github.rowwise.targeting.RankingArea;
import io.github.rowwise.targeting.RankingTest;
import io.github.rowwise.targeting.TargetPlan;
import io.github.rowwise.targeting.TargetUnit;
import io.github.rowwise.targeting.Targeting;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Whether chosen units gain what their plan promises, whether they gain what an oracle would choose, and how often the test of the
 * ranking rejects if effects differ and if they do not; for a table in {@code docs/method.md}.
 */
public final class TargetingStudy {

    private static final int UNITS = 60;
    private static final int PERIODS = 60;
    private static final double LEVEL = 0.95;
    private static final double MEAN_EFFECT = 1;
    private static final double SPREAD = 0.5;
    private static final double[] SHARES = {0.05, 0.2, 0.5};

    private final PrintStream out;
    private final int draws;

    TargetingStudy(PrintStream out, int draws) {
        this.out = out;
        this.draws = draws;
    }

    /**
     * Prints the table in Markdown.
     *
     * @param arguments number of draws
     */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument: number of draws");
        }
        try (Draws parallel = new Draws((long) UNITS * PERIODS)) {
            new TargetingStudy(System.out, Integer.parseInt(arguments[0])).plans(parallel);
        }
    }

    /**
     * How panels are drawn.
     *
     * @param spell number of periods after which treatment may change
     * @param deviation of the noise
     * @param correlation of the noise
     */
    record Design(int spell, double deviation, double correlation) {

        String label() {
            return (spell == 1 ? "every period" : "every " + spell + " periods") + " | "
                    + String.format(Locale.ROOT, "%.1f", deviation) + " | "
                    + (correlation == 0 ? "iid" : "AR(1), " + correlation);
        }
    }

    /**
     * A panel with known effects.
     *
     * @param effects the effect on each unit
     * @param oracle its posterior mean, given all parameters and the factor
     */
    record Drawn(Panel panel, double[] effects, double[] oracle) {

        static Drawn of(Design design, double spread, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] factor = new double[PERIODS];
            double[] common = new double[PERIODS];
            for (int j = 0; j < PERIODS; j++) {
                factor[j] = random.nextGaussian();
                common[j] = random.nextGaussian();
            }
            double[][] outcomes = new double[UNITS][PERIODS];
            int[][] arms = new int[UNITS][PERIODS];
            double[] effects = new double[UNITS];
            double[] oracle = new double[UNITS];
            for (int i = 0; i < UNITS; i++) {
                double level = random.nextGaussian();
                double loading = random.nextGaussian();
                double own = random.nextGaussian();
                // Half of the variance of the effects goes with the level.
                effects[i] = MEAN_EFFECT + spread * Math.sqrt(0.5) * (level + own);
                double propensity = random.nextDouble(0.2, 0.8);
                double noise = design.deviation() * random.nextGaussian();
                for (int j = 0; j < PERIODS; j++) {
                    double coin = random.nextDouble();
                    arms[i][j] = j % design.spell() == 0 ? (coin < propensity ? 1 : 0) : arms[i][j - 1];
                    outcomes[i][j] = common[j] + level + loading * factor[j] + arms[i][j] * effects[i] + noise;
                    double rho = design.correlation();
                    noise = rho * noise + design.deviation() * Math.sqrt(1 - rho * rho) * random.nextGaussian();
                }
                oracle[i] = MEAN_EFFECT + posterior(outcomes[i], arms[i], common, factor, design, spread);
            }
            Panel panel = Panel.of(
                    outcomes,
                    arms,
                    IntStream.range(0, UNITS).mapToObj(i -> "u" + i).toList(),
                    IntStream.range(0, PERIODS).mapToObj(j -> "" + j).toList());
            return new Drawn(panel, effects, oracle);
        }

        /** Posterior mean of what the effect differs from its mean: standard normal level, loading and own part are unknown. */
        private static double posterior(
                double[] outcomes, int[] arms, double[] common, double[] factor, Design design, double spread) {
            double half = spread * Math.sqrt(0.5);
            double rho = design.correlation();
            double[][] normal = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}};
            double[] before = new double[4];
            for (int j = 0; j < PERIODS; j++) {
                double[] row = {
                    1 + half * arms[j], factor[j], half * arms[j], outcomes[j] - common[j] - arms[j] * MEAN_EFFECT
                };
                double[] white = new double[4];
                double deviation = design.deviation() * (j == 0 ? 1 : Math.sqrt(1 - rho * rho));
                for (int k = 0; k < 4; k++) {
                    white[k] = (row[k] - (j == 0 ? 0 : rho * before[k])) / deviation;
                }
                for (int a = 0; a < 3; a++) {
                    for (int b = 0; b < 4; b++) {
                        normal[a][b] += white[a] * white[b];
                    }
                }
                before = row;
            }
            for (int k = 0; k < 3; k++) {
                for (int a = 0; a < 3; a++) {
                    double ratio = normal[a][k] / normal[k][k];
                    for (int b = 0; a != k && b < 4; b++) {
                        normal[a][b] -= ratio * normal[k][b];
                    }
                }
            }
            return half * (normal[0][3] / normal[0][0] + normal[2][3] / normal[2][2]);
        }

        /** Returns the sum of the true effects of the first units by the oracle. */
        double oracleGain(int count) {
            return IntStream.range(0, UNITS)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -oracle[i]))
                    .limit(count)
                    .mapToDouble(i -> effects[i])
                    .sum();
        }
    }

    /** Coverage, gain and gain of the oracle of each budget; then rejections with and without differences, and fitting all. */
    private static double[] one(Design design, long seed, int threads) {
        FactorModelEstimator estimator = FactorModelEstimator.withDefaults().withThreads(threads);
        RankingTest test = RankingTest.withDefaults().withEstimator(estimator);
        Drawn drawn = Drawn.of(design, SPREAD, seed);
        UnitEffects effects = estimator.fit(drawn.panel());
        List<Double> row = new ArrayList<>();
        for (double share : SHARES) {
            TargetPlan plan = Targeting.withDefaults()
                    .withCandidates(Targeting.Candidates.ALL)
                    .withBudget(Budget.share(share))
                    .withThreads(threads)
                    .plan(effects);
            double gain = 0;
            for (TargetUnit unit : plan.chosen()) {
                gain += drawn.effects()[unit.index()];
            }
            Estimate total = plan.totalGain();
            row.add(total.interval(LEVEL).contains(gain) ? 1.0 : 0.0);
            row.add(total.value() - gain);
            row.add(gain);
            row.add(drawn.oracleGain(plan.best()));
        }
        row.add(rejects(test.run(effects)));
        UnitEffects equal = estimator.fit(Drawn.of(design, 0, seed + 1_000_000).panel());
        row.add(rejects(test.run(equal)));
        return row.stream().mapToDouble(value -> value).toArray();
    }

    private static double rejects(RankingArea area) {
        if (!area.isTested()) {
            throw new IllegalStateException(area.area().toString());
        }
        return area.pValue() <= 1 - LEVEL ? 1 : 0;
    }

    void plans(Draws parallel) {
        out.println(
                "| treatment may change | noise | | interval holds the gain: 5 % | 20 % | 50 % | gain over that of the"
                        + " oracle: 5 % | 20 % | 50 % | promised over true: 5 % | 20 % | 50 % | ranking rejected: effects differ |"
                        + " do not |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (int spell : new int[] {1, 5}) {
            for (double deviation : new double[] {0.5, 1.5}) {
                for (double correlation : new double[] {0, 0.5}) {
                    row(parallel, new Design(spell, deviation, correlation));
                }
            }
        }
    }

    private void row(Draws parallel, Design design) {
        double[] mean = new double[SHARES.length * 4 + 2];
        for (double[] one : parallel.run(draws, draw -> one(design, draw, parallel.threadsPerFit()))) {
            Arrays.setAll(mean, k -> mean[k] + one[k] / draws);
        }
        StringBuilder line = new StringBuilder("| " + design.label());
        for (int k = 0; k < SHARES.length; k++) {
            line.append(String.format(Locale.ROOT, " | %.3f", mean[4 * k]));
        }
        for (int k = 0; k < SHARES.length; k++) {
            line.append(String.format(Locale.ROOT, " | %.3f", mean[4 * k + 2] / mean[4 * k + 3]));
        }
        for (int k = 0; k < SHARES.length; k++) {
            line.append(String.format(Locale.ROOT, " | %.3f", 1 + mean[4 * k + 1] / mean[4 * k + 2]));
        }
        line.append(
                String.format(Locale.ROOT, " | %.3f | %.3f |", mean[4 * SHARES.length], mean[4 * SHARES.length + 1]));
        out.println(line);
    }
}
