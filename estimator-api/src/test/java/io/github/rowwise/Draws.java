package io.github.rowwise;

import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Random panels, and panels made from others. */
final class Draws {

    private Draws() {}

    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(k -> prefix + k).toList();
    }

    static Panel panel(double[][] outcomes, int[][] arms) {
        return Panel.of(outcomes, arms, names("u", outcomes.length), names("t", outcomes[0].length));
    }

    /** A level, two factors and noise; each unit with propensities of its own; each arm has a cell. */
    static Panel random(long seed, int units, int periods, int arms, double missing) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] factors = new double[periods][2];
        for (double[] factor : factors) {
            factor[0] = random.nextGaussian();
            factor[1] = random.nextGaussian();
        }
        double[][] outcomes = new double[units][periods];
        int[][] arm = new int[units][periods];
        for (int i = 0; i < units; i++) {
            double[] loadings = {random.nextGaussian(), random.nextGaussian()};
            double propensity = random.nextDouble(0.2, 0.8);
            for (int j = 0; j < periods; j++) {
                int cell = i * periods + j;
                arm[i][j] = random.nextDouble() < propensity ? random.nextInt(1, arms) : 0;
                arm[i][j] = cell < arms ? cell : arm[i][j];
                boolean observed = cell < arms || random.nextDouble() >= missing;
                outcomes[i][j] = observed
                        ? 2 + SlowSvd.dot(loadings, factors[j]) + arm[i][j] + 0.5 * random.nextGaussian()
                        : Double.NaN;
            }
        }
        return panel(outcomes, arm);
    }

    interface Cell {
        double outcome(int unit, int period, int arm, double former);
    }

    /** The same assignment with other outcomes. */
    static Panel with(Panel panel, Cell outcome) {
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames());
        for (int i = 0; i < panel.units(); i++) {
            for (int j = 0; j < panel.periods(); j++) {
                if (panel.isObserved(i, j)) {
                    cells.set(i, j, panel.arm(i, j), outcome.outcome(i, j, panel.arm(i, j), panel.outcome(i, j)));
                }
            }
        }
        return cells.build();
    }

    static Panel with(Panel panel, DoubleUnaryOperator outcome) {
        return with(panel, (unit, period, arm, former) -> outcome.applyAsDouble(former));
    }

    /** The units and periods in another order, with their names. */
    static Panel ordered(Panel panel, int[] units, int[] periods) {
        PanelCells cells = Panel.cells(
                IntStream.of(units).mapToObj(panel.unitNames()::get).toList(),
                IntStream.of(periods).mapToObj(panel.periodNames()::get).toList(),
                panel.armNames());
        for (int i = 0; i < units.length; i++) {
            for (int j = 0; j < periods.length; j++) {
                cells.set(i, j, panel.arm(units[i], periods[j]), panel.outcome(units[i], periods[j]));
            }
        }
        return cells.build();
    }

    static int[] permutation(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, count).toArray();
        for (int k = count - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int former = order[k];
            order[k] = order[other];
            order[other] = former;
        }
        return order;
    }
}
