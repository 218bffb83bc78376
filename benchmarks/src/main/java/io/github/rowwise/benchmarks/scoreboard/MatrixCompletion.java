package io.github.rowwise.benchmarks.scoreboard;

import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.SymmetricEigen;
import io.github.rowwise.panel.Panel;
import java.util.SplittableRandom;

/**
 * Matrix completion with a nuclear norm and effects of units and periods (Athey and others 2021,
 * doi:10.1080/01621459.2021.1891924): control cells are completed by soft-thresholded singular values, with a threshold chosen by
 * cross-validation. Written for comparison.
 */
final class MatrixCompletion {

    private static final int THRESHOLDS = 10;
    private static final double SMALLEST_THRESHOLD = 1e-3;
    private static final int FOLDS = 3;
    private static final double HELD_OUT = 0.2;
    private static final int MOST_STEPS = 100;
    private static final double TOLERANCE = 1e-4;

    private final LinearAlgebra algebra = Backends.select();
    private final double[][] outcomes;
    private final int n;
    private final int m;

    private MatrixCompletion(double[][] outcomes) {
        this.outcomes = outcomes;
        this.n = outcomes.length;
        this.m = outcomes[0].length;
    }

    /** A completed matrix: levels of units and periods, and a part of low rank. */
    private final class Fit {
        private final double[] byUnit = new double[n];
        private final double[] byPeriod = new double[m];
        private final double[][] low = new double[n][m];

        double at(int i, int j) {
            return byUnit[i] + byPeriod[j] + low[i][j];
        }
    }

    /** Returns each unit's average of outcome less completed control outcome over its treated cells; NaN if it lacks either kind. */
    static double[] atts(Panel panel, long seed) {
        double[][] outcomes = new double[panel.units()][panel.periods()];
        boolean[][] known = new boolean[panel.units()][panel.periods()];
        for (int i = 0; i < panel.units(); i++) {
            for (int j = 0; j < panel.periods(); j++) {
                outcomes[i][j] = panel.outcome(i, j);
                known[i][j] = panel.arm(i, j) == 0;
            }
        }
        MatrixCompletion completion = new MatrixCompletion(outcomes);
        Fit fit = completion.choose(known, new SplittableRandom(seed));
        double[] atts = new double[panel.units()];
        for (int i = 0; i < atts.length; i++) {
            double sum = 0;
            int cells = 0;
            for (int j = 0; j < panel.periods(); j++) {
                if (panel.arm(i, j) == 1) {
                    sum += outcomes[i][j] - fit.at(i, j);
                    cells++;
                }
            }
            atts[i] = cells < panel.periods() ? sum / cells : Double.NaN;
        }
        return atts;
    }

