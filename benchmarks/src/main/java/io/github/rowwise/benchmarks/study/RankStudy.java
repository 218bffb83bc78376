package io.github.rowwise.benchmarks.study;

import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import java.io.PrintStream;

/** How often sign-flip parallel analysis finds the rank of simulated panels, for a table in {@code docs/method.md}. */
public final class RankStudy {

    private static final int[][] SIZES = {{50, 50}, {100, 100}, {200, 200}, {400, 300}};

    private final PrintStream out;
    private final int draws;

    RankStudy(PrintStream out, int draws) {
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
        new RankStudy(System.out, Integer.parseInt(arguments[0])).ranks();
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

    /** Returns the numbers of arms with too few factors, with the right number, and with too many. */
    private int[] rankCounts(int copies, int[] size, int rank) {
        int[] counts = new int[3];
        SpectralEstimator estimator = SpectralEstimator.withDefaults().withRank(new RankRule.SignFlip(copies));
        for (int draw = 1; draw <= draws; draw++) {
            // Constant effects do not change the rank, so both arms have that of the untreated outcomes.
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
}
