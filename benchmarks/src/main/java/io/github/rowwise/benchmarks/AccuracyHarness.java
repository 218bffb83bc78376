package io.github.rowwise.benchmarks;

import io.github.rowwise.Centring;
import io.github.rowwise.Estimate;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.LowRankMatrix;
import io.github.rowwise.Panel;
import io.github.rowwise.PanelSimulation;
import io.github.rowwise.PanelSimulation.Assignment;
import io.github.rowwise.PanelSimulation.NoiseForm;
import io.github.rowwise.RowScaledSpectralEstimator;
import io.github.rowwise.SimulatedPanel;
import io.github.rowwise.UnitEffect;
import io.github.rowwise.UnitEffects;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How well each estimator does on simulated panels of every assignment and noise: bias, error, worst row, order of the
 * units, coverage and width of the intervals, and time; and how often it finds an effect where there is none.
 *
 * <p>Under staggered adoption the ATT is judged, elsewhere the ATE.
 */
public final class AccuracyHarness {

    private final PrintStream out;
    private final int draws;
    private final int side;
    private final Map<String, Function<Panel, UnitEffects>> estimators = new LinkedHashMap<>();

    AccuracyHarness(PrintStream out, int draws, int side) {
        this.out = out;
        this.draws = draws;
        this.side = side;
        RowScaledSpectralEstimator spectral = RowScaledSpectralEstimator.withDefaults();
        estimators.put("Algorithm 1", spectral.withCentring(Centring.NONE)::fit);
        estimators.put("Algorithm 1, centred", spectral::fit);
        estimators.put("factor model", FactorModelEstimator.withDefaults()::fit);
    }

    /**
     * Prints the tables in Markdown.
     *
     * @param arguments number of draws, and number of units and of periods
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("give the number of draws and the number of units and periods");
        }
        AccuracyHarness harness =
                new AccuracyHarness(System.out, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        harness.effects();
        harness.noEffects();
    }

    void effects() {
        out.println("| assignment | noise | method | bias | RMSE | worst row | rank correlation | coverage of 95 % "
                + "| width over needed | seconds |");
        out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (Assignment assignment : Assignment.values()) {
            for (NoiseForm noise : NoiseForm.values()) {
                Map<String, Accuracy> accuracies = new LinkedHashMap<>();
                for (int draw = 1; draw <= draws; draw++) {
                    SimulatedPanel simulated =
                            simulation(assignment, noise, draw).generate();
                    boolean isStaggered = assignment == Assignment.STAGGERED;
                    accuracies
                            .computeIfAbsent("difference of means", name -> new Accuracy())
                            .add(
                                    unit -> differenceOfMeans(simulated.panel(), unit),
                                    isStaggered ? simulated.att() : simulated.ate());
                    accuracies
                            .computeIfAbsent("two-way fixed effects", name -> new Accuracy())
                            .add(
                                    TwoWayFixedEffects.fit(simulated.panel())::effect,
                                    isStaggered ? simulated.att() : simulated.ate());
                    estimators.forEach((name, fit) -> accuracies
                            .computeIfAbsent(name, key -> new Accuracy())
                            .add(fit, simulated, isStaggered));
                }
                accuracies.forEach((name, accuracy) -> out.println(
                        "| " + assignment.label() + " | " + noise.label() + " | " + name + " | " + accuracy.row()));
            }
        }
    }

    void noEffects() {
        out.println();
        out.println("| assignment | noise | method | false discovery rate at 0.1 where no unit has an effect |");
        out.println("|---|---|---|---|");
        for (Assignment assignment : Assignment.values()) {
            for (NoiseForm noise : NoiseForm.values()) {
                estimators.forEach((name, fit) -> {
                    int found = 0;
                    for (int draw = 1; draw <= draws; draw++) {
                        Panel panel = simulation(assignment, noise, draw)
                                .withEffect(0, 0)
                                .generate()
                                .panel();
                        // Every discovery is false, so the share of false ones is 1 as soon as there is any.
                        found += anyBelow(fit.apply(panel).qValues(), 0.1) ? 1 : 0;
                    }
                    out.printf(
                            "| %s | %s | %s | %.2f |%n",
                            assignment.label(), noise.label(), name, (double) found / draws);
                });
            }
        }
    }

    private PanelSimulation simulation(Assignment assignment, NoiseForm noise, int draw) {
        return PanelSimulation.withDefaults()
                .withSize(side, side)
                .withAssignment(assignment)
                .withNoiseForm(noise)
                .withSeed(draw);
    }

    private static boolean anyBelow(double[] qValues, double bound) {
        for (double q : qValues) {
            if (q < bound) {
                return true;
            }
        }
        return false;
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

    /** Largest row error of the effect matrix, {@code max_i ||M^_i - M_i||_2 / sqrt(m)}: the paper's norm. */
    static double worstRow(UnitEffects effects, LowRankMatrix truth) {
        LowRankMatrix estimate = effects.effectMatrix();
        double worst = 0;
        for (UnitEffect unit : effects.units()) {
            int row = effects.panel().unitNames().indexOf(unit.unit());
            if (estimate.isAvailable(row)) {
                double[] estimated = estimate.row(row);
                double[] expected = truth.row(row);
                double squares = 0;
                for (int j = 0; j < estimated.length; j++) {
                    squares += (estimated[j] - expected[j]) * (estimated[j] - expected[j]);
                }
                worst = Math.max(worst, Math.sqrt(squares / estimated.length));
            }
        }
        return worst;
    }

    static Estimate judged(UnitEffect unit, boolean isStaggered) {
        return isStaggered ? unit.att() : unit.ate();
    }
}
