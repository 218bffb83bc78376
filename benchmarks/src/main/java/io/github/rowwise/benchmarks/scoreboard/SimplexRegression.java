package io.github.rowwise.benchmarks.scoreboard;

import java.util.Arrays;

/**
 * Least squares with weights that are not negative and add up to 1, and a penalty on their squares.
 *
 * <p>Accelerated projected gradient with restarts (Beck and Teboulle 2009, doi:10.1137/080716542; O'Donoghue and Candes 2015,
 * doi:10.1007/s10208-013-9150-3), until the duality gap is negligible.
 */
final class SimplexRegression {

    private static final int MOST_STEPS = 5000;
    private static final double TOLERANCE = 1e-6;

    private SimplexRegression() {}

    /**
     * Returns the weights.
     *
     * @param columns one array per weight, all of the target's length
     * @param target what the weighted sum of the columns approximates
     * @param ridge weight of the sum of squared weights
     */
    static double[] weights(double[][] columns, double[] target, double ridge) {
        int k = columns.length;
        double allowed = TOLERANCE * dot(target, target);
        double step = 1 / Math.max(largestEigenvalue(columns, ridge), Double.MIN_NORMAL);
        double[] weights = new double[k];
        Arrays.fill(weights, 1.0 / k);
        double[] ahead = weights.clone();
        double momentum = 1;
        for (int iteration = 0; iteration < MOST_STEPS; iteration++) {
            double[] gradient = gradient(columns, target, ridge, ahead);
            if (gap(gradient, ahead) <= allowed && Arrays.stream(ahead).allMatch(weight -> weight >= 0)) {
                return ahead;
            }
            double[] next = new double[k];
            for (int a = 0; a < k; a++) {
                next[a] = ahead[a] - step * gradient[a];
            }
            project(next);
            double against = 0;
            for (int a = 0; a < k; a++) {
                against += (ahead[a] - next[a]) * (next[a] - weights[a]);
            }
            double nextMomentum = against > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            double beyond = against > 0 ? 0 : (momentum - 1) / nextMomentum;
            for (int a = 0; a < k; a++) {
                ahead[a] = next[a] + beyond * (next[a] - weights[a]);
            }
            weights = next;
            momentum = nextMomentum;
        }
        return weights;
    }

    /** How far the objective can be above the least one. */
    private static double gap(double[] gradient, double[] weights) {
        return dot(gradient, weights) - Arrays.stream(gradient).min().orElseThrow();
    }

    private static double[] gradient(double[][] columns, double[] target, double ridge, double[] weights) {
        double[] residual = new double[target.length];
        for (int j = 0; j < residual.length; j++) {
            residual[j] = -target[j];
        }
        for (int a = 0; a < weights.length; a++) {
            double weight = weights[a];
            if (weight != 0) {
                double[] column = columns[a];
                for (int j = 0; j < residual.length; j++) {
                    residual[j] += weight * column[j];
                }
            }
        }
        double[] gradient = new double[weights.length];
        for (int a = 0; a < gradient.length; a++) {
            gradient[a] = dot(columns[a], residual) + ridge * weights[a];
        }
        return gradient;
    }

    private static double largestEigenvalue(double[][] columns, double ridge) {
        double[] none = new double[columns[0].length];
        double[] vector = new double[columns.length];
        Arrays.fill(vector, 1);
        double value = 0;
        for (int step = 0; step < 50; step++) {
            double[] image = gradient(columns, none, ridge, vector);
            double norm = Math.sqrt(dot(image, image));
            value = norm / Math.sqrt(dot(vector, vector));
            for (int a = 0; a < vector.length; a++) {
                vector[a] = norm > 0 ? image[a] / norm : 1;
            }
        }
        return 1.01 * value;
    }

    /** Replaces a point by the nearest one of the simplex. */
    static void project(double[] point) {
        double[] falling = point.clone();
        Arrays.sort(falling);
        double sum = 0;
        double shift = 0;
        for (int k = 1; k <= falling.length; k++) {
            double value = falling[falling.length - k];
            sum += value;
            if (value - (sum - 1) / k > 0) {
                shift = (sum - 1) / k;
            }
        }
        for (int a = 0; a < point.length; a++) {
            point[a] = Math.max(0, point[a] - shift);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
