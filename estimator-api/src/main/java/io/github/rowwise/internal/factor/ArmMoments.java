package io.github.rowwise.internal.factor;

import java.util.Arrays;

/**
 * First and second moments of one unit's coefficients in each arm, {@code (b + d_a, 1)}, by arm and by two arms: what the
 * sums of the periods' moments are multiplied with, and what goes into the sums for the periods.
 */
final class ArmMoments {

    private final Dimensions size;

    /** Means, one row an arm. */
    final double[] means;

    /** Second moments of an arm by unordered pair, one row an arm. */
    final double[] same;

    /** Second moments of two different arms, a row for each ordered pair of arms. */
    final double[] cross;

    private final double[] rows;

    ArmMoments(Dimensions size) {
        int arms = size.arms();
        this.size = size;
        this.means = new double[arms * size.vector()];
        this.same = new double[arms * size.pairs()];
        this.cross = new double[arms * arms * size.orderedPairs()];
        this.rows = new double[size.levels() * size.coefficients()];
    }

    /** Sets the moments from the coefficients' mean and covariance. */
    void set(double[] mean, double[] covariance) {
        int levels = size.levels();
        for (int arm = 0; arm < size.arms(); arm++) {
            int at = arm * size.vector();
            for (int i = 0; i < levels; i++) {
                means[at + i] = mean[i] + (arm > 0 && i < size.effects() ? mean[size.firstEffect(arm) + i] : 0);
            }
            means[at + levels] = 1;
        }
        for (int first = 0; first < size.arms(); first++) {
            setRows(first, covariance);
            for (int second = 0; second < size.arms(); second++) {
                if (first == second) {
                    setSame(first);
                } else {
                    setCross(first, second);
                }
            }
        }
    }

    /** Sets the moments to the products of the means that are there, as if nothing were uncertain. */
    void dropCovariances() {
        Arrays.fill(rows, 0);
        for (int first = 0; first < size.arms(); first++) {
            for (int second = 0; second < size.arms(); second++) {
                if (first == second) {
                    setSame(first);
                } else {
                    setCross(first, second);
                }
            }
        }
    }

    /** Covariances of an arm's coefficients with all of the unit's. */
    private void setRows(int arm, double[] covariance) {
        int p = size.coefficients();
        System.arraycopy(covariance, 0, rows, 0, rows.length);
        for (int i = 0; arm > 0 && i < size.effects(); i++) {
            Rows.addScaled(rows, i * p, covariance, (size.firstEffect(arm) + i) * p, 1, p);
        }
    }

    private double covariance(int i, int arm, int c) {
        int row = i * size.coefficients();
        return rows[row + c] + (arm > 0 && c < size.effects() ? rows[row + size.firstEffect(arm) + c] : 0);
    }

    private void setSame(int arm) {
        int levels = size.levels();
        int at = arm * size.vector();
        int pair = arm * size.pairs();
        for (int i = 0; i < levels; i++) {
            for (int c = i; c < levels; c++) {
                same[pair++] = means[at + i] * means[at + c] + covariance(i, arm, c);
            }
            same[pair++] = means[at + i];
        }
        same[pair] = 1;
    }

    private void setCross(int first, int second) {
        int levels = size.levels();
        int wide = size.extended();
        int a = first * size.vector();
        int b = second * size.vector();
        int at = (first * size.arms() + second) * size.orderedPairs();
        for (int i = 0; i < levels; i++) {
            for (int c = 0; c < levels; c++) {
                cross[at + i * wide + c] = means[a + i] * means[b + c] + covariance(i, second, c);
            }
            cross[at + i * wide + levels] = means[a + i];
            cross[at + levels * wide + i] = means[b + i];
        }
        cross[at + levels * wide + levels] = 1;
    }

    /** Products with symmetric matrices of each arm, by unordered pair, summed over entries and arms. */
    double inner(double[] matrices) {
        double sum = 0;
        for (int arm = 0; arm < size.arms(); arm++) {
            int pair = arm * size.pairs();
            for (int a = 0; a < size.extended(); a++) {
                sum += matrices[pair] * same[pair];
                pair++;
                double beside = 0;
                for (int c = a + 1; c < size.extended(); c++) {
                    beside += matrices[pair] * same[pair];
                    pair++;
                }
                sum += 2 * beside;
            }
        }
        return sum;
    }

    /** Products with matrices of two arms, the lesser first, both ways round. */
    double innerCross(double[] matrices) {
        double sum = 0;
        for (int first = 0; first < size.arms(); first++) {
            for (int second = first + 1; second < size.arms(); second++) {
                int at = (first * size.arms() + second) * size.orderedPairs();
                for (int k = at; k < at + size.orderedPairs(); k++) {
                    sum += matrices[k] * cross[k];
                }
            }
        }
        return 2 * sum;
    }
}
