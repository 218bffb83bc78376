package io.github.rowwise.benchmarks.study;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.GapCheck;
import io.github.rowwise.evaluation.PanelCheck;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import io.github.rowwise.simulation.PanelSimulation.NoiseForm;
import io.github.rowwise.simulation.SimulatedPanel;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Size and power of the checks around treatments, for a table in {@code docs/method.md}. */
public final class CheckStudy {

    private static final int UNITS = 40;
    private static final int PERIODS = 60;

    /** Number of periods that the effect leaks by. */
    private static final int LEAK = 2;

    private static final double LEAKED_SHARE = 0.5;
    private static final double LEVEL = 0.05;

    private final PrintStream out;
    private final int draws;

    CheckStudy(PrintStream out, int draws) {
        this.out = out;
        this.draws = draws;
    }

    /** Where the effect leaks. */
    private enum Leak {
        NONE("nothing"),
        BEFORE("anticipation"),
        AFTER("carry-over");

        private final String label;

        Leak(String label) {
            this.label = label;
        }
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
        new CheckStudy(System.out, Integer.parseInt(arguments[0])).rejections();
    }

    void rejections() {
        out.println("| assignment | noise | leak | placebo | anticipation | carry-over | lead right | washout right |");
        out.println("|---|---|---|---|---|---|---|---|");
        for (Assignment assignment : List.of(Assignment.BLOCKS, Assignment.STAGGERED)) {
            for (NoiseForm noise : List.of(NoiseForm.IID, NoiseForm.AUTOREGRESSIVE)) {
                for (Leak leak : Leak.values()) {
                    if (assignment == Assignment.BLOCKS || leak != Leak.AFTER) {
                        row(assignment, noise, leak);
                    }
                }
            }
        }
    }

    private void row(Assignment assignment, NoiseForm noise, Leak leak) {
        List<PanelChecks> checks;
        try (Draws pool = new Draws((long) UNITS * PERIODS)) {
            checks = pool.run(draws, draw -> check(leaking(assignment, noise, leak, draw), pool.threadsPerFit()));
        }
        out.printf(
                "| %s | %s | %s | %s | %s | %s | %s | %s |%n",
                assignment.label(),
                noise.label(),
                leak.label,
                rejected(checks, PanelChecks::placebo),
                rejected(checks, PanelChecks::anticipation),
                rejected(checks, PanelChecks::carryOver),
                share(checks, check -> check.anticipation().periods() == (leak == Leak.BEFORE ? LEAK : 0)),
                assignment == Assignment.STAGGERED
                        ? ""
                        : share(checks, check -> check.carryOver().periods() == (leak == Leak.AFTER ? LEAK : 0)));
    }

    private static String rejected(List<PanelChecks> checks, Function<PanelChecks, GapCheck> part) {
        List<PanelChecks> made = checks.stream()
                .filter(check -> !Double.isNaN(part.apply(check).pValue()))
                .toList();
        return made.isEmpty() ? "" : share(made, check -> part.apply(check).pValue() <= LEVEL);
    }

    private static String share(List<PanelChecks> checks, Predicate<PanelChecks> what) {
        return "%.3f".formatted(checks.stream().filter(what).count() / (double) checks.size());
    }

    private static PanelChecks check(Panel panel, int threads) {
        // The gaps need no fit of the whole panel.
        UnitEffects none = UnitEffects.builder(panel).method("none").build();
        return PanelCheck.withDefaults()
                .withEstimator(FactorModelEstimator.withDefaults().withThreads(threads))
                .withComparisons(Map.of())
                .withDraws(0)
                .run(none, step -> {});
    }

    /** Draws a panel in which half of the effect reaches the control cells before or after a treatment. */
    private static Panel leaking(Assignment assignment, NoiseForm noise, Leak leak, int draw) {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(UNITS, PERIODS)
                .withAssignment(assignment)
                .withNoiseForm(noise)
                .withSeed(draw)
                .generate();
        Panel panel = simulated.panel();
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames());
        panel.forEachRow((unit, outcomes, arms) -> {
            for (int j = 0; j < arms.length; j++) {
                boolean isLeak = false;
                for (int k = 1; k <= LEAK; k++) {
                    int source = leak == Leak.BEFORE ? j + k : j - k;
                    isLeak |= leak != Leak.NONE && source >= 0 && source < arms.length && arms[source] == 1;
                }
                double leaked = arms[j] == 0 && isLeak
                        ? LEAKED_SHARE * simulated.effects().get(unit, j)
                        : 0;
                cells.set(unit, j, arms[j], outcomes[j] + leaked);
            }
        });
        return cells.build();
    }
}
