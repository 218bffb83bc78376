package io.github.rowwise;

import io.github.rowwise.panel.Panel;

/**
 * Unit and period effects of one arm, by least squares on its observed cells. Periods that hang together have effects
 * of weighted mean zero; one never seen has effect 0.
 */
record SlowMeans(double[] units, double[] periods) {

    static SlowMeans of(Panel panel, int arm, Centring centring) {
        double[] units = new double[panel.units()];
        double[] periods = new double[panel.periods()];
        if (centring == Centring.TWO_WAY) {
            periods = periodEffects(panel, arm);
        }
        for (int i = 0; i < units.length && centring != Centring.NONE; i++) {
            int cells = 0;
            for (int j = 0; j < periods.length; j++) {
                if (panel.arm(i, j) == arm) {
                    units[i] += panel.outcome(i, j) - periods[j];
                    cells++;
                }
            }
            units[i] /= Math.max(1, cells);
        }
        return new SlowMeans(units, periods);
    }

    /** With unit effects eliminated, (C - W'N^-1 W) b = W'(Y - row means); the solution of least norm of C^1/2 b. */
    private static double[] periodEffects(Panel panel, int arm) {
        int m = panel.periods();
        double[] counts = new double[m];
        double[] right = new double[m];
        double[][] laplacian = new double[m][m];
        for (int i = 0; i < panel.units(); i++) {
            double cells = 0;
            double sum = 0;
            for (int j = 0; j < m; j++) {
                cells += panel.arm(i, j) == arm ? 1 : 0;
                sum += panel.arm(i, j) == arm ? panel.outcome(i, j) : 0;
            }
            for (int j = 0; j < m; j++) {
                if (panel.arm(i, j) == arm) {
                    counts[j]++;
                    right[j] += panel.outcome(i, j) - sum / cells;
                    laplacian[j][j]++;
                    for (int k = 0; k < m; k++) {
                        laplacian[j][k] -= panel.arm(i, k) == arm ? 1 / cells : 0;
                    }
                }
            }
        }
        for (int j = 0; j < m; j++) {
            right[j] /= Math.sqrt(Math.max(1, counts[j]));
            for (int k = 0; k < m; k++) {
                laplacian[j][k] /= Math.sqrt(Math.max(1, counts[j]) * Math.max(1, counts[k]));
            }
        }
        // The matrix is symmetric and not negative: its right singular vectors are eigenvectors.
        SlowSvd svd = SlowSvd.of(laplacian);
        double[] solution = new double[m];
        for (int k = 0; k < m; k++) {
            if (svd.singularValues()[k] > 1e-9) {
                double share = SlowSvd.dot(svd.right()[k], right) / svd.singularValues()[k];
                for (int j = 0; j < m; j++) {
                    solution[j] += share * svd.right()[k][j] / Math.sqrt(Math.max(1, counts[j]));
                }
            }
        }
        return solution;
    }
}
