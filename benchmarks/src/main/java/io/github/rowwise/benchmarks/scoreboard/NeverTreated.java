package io.github.rowwise.benchmarks.scoreboard;

import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Estimates of a unit's ATT by comparison with units that are never treated, for panels without gaps whose units adopt a treatment
 * and keep it. Written for comparison, as the papers define them.
 */
final class NeverTreated {

    private static final int MOST_CONTROLS = 150;

    private final Panel panel;
    private final double[][] controls;

    private NeverTreated(Panel panel) {
        this.panel = panel;
        List<double[]> rows = new ArrayList<>();
        for (int unit = 0; unit < panel.units() && rows.size() < MOST_CONTROLS; unit++) {
            if (start(panel, unit) == panel.periods()) {
                rows.add(row(panel, unit));
            }
        }
        this.controls = rows.toArray(double[][]::new);
    }

    private static int start(Panel panel, int unit) {
        int start = 0;
        while (start < panel.periods() && panel.arm(unit, start) == 0) {
            start++;
        }
        return start;
    }

    private static double[] row(Panel panel, int unit) {
        double[] row = new double[panel.periods()];
        Arrays.setAll(row, period -> panel.outcome(unit, period));
        return row;
    }

    /** Estimates one unit. */
    private interface Method {
        double att(double[] unit, int start);
    }

    private double[] each(Method method) {
        double[] atts = new double[panel.units()];
        for (int unit = 0; unit < atts.length; unit++) {
            int start = start(panel, unit);
            boolean isCompared = start > 0 && start < panel.periods();
            atts[unit] = isCompared ? method.att(row(panel, unit), start) : Double.NaN;
        }
        return atts;
    }

    /** Returns each unit's difference in differences against the average of the controls. */
    static double[] differenceInDifferences(Panel panel) {
        NeverTreated comparison = new NeverTreated(panel);
        double[] average = comparison.weighted(equal(comparison.controls.length));
        return comparison.each((unit, start) -> jump(unit, start) - jump(average, start));
    }

    /**
     * Returns each unit's gap to its synthetic control (Abadie, Diamond and Hainmueller 2010, doi:10.1198/jasa.2009.ap08746),
     * whose weights fit the outcomes before the start.
     */
    static double[] syntheticControl(Panel panel) {
        NeverTreated comparison = new NeverTreated(panel);
        return comparison.each((unit, start) -> {
            double[] weights =
                    SimplexRegression.weights(before(comparison.controls, start), Arrays.copyOf(unit, start), 0);
            double[] synthetic = comparison.weighted(weights);
            double gap = 0;
            for (int j = start; j < unit.length; j++) {
                gap += (unit[j] - synthetic[j]) / (unit.length - start);
            }
            return gap;
        });
    }

    /**
     * Returns each unit's synthetic difference-in-differences (Arkhangelsky and others 2021, doi:10.1257/aer.20190159): weights
     * of controls and of periods, both with an intercept.
     */
    static double[] syntheticDifferenceInDifferences(Panel panel) {
        NeverTreated comparison = new NeverTreated(panel);
        double[][] controls = comparison.controls;
        double[][] periodWeights = new double[panel.periods()][];
        return comparison.each((unit, start) -> {
            if (periodWeights[start] == null) {
                periodWeights[start] = comparison.periodWeights(start);
            }
            int after = unit.length - start;
            double penalty = Math.sqrt(after) * varianceOfChanges(controls, start) * start;
            double[][] columns = before(controls, start);
            double[] target = Arrays.copyOf(unit, start);
            Arrays.stream(columns).forEach(NeverTreated::centre);
            centre(target);
            double[] synthetic = comparison.weighted(SimplexRegression.weights(columns, target, penalty));
            double effect = 0;
            for (int j = 0; j < unit.length; j++) {
                double gap = unit[j] - synthetic[j];
                effect += j < start ? -periodWeights[start][j] * gap : gap / after;
            }
            return effect;
        });
    }

    /** The periods before the start whose weighted outcomes are like those after it, among the controls. */
    private double[] periodWeights(int start) {
        double[][] columns = new double[start][controls.length];
        double[] target = new double[controls.length];
        for (int i = 0; i < controls.length; i++) {
            for (int j = 0; j < controls[i].length; j++) {
                if (j < start) {
                    columns[j][i] = controls[i][j];
                } else {
                    target[i] += controls[i][j] / (controls[i].length - start);
                }
            }
        }
        Arrays.stream(columns).forEach(NeverTreated::centre);
        centre(target);
        return SimplexRegression.weights(columns, target, 0);
    }

    private double[] weighted(double[] weights) {
        double[] sum = new double[panel.periods()];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += weights[i] * controls[i][j];
            }
        }
        return sum;
    }

    private static double[][] before(double[][] rows, int start) {
        return Arrays.stream(rows).map(row -> Arrays.copyOf(row, start)).toArray(double[][]::new);
    }

    private static double[] equal(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1.0 / count);
        return weights;
    }

    private static double jump(double[] row, int start) {
        return Arrays.stream(row, start, row.length).average().orElseThrow()
                - Arrays.stream(row, 0, start).average().orElseThrow();
    }

    private static void centre(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        Arrays.setAll(values, k -> values[k] - mean);
    }

    private static double varianceOfChanges(double[][] rows, int start) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (double[] row : rows) {
            for (int j = 1; j < start; j++) {
                double change = row[j] - row[j - 1];
                sum += change;
                squares += change * change;
                count++;
            }
        }
        return count == 0 ? 0 : squares / count - sum / count * sum / count;
    }
}
