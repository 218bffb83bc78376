package io.github.rowwise.internal.factor.model;

import io.github.rowwise.internal.factor.kernel.Dimensions;

/**
 * First and second moments of one unit's coefficients: of the level vector {@code (b, 1)}, and of the effect vectors
 * {@code (d_a, 0)} that each treatment adds to it.
 *
 * <p>A pair is a pair of entries of these vectors. Symmetric matrices are stored by unordered pair, others by ordered
 * pair.
 */
public final class ArmMoments {

    private final Dimensions size;

    /** Means of (b + d_a, 1), one row per arm. */
    final double[] means;

    /** Second moments of (b, 1), by unordered pair. */
    public final double[] levels;

    /** Second moments of (b + d_a, 1) minus {@link #levels}, one row per treatment. */
    public final double[] excess;

    /** Second moments of (d_a, 0), by unordered pair, one row per treatment. */
    public final double[] effects;

    /** Products of (b, 1) with (d_a, 0), by ordered pair, one row per treatment. */
    public final double[] crossed;

    /** Products of (d_a, 0) with (d_c, 0), by ordered pair, one row per ordered pair of treatments. */
    public final double[] between;

    public ArmMoments(Dimensions size) {
        int treatments = size.treatments();
        this.size = size;
        this.means = new double[size.arms() * size.vector()];
        this.levels = new double[size.pairs()];
        this.excess = new double[treatments * size.pairs()];
        this.effects = new double[excess.length];
        this.crossed = new double[treatments * size.orderedPairs()];
        this.between = new double[treatments * crossed.length];
    }

    /** Sets the moments from the mean and covariance of the coefficients. */
    public void set(double[] mean, double[] covariance) {
        for (int arm = 0; arm < size.arms(); arm++) {
            int at = arm * size.vector();
            System.arraycopy(mean, 0, means, at, size.levels());
            if (arm > 0) {
                for (int k = 0; k < size.effects(); k++) {
                    means[at + k] += mean[size.firstEffect(arm) + k];
                }
            }
            means[at + size.levels()] = 1;
        }
        setMoments(mean, covariance);
    }

    /** Sets the second moments to the products of the means, as if the coefficients were known. */
    public void setFromMeans(double[] mean) {
        setMoments(mean, new double[mean.length * mean.length]);
    }

    private void setMoments(double[] mean, double[] covariance) {
        int wide = size.levels();
        int p = mean.length;
        int pair = 0;
        for (int a = 0; a < wide; a++) {
            for (int c = a; c < wide; c++) {
                levels[pair++] = mean[a] * mean[c] + covariance[a * p + c];
            }
            levels[pair++] = mean[a];
        }
        levels[pair] = 1;
        for (int arm = 1; arm < size.arms(); arm++) {
            setCrossed(arm, mean, covariance);
            for (int other = 1; other < size.arms(); other++) {
                setEffects(arm, other, mean, covariance);
            }
        }
    }

    private void setCrossed(int arm, double[] mean, double[] covariance) {
        int first = size.firstEffect(arm);
        int p = mean.length;
        int start = (arm - 1) * size.orderedPairs();
        for (int a = 0; a <= size.levels(); a++) {
            for (int c = 0; c < size.effects(); c++) {
                crossed[start + a * size.extended() + c] =
                        a < size.levels() ? mean[a] * mean[first + c] + covariance[a * p + first + c] : mean[first + c];
            }
        }
    }

    private void setEffects(int arm, int other, double[] mean, double[] covariance) {
        int p = mean.length;
        int wide = size.extended();
        int e = size.effects();
        int first = size.firstEffect(arm);
        int second = size.firstEffect(other);
        if (arm != other) {
            int start = ((arm - 1) * size.treatments() + other - 1) * size.orderedPairs();
            for (int a = 0; a < e; a++) {
                for (int c = 0; c < e; c++) {
                    between[start + a * wide + c] =
                            mean[first + a] * mean[second + c] + covariance[(first + a) * p + second + c];
                }
            }
            return;
        }
        int pair = (arm - 1) * size.pairs();
        int start = (arm - 1) * size.orderedPairs();
        for (int a = 0; a < wide; a++) {
            for (int c = a; c < wide; c++) {
                double both = a < e && c < e
                        ? mean[first + a] * mean[first + c] + covariance[(first + a) * p + first + c]
                        : 0;
                effects[pair] = both;
                excess[pair] = both + crossed[start + a * wide + c] + crossed[start + c * wide + a];
                pair++;
            }
        }
    }

    /** Returns the inner product of two symmetric matrices that are stored by unordered pair. */
    public double innerProduct(double[] sums, int start, double[] moments, int first) {
        int at = start;
        int pair = first;
        double diagonal = 0;
        double offDiagonal = 0;
        for (int a = 0; a < size.extended(); a++) {
            diagonal += sums[at++] * moments[pair++];
            for (int c = a + 1; c < size.extended(); c++) {
                offDiagonal += sums[at++] * moments[pair++];
            }
        }
        return diagonal + 2 * offDiagonal;
    }
}
