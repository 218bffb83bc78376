package io.github.rowwise.benchmarks;

import io.github.rowwise.Estimate;
import io.github.rowwise.Panel;
import io.github.rowwise.PanelSimulation;
import io.github.rowwise.PanelSimulation.Assignment;
import io.github.rowwise.RankRule;
import io.github.rowwise.RowScaledSpectralEstimator;
import io.github.rowwise.SimulatedPanel;
import io.github.rowwise.UnitEffect;
import io.github.rowwise.UnitEffects;
import java.io.PrintStream;

/**
 * What Algorithm 1 delivers on simulated panels: the tables of {@code docs/method.md}.
 *
 * <p>{@code ranks} counts how often sign-flip parallel analysis finds the true rank; {@code coverage} compares the errors
 * of the unit ATE with its standard errors and with the plain difference of means.
 */
public final class SpectralStudy {

    private static final int[][] SIZES = {{50, 50}, {100, 100}, {200, 200}, {400, 300}};

    private final PrintStream out;
    private final int draws;

    SpectralStudy(PrintStream out, int draws) {
        this.out = out;
        this.draws = draws;
    }

    /**
     * Prints one of the tables in Markdown.
     *
     * @param arguments the table, {@code ranks} or {@code coverage}, and the number of draws
     */
    public static void main(String[] arguments) {
        String table = arguments.length == 2 ? arguments[0] : "";
        SpectralStudy study = new SpectralStudy(System.out, table.isEmpty() ? 0 : Integer.parseInt(arguments[1]));
        switch (table) {
            case "ranks" -> study.ranks();
            case "coverage" -> study.coverage();
            default -> throw new IllegalArgumentException("give a table, ranks or coverage, and the number of draws");
        }
    }

    void ranks() {
        out.println("| copies | panel | true rank | fewer | right | more |");
        out.println("|---|---|---|---|---|---|");
        for (int copies : new int[] {1, 5, 9}) {
            for (int[] size : SIZES) {
                for (int rank : new int[] {0, 3}) {
                    int[] counts = rankCounts(copies, size, rank);
                    double all = counts[0] + counts[1] + counts[2];
                    out.printf(
                            "| %d | %d x %d | %d | %.2f | %.2f | %.2f |%n",
                            copies, size[0], size[1], rank, counts[0] / all, counts[1] / all, counts[2] / all);
                }
            }
        }
    }

    /** Arms with fewer factors kept than there are, with as many, and with more. */
    private int[] rankCounts(int copies, int[] size, int rank) {
        int[] counts = new int[3];
        RowScaledSpectralEstimator estimator =
                RowScaledSpectralEstimator.withDefaults().withRank(new RankRule.SignFlip(copies));
        for (int draw = 1; draw <= draws; draw++) {
            // Without spread, effects are constant, so both arms have the rank of the untreated outcomes.
            Panel panel = PanelSimulation.withDefaults()
                    .withSize(size[0], size[1])
                    .withRank(rank)
                    .withEffect(1, 0)
                    .withSeed(draw)
                    .generate()
                    .panel();
            estimator.spectra(panel).forEach(spectrum -> counts[Integer.signum(spectrum.rank() - rank) + 1]++);
        }
        return counts;
    }

    void coverage() {
        out.println("| assignment | panel | RMSE | mean standard error | coverage of 95 % | difference of means |");
        out.println("|---|---|---|---|---|---|");
        for (Assignment assignment : Assignment.values()) {
            for (int side : new int[] {100, 200}) {
                Errors errors = errors(assignment, side);
                out.printf(
                        "| %s | %d x %d | %.3f | %.3f | %.3f | %.3f |%n",
                        assignment.label(),
                        side,
                        side,
                        Math.sqrt(errors.squares / errors.units),
                        Math.sqrt(errors.variances / errors.units),
                        (double) errors.covered / errors.units,
                        Math.sqrt(errors.squaresOfDifference / errors.units));
            }
        }
    }

    private Errors errors(Assignment assignment, int side) {
        Errors errors = new Errors();
        for (int draw = 1; draw <= draws; draw++) {
            SimulatedPanel simulated = PanelSimulation.withDefaults()
                    .withSize(side, side)
                    .withAssignment(assignment)
                    .withSeed(draw)
                    .generate();
            UnitEffects effects = RowScaledSpectralEstimator.withDefaults().fit(simulated.panel());
            for (int unit = 0; unit < side; unit++) {
                UnitEffect effect = effects.unit(unit, 1);
                if (effect.ate().hasStandardError()) {
                    errors.add(effect.ate(), simulated.ate()[unit], differenceOfMeans(simulated.panel(), unit));
                }
            }
        }
        return errors;
    }

    static double differenceOfMeans(Panel panel, int unit) {
        double[] sums = new double[2];
        int[] cells = new int[2];
        for (int period = 0; period < panel.periods(); period++) {
            if (panel.isObserved(unit, period)) {
                sums[panel.arm(unit, period)] += panel.outcome(unit, period);
                cells[panel.arm(unit, period)]++;
            }
        }
        return sums[1] / cells[1] - sums[0] / cells[0];
    }

    private static final class Errors {
        private int units;
        private int covered;
        private double squares;
        private double variances;
        private double squaresOfDifference;

        void add(Estimate estimate, double truth, double difference) {
            units++;
            covered += estimate.interval(0.95).contains(truth) ? 1 : 0;
            squares += (estimate.value() - truth) * (estimate.value() - truth);
            variances += estimate.standardError() * estimate.standardError();
            squaresOfDifference += (difference - truth) * (difference - truth);
        }
    }
}
