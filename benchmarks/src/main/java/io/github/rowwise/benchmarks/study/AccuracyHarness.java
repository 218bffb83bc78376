package io.github.rowwise.benchmarks.study;

import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import io.github.rowwise.simulation.PanelSimulation.NoiseForm;
import io.github.rowwise.simulation.SimulatedPanel;
import java.io.PrintStream;

/**
 * Accuracy of each method on simulated panels, for all assignments and forms of noise: bias, error, worst row, rank
 * correlation, coverage and width of the intervals, passes, time and false discovery rate.
 *
 * <p>The estimand is the ATT under staggered adoption, and the ATE otherwise.
 */
public final class AccuracyHarness {

    private final PrintStream out;
    private final int draws;
    private final int side;

    AccuracyHarness(PrintStream out, int draws, int side) {
        this.out = out;
        this.draws = draws;
        this.side = side;
    }

    /**
     * Prints the tables in Markdown.
     *
     * @param arguments number of draws, and number of units and of periods
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected two arguments: number of draws, number of units and periods");
        }
        AccuracyHarness harness =
                new AccuracyHarness(System.out, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        try (Draws parallel = new Draws((long) harness.side * harness.side)) {
            harness.effects(parallel);
            harness.discoveries(parallel);
        }
    }

    void effects(Draws parallel) {
        out.println("| assignment | noise | method | " + Score.HEADER);
        out.println("|---|---|---|" + Score.RULE);
        for (Assignment assignment : Assignment.values()) {
            for (NoiseForm noise : NoiseForm.values()) {
                Methods.sum(parallel.run(draws, draw -> {
                            SimulatedPanel simulated =
                                    simulation(assignment, noise, side, draw).generate();
                            return Methods.scores(
                                    simulated.panel(), truth(simulated, assignment), parallel.threadsPerFit());
                        }))
                        .forEach((name, score) -> out.println("| " + assignment.label() + " | " + noise.label() + " | "
                                + name + " | " + score.row()));
            }
        }
    }

    void discoveries(Draws parallel) {
        out.println();
        out.println(
                "False discovery rate at q-values below 0.1 if no unit has an effect and if every second unit has one,"
                        + " and the share of the latter that is found:");
        out.println();
        out.println("| assignment | noise | method | no effects | half of them | found |");
        out.println("|---|---|---|---|---|---|");
        for (Assignment assignment : Assignment.values()) {
            for (NoiseForm noise : NoiseForm.values()) {
                Discoveries.sum(parallel.run(draws, draw -> {
                            PanelSimulation simulation = simulation(assignment, noise, side, draw);
                            Panel none = simulation.withEffect(0, 0).generate().panel();
                            return Discoveries.of(none, simulation.generate(), parallel.threadsPerFit());
                        }))
                        .forEach((name, found) -> out.println("| " + assignment.label() + " | " + noise.label() + " | "
                                + name + " | " + found.row()));
            }
        }
    }

    static PanelSimulation simulation(Assignment assignment, NoiseForm noise, int side, int draw) {
        return PanelSimulation.withDefaults()
                .withSize(side, side)
                .withAssignment(assignment)
                .withNoiseForm(noise)
                .withSeed(draw);
    }

    static Score.Truth truth(SimulatedPanel simulated, Assignment assignment) {
        boolean isStaggered = assignment == Assignment.STAGGERED;
        return new Score.Truth(isStaggered ? simulated.att() : simulated.ate(), isStaggered, simulated.effects());
    }
}
