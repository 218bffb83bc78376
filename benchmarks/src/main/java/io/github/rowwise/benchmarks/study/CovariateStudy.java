package io.github.rowwise.benchmarks.study;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Coverage of the coefficients of covariates, and of the effects, by kind of noise and of assignment. Prints one row each as
 * Markdown.
 *
 * <p>Outcomes have two factors, unit and period effects, and two covariates with coefficients 1 and 3. The first covariate
 * follows loadings and factors, and treatment may follow it; the second is independent of everything.
 */
public final class CovariateStudy {

    private static final int UNITS = 60;
    private static final int PERIODS = 40;
    private static final List<String> NAMES = List.of("first", "second");
    private static final double[] COEFFICIENTS = {1, 3};

    private enum Assignment {
        BY_UNIT,
        FOLLOWS_COVARIATE,
        STAGGERED
    }

    private CovariateStudy() {}

    /**
     * Runs the study.
     *
     * @param args number of draws
     */
    public static void main(String[] args) {
        int draws = Integer.parseInt(args[0]);
        System.out.println(
                "| noise | assignment | covariate 1: bias | RMSE | coverage | covariate 2: bias | RMSE | coverage"
                        + " | unit ATT: RMSE | without covariates | coverage |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        for (double correlation : new double[] {0, .6}) {
            for (Assignment assignment : Assignment.values()) {
                System.out.println(row(draws, correlation, assignment));
            }
        }
    }

    private static String row(int draws, double correlation, Assignment assignment) {
        double[] biases = new double[COEFFICIENTS.length];
        double[] squares = new double[COEFFICIENTS.length];
        double[] covered = new double[COEFFICIENTS.length];
        double[] unitSquares = new double[2];
        double unitsCovered = 0;
        double units = 0;
        SplittableRandom seeds = new SplittableRandom(5);
        for (int draw = 0; draw < draws; draw++) {
            Drawn drawn = new Drawn(seeds.split(), correlation, assignment);
            UnitEffects effects = FactorModelEstimator.withDefaults().fit(drawn.panel(true));
            UnitEffects without = FactorModelEstimator.withDefaults().fit(drawn.panel(false));
            for (int k = 0; k < COEFFICIENTS.length; k++) {
                Estimate found = Objects.requireNonNull(effects.covariates().get(NAMES.get(k)));
                double error = found.value() - COEFFICIENTS[k];
                biases[k] += error / draws;
                squares[k] += error * error / draws;
                Interval interval = found.interval(.95);
                covered[k] += contains(interval, COEFFICIENTS[k]) ? 1.0 / draws : 0;
            }
            for (int unit = 0; unit < UNITS; unit++) {
                if (!effects.effect(unit, 1).att().isAvailable()) {
                    continue;
                }
                double truth = drawn.effects[unit];
                double error = effects.effect(unit, 1).att().value() - truth;
                double other = without.effect(unit, 1).att().value() - truth;
                unitSquares[0] += error * error;
                unitSquares[1] += other * other;
                unitsCovered += contains(effects.effect(unit, 1).att().interval(.95), truth) ? 1 : 0;
                units++;
            }
        }
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.4f | %.4f | %.3f | %.4f | %.4f | %.3f | %.3f | %.3f | %.3f |",
                correlation == 0 ? "iid" : "ar1",
                assignment.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                biases[0],
                Math.sqrt(squares[0]),
                covered[0],
                biases[1],
                Math.sqrt(squares[1]),
                covered[1],
                Math.sqrt(unitSquares[0] / units),
                Math.sqrt(unitSquares[1] / units),
                unitsCovered / units);
    }

    private static boolean contains(Interval interval, double value) {
        return interval.lower() <= value && value <= interval.upper();
    }

    /** A drawn panel. */
    private static final class Drawn {

        private final double[][] outcomes = new double[UNITS][PERIODS];
        private final int[][] arms = new int[UNITS][PERIODS];
        private final double[][][] covariates = new double[UNITS][PERIODS][2];
        private final double[] effects = new double[UNITS];

        Drawn(SplittableRandom random, double correlation, Assignment assignment) {
            double[][] factors = new double[2][PERIODS];
            double[] periods = new double[PERIODS];
            for (int j = 0; j < PERIODS; j++) {
                factors[0][j] = random.nextGaussian();
                factors[1][j] = random.nextGaussian();
                periods[j] = random.nextGaussian();
            }
            for (int i = 0; i < UNITS; i++) {
                double[] loadings = {random.nextGaussian(), random.nextGaussian()};
                double level = random.nextGaussian();
                effects[i] = 1 + .5 * random.nextGaussian();
                double propensity = random.nextDouble(.2, .8);
                int start = random.nextInt(3) == 0 ? PERIODS : 10 + random.nextInt(PERIODS - 15);
                double noise = random.nextGaussian();
                for (int j = 0; j < PERIODS; j++) {
                    double common = loadings[0] * factors[0][j] + loadings[1] * factors[1][j];
                    double[] x = covariates[i][j];
                    x[0] = 1 + .5 * common + .5 * loadings[0] + .5 * factors[0][j] + random.nextGaussian();
                    x[1] = random.nextGaussian();
                    arms[i][j] = switch (assignment) {
                        case BY_UNIT -> random.nextDouble() < propensity ? 1 : 0;
                        case FOLLOWS_COVARIATE -> x[0] + random.nextGaussian() > 1.5 ? 1 : 0;
                        case STAGGERED -> j >= start ? 1 : 0;
                    };
                    noise = correlation * noise + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
                    outcomes[i][j] = 5
                            + level
                            + periods[j]
                            + common
                            + COEFFICIENTS[0] * x[0]
                            + COEFFICIENTS[1] * x[1]
                            + arms[i][j] * effects[i]
                            + noise;
                }
            }
        }

        Panel panel(boolean withCovariates) {
            PanelCells cells = Panel.cells(
                    names(UNITS),
                    names(PERIODS),
                    List.of("control", "treated"),
                    withCovariates ? NAMES : List.of(),
                    OutcomeStorage.DOUBLE);
            for (int i = 0; i < UNITS; i++) {
                for (int j = 0; j < PERIODS; j++) {
                    cells.set(i, j, arms[i][j], outcomes[i][j], withCovariates ? covariates[i][j] : new double[0]);
                }
            }
            return cells.build();
        }

        private static List<String> names(int count) {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }
    }
}