    private Fit choose(boolean[][] known, SplittableRandom random) {
        Fit levels = new Fit();
        double largest = largestSingularValue(levels, known);
        double[] errors = new double[THRESHOLDS];
        for (int fold = 0; fold < FOLDS; fold++) {
            boolean[][] kept = new boolean[n][m];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    kept[i][j] = known[i][j] && random.nextDouble() >= HELD_OUT;
                }
            }
            Fit fit = new Fit();
            for (int k = 0; k < THRESHOLDS; k++) {
                improve(fit, kept, threshold(largest, k));
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < m; j++) {
                        double error = known[i][j] && !kept[i][j] ? outcomes[i][j] - fit.at(i, j) : 0;
                        errors[k] += error * error;
                    }
                }
            }
        }
        int best = 0;
        for (int k = 1; k < THRESHOLDS; k++) {
            best = errors[k] < errors[best] ? k : best;
        }
        Fit fit = new Fit();
        for (int k = 0; k <= best; k++) {
            improve(fit, known, threshold(largest, k));
        }
        return fit;
    }

    private static double threshold(double largest, int k) {
        return largest * Math.pow(SMALLEST_THRESHOLD, k / (THRESHOLDS - 1.0));
    }

    private void improve(Fit fit, boolean[][] known, double threshold) {
        double last = Double.POSITIVE_INFINITY;
        for (int step = 0; step < MOST_STEPS; step++) {
            double change = step(fit, known, threshold);
            if (change <= TOLERANCE * TOLERANCE * last && step > 2) {
                return;
            }
            last = 0;
            for (double[] row : fit.low) {
                for (double value : row) {
                    last += value * value;
                }
            }
        }
    }

    /** Returns the largest singular value of what levels leave; thresholds beyond it leave nothing. */
    private double largestSingularValue(Fit fit, boolean[][] known) {
        for (int round = 0; round < 50; round++) {
            updateLevels(fit, known);
        }
        double largest = 0;
        for (double value : eigen(filled(fit, known)).values()) {
            largest = Math.max(largest, value);
        }
        return Math.sqrt(largest);
    }

    /** Returns the outcomes less the levels, and the fit in unknown cells. */
    private DenseMatrix filled(Fit fit, boolean[][] known) {
        DenseMatrix filled = DenseMatrix.zeros(n, m);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                filled.set(i, j, known[i][j] ? outcomes[i][j] - fit.byUnit[i] - fit.byPeriod[j] : fit.low[i][j]);
            }
        }
        return filled;
    }

    /** Returns the eigenvectors of the cross product on the shorter side, whose values are squared singular values. */
    private SymmetricEigen eigen(DenseMatrix matrix) {
        int side = Math.min(n, m);
        DenseMatrix gram = DenseMatrix.zeros(side, side);
        algebra.multiply(1, matrix, n >= m, matrix, n < m, 0, gram);
        return algebra.symmetricEigen(gram);
    }

    /** Updates the levels and then the part of low rank. Returns the squared change of the latter. */
    private double step(Fit fit, boolean[][] known, double threshold) {
        updateLevels(fit, known);
        updateLevels(fit, known);
        int side = Math.min(n, m);
        DenseMatrix matrix = filled(fit, known);
        SymmetricEigen eigen = eigen(matrix);
        double[] values = eigen.values();
        DenseMatrix scaled = DenseMatrix.zeros(side, side);
        for (int k = 0; k < side; k++) {
            double singular = Math.sqrt(Math.max(0, values[k]));
            double factor = singular > threshold ? (singular - threshold) / singular : 0;
            for (int a = 0; a < side; a++) {
                scaled.set(a, k, factor * eigen.vectors().get(a, k));
            }
        }
        DenseMatrix shrink = DenseMatrix.zeros(side, side);
        algebra.multiply(1, scaled, false, eigen.vectors(), true, 0, shrink);
        DenseMatrix low = DenseMatrix.zeros(n, m);
        if (n >= m) {
            algebra.multiply(1, matrix, false, shrink, false, 0, low);
        } else {
            algebra.multiply(1, shrink, false, matrix, false, 0, low);
        }
        double change = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double difference = low.get(i, j) - fit.low[i][j];
                change += difference * difference;
                fit.low[i][j] = low.get(i, j);
            }
        }
        return change;
    }

    private void updateLevels(Fit fit, boolean[][] known) {
        double[] sums = new double[m];
        int[] cells = new int[m];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            int count = 0;
            for (int j = 0; j < m; j++) {
                if (known[i][j]) {
                    sum += outcomes[i][j] - fit.byPeriod[j] - fit.low[i][j];
                    count++;
                }
            }
            fit.byUnit[i] = count == 0 ? 0 : sum / count;
            for (int j = 0; j < m; j++) {
                if (known[i][j]) {
                    sums[j] += outcomes[i][j] - fit.byUnit[i] - fit.low[i][j];
                    cells[j]++;
                }
            }
        }
        for (int j = 0; j < m; j++) {
            fit.byPeriod[j] = cells[j] == 0 ? 0 : sums[j] / cells[j];
        }
    }
}
