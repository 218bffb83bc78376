package io.github.rowwise.benchmarks.study;

import io.github.rowwise.diagnostics.RowHomogeneity;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import java.io.PrintStream;

/** Size and power of the test of row-homogeneous assignment, for a table in {@code docs/method.md}. */
public final class HomogeneityStudy {

    private static final int[][] SIZES = {{20, 30}, {50, 50}, {100, 100}, {400, 60}};

    private final PrintStream out;
    private final int draws;

    HomogeneityStudy(PrintStream out, int draws) {
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
        new HomogeneityStudy(System.out, Integer.parseInt(arguments[0])).rejections();
    }

    void rejections() {
        StringBuilder header = new StringBuilder("| assignment | missing |");
        for (int[] size : SIZES) {
            header.append(' ').append(size[0]).append(" x ").append(size[1]).append(" |");
        }
        out.println(header);
        out.println("|---|---|" + "---|".repeat(SIZES.length));
        for (Assignment assignment : Assignment.values()) {
            for (double missing : new double[] {0, 0.2}) {
                out.printf("| %s | %.1f |", assignment.label(), missing);
                for (int[] size : SIZES) {
                    out.printf(" %.3f |", rejections(assignment, missing, size));
                }
                out.println();
            }
        }
    }

    /** Returns the share of panels with a p-value of at most 0.05. */
    private double rejections(Assignment assignment, double missing, int[] size) {
        int rejected = 0;
        for (int draw = 1; draw <= draws; draw++) {
            Panel panel = PanelSimulation.withDefaults()
                    .withSize(size[0], size[1])
                    .withAssignment(assignment)
                    .withMissing(missing)
                    .withSeed(draw)
                    .generate()
                    .panel();
            rejected += RowHomogeneity.of(panel, 1, draw).pValue().orElse(1) <= 0.05 ? 1 : 0;
        }
        return (double) rejected / draws;
    }
}
