package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.assignment.Transitions;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;

/**
 * Least squares of the gaps of hidden cells on the time until treatment starts and since it ended, one coefficient per period.
 *
 * <p>Standard errors allow for dependence within a unit (serial correlation, an error of the unit's loadings) and within a period
 * (what units share); the larger of the one by unit and the one by both counts. The gaps of a period are also inflated for the
 * error of the period's own effect, which the cells of the period that stay determine. Source: Cameron, Gelbach and
 * Miller (2011), doi:10.1198/jbes.2010.07136.
 */
final class GapRegression {

    /** A coefficient whose remaining variation is below this share of its own is not told apart from the others. */
    private static final double COLLINEAR = 1e-8;

    private final Panel panel;
    private final HiddenTransitions hidden;
    private final UnitEffects effects;
    private final int horizons;
    private final int[] positions;
    private final double scale;
    private final int size;
    private final long[] cells;
    private final int[] units;
    private final boolean[] known;
    private final double[] coefficients;
    private final double[][] inverse;
    private final double[][] covariance;

    /** Fits the gaps of the cells that {@code hidden} hid from the fit of {@code effects}. */
    GapRegression(Panel panel, HiddenTransitions hidden, UnitEffects effects) {
        this.panel = panel;
        this.hidden = hidden;
        this.effects = effects;
        this.horizons = hidden.horizons();
        this.positions = InternalPanels.positions(panel);
        this.scale = PanelView.scaleFor(InternalPanels.largestOutcome(panel));
        this.size = 2 * horizons;
        this.cells = new long[size];
        this.units = new int[size];
        double[][] products = new double[size][size + 1];
        forEachUnit((unit, judged) -> {
            boolean[] seen = new boolean[size];
            judged.visit((period, gap, at) -> {
                for (int a : at) {
                    seen[a] = true;
                    cells[a]++;
                    products[a][size] += gap;
                    for (int b : at) {
                        products[a][b]++;
                    }
                }
            });
            for (int k = 0; k < size; k++) {
                units[k] += seen[k] ? 1 : 0;
            }
        });
        this.known = new boolean[size];
        this.inverse = inverse(products, known);
        this.coefficients = new double[size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                coefficients[a] += inverse[a][b] * products[b][size];
            }
        }
        this.covariance = covariance();
    }

    int horizons() {
        return horizons;
    }

    /** Hidden cells at a distance, from 1 on. */
    long cells(boolean isBefore, int horizon) {
        return cells[index(isBefore, horizon)];
    }

    int units(boolean isBefore, int horizon) {
        return units[index(isBefore, horizon)];
    }

    /** The gap at a distance, in units of the outcome. */
    Estimate gap(boolean isBefore, int horizon) {
        double[] weights = new double[size];
        weights[index(isBefore, horizon)] = 1;
        return combination(weights, units(isBefore, horizon));
    }

    /** The gap averaged over cells. */
    Estimate average(boolean isBefore) {
        double[] weights = new double[size];
        double sum = 0;
        int most = 0;
        for (int horizon = 1; horizon <= horizons; horizon++) {
            int k = index(isBefore, horizon);
            weights[k] = known[k] ? cells[k] : 0;
            sum += weights[k];
            most = Math.max(most, units[k]);
        }
        for (int k = 0; k < size; k++) {
            weights[k] /= Math.max(1, sum);
        }
        return sum == 0 ? unavailable(isBefore) : combination(weights, most);
    }

    private Estimate combination(double[] weights, int clusters) {
        double value = 0;
        double variance = 0;
        for (int a = 0; a < size; a++) {
            if (weights[a] != 0 && !known[a]) {
                return unavailable(a < horizons);
            }
            value += weights[a] * coefficients[a];
            for (int b = 0; b < size; b++) {
                variance += weights[a] * weights[b] * covariance[a][b];
            }
        }
        return Estimate.of(value / scale, Math.sqrt(variance) / scale, clusters - 1.0);
    }

    private static Estimate unavailable(boolean isBefore) {
        return Estimate.unavailable(
                isBefore
                        ? "no control cell so long before a start of treatment could be hidden"
                        : "no control cell so long after an end of treatment could be hidden, or each is also before a start");
    }

    private int index(boolean isBefore, int horizon) {
        return isBefore ? horizon - 1 : horizons + horizon - 1;
    }

    /** Inverse by Gauss and Jordan of the first columns; rows and columns of what is not told apart are zero. */
    private static double[][] inverse(double[][] products, boolean[] known) {
        int p = products.length;
        double[][] work = new double[p][2 * p];
        for (int a = 0; a < p; a++) {
            System.arraycopy(products[a], 0, work[a], 0, p);
            work[a][p + a] = 1;
        }
        for (int k = 0; k < p; k++) {
            double pivot = work[k][k];
            known[k] = pivot > COLLINEAR * products[k][k];
            if (!known[k]) {
                continue;
            }
            for (int c = 0; c < 2 * p; c++) {
                work[k][c] /= pivot;
            }
            for (int a = 0; a < p; a++) {
                double factor = work[a][k];
                for (int c = 0; a != k && c < 2 * p; c++) {
                    work[a][c] -= factor * work[k][c];
                }
            }
        }
        double[][] inverse = new double[p][p];
        for (int a = 0; a < p; a++) {
            for (int b = 0; known[a] && b < p; b++) {
                inverse[a][b] = known[b] ? work[a][p + b] : 0;
            }
        }
        return inverse;
    }

    /** The larger of the covariance by unit and the covariance by unit and period, coefficient by coefficient. */
    private double[][] covariance() {
        double[][] byUnit = new double[size][size];
        double[][] byCell = new double[size][size];
        double[][] byPeriod = new double[size][size];
        double[][] periodScores = new double[positions.length][size];
        int[] clusters = {0};
        forEachUnit((unit, judged) -> {
            double[] unitScores = new double[size];
            boolean[] any = {false};
            judged.visit((period, gap, at) -> {
                any[0] = true;
                double residual = gap;
                for (int a : at) {
                    residual -= coefficients[a];
                }
                residual *= Math.sqrt(1 + hidden.hiddenPerVisible(period));
                double[] score = new double[size];
                for (int a : at) {
                    score[a] = residual;
                    unitScores[a] += residual;
                    periodScores[period][a] += residual;
                }
                addProduct(byCell, score);
            });
            addProduct(byUnit, unitScores);
            clusters[0] += any[0] ? 1 : 0;
        });
        for (double[] scores : periodScores) {
            addProduct(byPeriod, scores);
        }
        double correction = clusters[0] / Math.max(1.0, clusters[0] - 1.0);
        double[][] one = new double[size][size];
        double[][] both = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                one[a][b] = correction * byUnit[a][b];
                both[a][b] = one[a][b] + byPeriod[a][b] - byCell[a][b];
            }
        }
        double[][] first = sandwich(one);
        double[][] second = sandwich(both);
        // Scaled so that variances are the larger ones and correlations those by unit.
        double[] ratio = new double[size];
        for (int a = 0; a < size; a++) {
            ratio[a] = first[a][a] > 0 ? Math.sqrt(Math.max(1, second[a][a] / first[a][a])) : 1;
        }
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                first[a][b] *= ratio[a] * ratio[b];
            }
        }
        return first;
    }

    private double[][] sandwich(double[][] middle) {
        double[][] half = new double[size][size];
        double[][] result = new double[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                for (int c = 0; c < size; c++) {
                    half[a][b] += inverse[a][c] * middle[c][b];
                }
            }
        }
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                for (int c = 0; c < size; c++) {
                    result[a][b] += half[a][c] * inverse[c][b];
                }
            }
        }
        return result;
    }

    private static void addProduct(double[][] to, double[] scores) {
        for (int a = 0; a < scores.length; a++) {
            for (int b = 0; scores[a] != 0 && b < scores.length; b++) {
                to[a][b] += scores[a] * scores[b];
            }
        }
    }

    private interface CellVisitor {
        /** A hidden cell, its gap in scaled outcomes and the coefficients that it has part in. */
        void visit(int period, double gap, int[] at);
    }

    private interface JudgedCells {
        void visit(CellVisitor visitor);
    }

    private interface UnitVisitor {
        void visit(int unit, JudgedCells cells);
    }

    private void forEachUnit(UnitVisitor visitor) {
        LowRankMatrix control = effects.outcomeMatrix(0);
        int[] before = new int[positions.length];
        int[] after = new int[positions.length];
        byte[] rest = new byte[positions.length];
        panel.forEachRow((unit, outcomes, arms) -> {
            System.arraycopy(arms, 0, rest, 0, rest.length);
            hidden.hide(unit, rest);
            if (Arrays.equals(rest, arms) || !control.isAvailable(unit)) {
                return;
            }
            Transitions.label(arms, positions, before, after);
            double[] predicted = effects.outcomeRow(unit, 0);
            visitor.visit(unit, each -> {
                for (int j = 0; j < rest.length; j++) {
                    if (rest[j] == RowBlock.MISSING && arms[j] == 0) {
                        each.visit(j, (outcomes[j] - predicted[j]) * scale, coefficients(before[j], after[j]));
                    }
                }
            });
        });
    }

    private int[] coefficients(int before, int after) {
        boolean isBefore = Transitions.isWithin(before, horizons);
        boolean isAfter = Transitions.isWithin(after, horizons);
        if (isBefore && isAfter) {
            return new int[] {index(true, before), index(false, after)};
        }
        return new int[] {isBefore ? index(true, before) : index(false, after)};
    }
}
