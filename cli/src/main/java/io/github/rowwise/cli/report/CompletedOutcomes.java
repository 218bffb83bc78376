package io.github.rowwise.cli.report;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.linalg.DenseMatrix;
import java.util.Arrays;

/**
 * An arm's completed outcomes in the form in which the browser computes them: {@code A_ij = means_i + loadings_i . factors_j}.
 * The unit's mean over periods is separate and in double precision, so that single precision is enough for the rest.
 *
 * @param means one per unit; NaN if the unit was never observed in the arm
 * @param loadings units by width
 * @param factors width by periods, each with mean zero
 * @param width number of factors that vary
 */
record CompletedOutcomes(double[] means, double[] loadings, double[] factors, int width) {

    static CompletedOutcomes of(LowRankMatrix matrix, int[] units) {
        DenseMatrix left = matrix.loadings();
        DenseMatrix right = matrix.factors();
        int periods = matrix.periods();
        double[] averages = new double[right.rows()];
        double[] centred = new double[right.rows() * periods];
        int[] kept = new int[right.rows()];
        int width = 0;
        for (int k = 0; k < right.rows(); k++) {
            double first = right.get(k, 0);
            double sum = 0;
            boolean varies = false;
            for (int j = 0; j < periods; j++) {
                sum += right.get(k, j);
                varies |= right.get(k, j) != first;
            }
            averages[k] = varies ? sum / periods : first;
            if (varies) {
                for (int j = 0; j < periods; j++) {
                    centred[width * periods + j] = right.get(k, j) - averages[k];
                }
                kept[width++] = k;
            }
        }
        double[] means = new double[units.length];
        double[] loadings = new double[units.length * width];
        for (int i = 0; i < units.length; i++) {
            for (int k = 0; k < right.rows(); k++) {
                means[i] = Math.fma(left.get(units[i], k), averages[k], means[i]);
            }
            for (int k = 0; k < width; k++) {
                loadings[i * width + k] = left.get(units[i], kept[k]);
            }
            if (!matrix.isAvailable(units[i])) {
                means[i] = Double.NaN;
            }
        }
        return new CompletedOutcomes(means, loadings, Arrays.copyOf(centred, width * periods), width);
    }
}
