package io.github.rowwise.benchmarks.study;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import io.github.rowwise.simulation.PanelSimulation.NoiseForm;
import io.github.rowwise.simulation.SimulatedPanel;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Influence of the rank limit of the factor model: limits 4, 8 and 12 for a true rank of 3. */
public final class RankLimitStudy {

    private static final int[] LIMITS = {4, 8, 12};

    private final PrintStream out;
    private final int draws;
    private final int side;

    RankLimitStudy(PrintStream out, int draws, int side) {
        this.out = out;
        this.draws = draws;
        this.side = side;
    }

    /**
     * Prints the table in Markdown.
     *
     * @param arguments number of draws, and number of units and of periods
     */
    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected two arguments: number of draws, number of units and periods");
        }
        RankLimitStudy study =
                new RankLimitStudy(System.out, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        try (Draws parallel = new Draws((long) study.side * study.side)) {
            study.limits(parallel);
        }
    }

    void limits(Draws parallel) {
        out.println("| assignment | rank limit | RMSE | worst row | passes | RMSE, worst row over those of limit 4 |");
        out.println("|---|---|---|---|---|---|");
        for (Assignment assignment : Assignment.values()) {
            List<Map<String, Score>> scores =
                    parallel.run(draws, draw -> scores(assignment, draw, parallel.threadsPerFit()));
            Map<String, Score> sums = Methods.sum(scores);
            Score first = sums.values().iterator().next();
            sums.forEach((limit, score) -> out.printf(
                    Locale.ROOT,
                    "| %s | %s | %.4f | %.4f | %.0f | %.3f, %.3f |%n",
                    assignment.label(),
                    limit,
                    score.accuracy().rmse(),
                    score.accuracy().worstRow(),
                    score.passes() / draws,
                    score.accuracy().rmse() / first.accuracy().rmse(),
                    score.accuracy().worstRow() / first.accuracy().worstRow()));
        }
    }

    private Map<String, Score> scores(Assignment assignment, int draw, int threads) {
        SimulatedPanel simulated = AccuracyHarness.simulation(assignment, NoiseForm.IID, side, draw)
                .generate();
        Map<String, Score> scores = new LinkedHashMap<>();
        for (int limit : LIMITS) {
            FactorModelEstimator estimator =
                    FactorModelEstimator.withDefaults().withRankLimit(limit).withThreads(threads);
            scores.put(
                    Integer.toString(limit),
                    Score.of(estimator::fit, simulated.panel(), AccuracyHarness.truth(simulated, assignment)));
        }
        return scores;
    }
}
