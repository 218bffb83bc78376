package io.github.rowwise.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GapRegressionTest {

    private static final int HORIZONS = 3;

    private static Panel panel(Assignment assignment) {
        return PanelSimulation.withDefaults()
                .withSize(24, 36)
                .withAssignment(assignment)
                .withMissing(0.05)
                .withSeed(3)
                .generate()
                .panel();
    }

    private static UnitEffects fit(Panel panel, HiddenTransitions hidden) {
        return SpectralEstimator.withDefaults().withBackend("ejml").fit(InternalPanels.hiding(panel, hidden));
    }

    /** A hidden cell with the columns of the regression that are 1. */
    private record Cell(int unit, int period, double gap, List<Integer> columns) {}

    private static List<Cell> cells(Panel panel, HiddenTransitions hidden, UnitEffects effects) {
        int horizons = hidden.horizons();
        List<Cell> cells = new ArrayList<>();
        for (int unit = 0; unit < panel.units(); unit++) {
            byte[] arms = new byte[panel.periods()];
            panel.readRow(unit, new double[arms.length], arms);
            byte[] rest = arms.clone();
            hidden.hide(unit, rest);
            for (int j = 0; j < arms.length; j++) {
                if (arms[j] == 0 && rest[j] != 0) {
                    List<Integer> columns = new ArrayList<>();
                    int before = distance(arms, j, 1);
                    int after = distance(arms, j, -1);
                    if (before <= horizons) {
                        columns.add(before - 1);
                    }
                    if (after <= horizons) {
                        columns.add(horizons + after - 1);
                    }
                    cells.add(new Cell(unit, j, panel.outcome(unit, j) - effects.outcomeRow(unit, 0)[j], columns));
                }
            }
        }
        return cells;
    }

    private static int distance(byte[] arms, int cell, int step) {
        for (int j = cell; j >= 0 && j < arms.length; j += step) {
            if (arms[j] > 0) {
                return Math.abs(j - cell);
            }
        }
        return Integer.MAX_VALUE;
    }

    /** Solves by Gaussian elimination with pivoting. */
    private static double[] solve(double[][] matrix, double[] right) {
        int p = right.length;
        double[][] a = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        double[] b = right.clone();
        for (int k = 0; k < p; k++) {
            int pivot = k;
            for (int r = k; r < p; r++) {
                pivot = Math.abs(a[r][k]) > Math.abs(a[pivot][k]) ? r : pivot;
            }
            double[] row = a[k];
            a[k] = a[pivot];
            a[pivot] = row;
            double value = b[k];
            b[k] = b[pivot];
            b[pivot] = value;
            for (int r = 0; r < p; r++) {
                double factor = r == k ? 0 : a[r][k] / a[k][k];
                for (int c = 0; c < p; c++) {
                    a[r][c] -= factor * a[k][c];
                }
                b[r] -= factor * b[k];
            }
        }
        for (int k = 0; k < p; k++) {
            b[k] /= a[k][k];
        }
        return b;
    }

    private static double sum(Map<Integer, Double> sums) {
        return sums.values().stream().mapToDouble(s -> s * s).sum();
    }

    @ParameterizedTest
    @EnumSource(
            value = Assignment.class,
            names = {"BLOCKS", "BY_UNIT", "RARE"})
    void equalsDenseLeastSquaresWithClusters(Assignment assignment) {
        Panel panel = panel(assignment);
        HiddenTransitions hidden = HiddenTransitions.of(panel, HORIZONS);
        UnitEffects effects = fit(panel, hidden);
        GapRegression regression = new GapRegression(panel, hidden, effects);
        List<Cell> cells = cells(panel, hidden, effects);
        int p = 2 * hidden.horizons();
        double[][] products = new double[p][p];
        double[] right = new double[p];
        for (Cell cell : cells) {
            for (int a : cell.columns()) {
                right[a] += cell.gap();
                cell.columns().forEach(b -> products[a][b]++);
            }
        }
        double[] coefficients = solve(products, right);

        for (int k = 0; k < p; k++) {
            boolean isBefore = k < hidden.horizons();
            int horizon = k % hidden.horizons() + 1;
            int column = k;
            assertThat(regression.cells(isBefore, horizon))
                    .isEqualTo(cells.stream()
                            .filter(c -> c.columns().contains(column))
                            .count());
            double[] unit = new double[p];
            unit[k] = 1;
            double[] weights = solve(products, unit);
            Map<Integer, Double> byUnit = new LinkedHashMap<>();
            Map<Integer, Double> byPeriod = new LinkedHashMap<>();
            double byCell = 0;
            for (Cell cell : cells) {
                double residual = cell.gap();
                double weight = 0;
                for (int a : cell.columns()) {
                    residual -= coefficients[a];
                    weight += weights[a];
                }
                double score = weight * residual * Math.sqrt(1 + hidden.hiddenPerVisible(cell.period()));
                byUnit.merge(cell.unit(), score, Double::sum);
                byPeriod.merge(cell.period(), score, Double::sum);
                byCell += score * score;
            }
            int clusters = byUnit.size();
            double one = sum(byUnit) * clusters / (clusters - 1.0);
            double expected = Math.sqrt(Math.max(one, one + sum(byPeriod) - byCell));

            Estimate gap = regression.gap(isBefore, horizon);
            assertThat(gap.value()).isCloseTo(coefficients[k], within(1e-9));
            assertThat(gap.standardError()).isCloseTo(expected, within(1e-9 * expected));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {7, -1e6})
    void theFitDoesNotSeeTheHiddenCells(double shift) {
        Panel panel = panel(Assignment.BLOCKS);
        HiddenTransitions hidden = HiddenTransitions.of(panel, HORIZONS);
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames());
        panel.forEachRow((unit, outcomes, arms) -> {
            byte[] rest = arms.clone();
            hidden.hide(unit, rest);
            for (int j = 0; j < arms.length; j++) {
                cells.set(unit, j, Math.max(0, arms[j]), outcomes[j] + (rest[j] == arms[j] ? 0 : shift));
            }
        });
        Panel shifted = cells.build();

        GapRegression before = new GapRegression(panel, hidden, fit(panel, hidden));
        GapRegression after = new GapRegression(shifted, hidden, fit(shifted, hidden));

        double moved = after.gap(true, 1).value() - before.gap(true, 1).value();
        assertThat(moved).isBetween(Math.min(0.4 * shift, 1.6 * shift), Math.max(0.4 * shift, 1.6 * shift));
        assertThat(after.cells(true, 1)).isEqualTo(before.cells(true, 1));
        assertThat(fit(shifted, hidden).effects())
                .hasToString(fit(panel, hidden).effects().toString());
    }
}
